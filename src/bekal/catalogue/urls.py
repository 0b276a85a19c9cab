"""Addresses of a unit's products; config mounts them at /kerja/<unit>/produk/."""

from django.urls import path

from bekal.catalogue.views import staff as views

app_name = "catalogue"
urlpatterns = [
    path("", views.product_list, name="list"),
    path("unduh/", views.download, name="download"),
    path("baru/", views.add, name="add"),
    path("impor/", views.import_preview, name="import"),
    path("impor/simpan/", views.import_save, name="import_save"),
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/harga/", views.price, name="price"),
    path("<str:code>/harga-pokok/", views.cost, name="cost"),
]
