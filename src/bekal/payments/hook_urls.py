"""Addresses that gateways call; config mounts them at /pembayaran/."""

from django.urls import path

from bekal.payments.views import hooks

app_name = "payment_hooks"
urlpatterns = [path("midtrans/", hooks.midtrans, name="midtrans")]
