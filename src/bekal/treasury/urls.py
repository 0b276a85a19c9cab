"""Addresses of a unit's money; config mounts them at /kerja/<unit>/uang/."""

from django.urls import include, path

from bekal.treasury.views import home

app_name = "treasury"
urlpatterns = [
    path("", home.home, name="home"),
    path("pnbp/", include("bekal.treasury.pnbp_urls")),
    path("premi/", include("bekal.treasury.premi_urls")),
    path("dana/", include("bekal.treasury.fund_urls")),
    path("cocok/", include("bekal.treasury.matching_urls")),
    path("tutup/", include("bekal.treasury.closing_urls")),
    path("kas/", include("bekal.treasury.cash_urls")),
]
