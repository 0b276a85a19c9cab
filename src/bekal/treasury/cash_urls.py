"""Addresses of a unit's cash, below /kerja/<unit>/uang/kas/."""

from django.urls import include, path

from bekal.treasury.views import cash

urlpatterns = [
    path("", cash.days, name="cash"),
    path("hitung/", cash.count, name="count_cash"),
    path("selisih/", include("bekal.treasury.clearing_urls")),
    path("unduh/", cash.download, name="cash_file"),
    path("<uuid:count>/", cash.one, name="cash_count"),
]
