"""Addresses where buyers pay; config mounts them at /bayar/."""

from django.urls import path

from bekal.payments.views import paying

app_name = "pay"
urlpatterns = [
    path("<uuid:ask>/", paying.pay, name="page"),
    path("<uuid:ask>/keadaan/", paying.state, name="state"),
    path("<uuid:ask>/kode.svg", paying.code, name="code"),
    path("<uuid:ask>/kode.png", paying.picture, name="picture"),
    path("<uuid:ask>/daring/", paying.gateway, name="gateway"),
]
