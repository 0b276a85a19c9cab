"""Selling beyond the shop; config mounts it at /kerja/<unit>/pasar/."""

from django.urls import path

from bekal.institutions.views import market

app_name = "market"
urlpatterns = [path("", market.index, name="index")]
