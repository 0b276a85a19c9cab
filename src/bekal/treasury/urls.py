"""Addresses of a unit's money; config mounts them at /kerja/<unit>/uang/."""

from django.urls import include, path

from bekal.treasury.views import home

app_name = "treasury"
urlpatterns = [
    path("", home.home, name="home"),
    path("pnbp/", include("bekal.treasury.pnbp_urls")),
    path("premi/", include("bekal.treasury.premi_urls")),
]
