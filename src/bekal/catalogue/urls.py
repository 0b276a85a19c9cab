"""Addresses of a unit's products; config mounts them at /kerja/<unit>/produk/."""

from django.urls import path

from bekal.catalogue.views import listing, photos, staff

app_name = "catalogue"
urlpatterns = [
    path("", staff.product_list, name="list"),
    path("unduh/", staff.download, name="download"),
    path("baru/", staff.add, name="add"),
    path("impor/", staff.import_preview, name="import"),
    path("impor/simpan/", staff.import_save, name="import_save"),
    path("<str:code>/", listing.detail, name="detail"),
    path("<str:code>/harga/", staff.price, name="price"),
    path("<str:code>/harga-pokok/", staff.cost, name="cost"),
    path("<str:code>/etalase/", listing.describe, name="describe"),
    path("<str:code>/tayang/", listing.publish, name="publish"),
    path("<str:code>/foto/", photos.photos, name="photos"),
    path("<str:code>/foto/<int:photo>/", photos.photo, name="photo"),
]
