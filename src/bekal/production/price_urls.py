"""Addresses of a unit's price sheets; urls.py mounts them at harga/."""

from django.urls import path

from bekal.production.views import costing

urlpatterns = [
    path("", costing.sheet_list, name="price_sheets"),
    path("unduh/", costing.download, name="price_sheets_download"),
    path("<str:code>/", costing.sheet, name="price_sheet"),
    path("<str:code>/baru/", costing.write, name="write_price_sheet"),
]
