"""Addresses of a unit's permits; config mounts them at /kerja/<unit>/izin/."""

from django.urls import path

from bekal.catalogue.views import permits as views

app_name = "permits"
urlpatterns = [
    path("", views.permits, name="list"),
    path("unduh/", views.download, name="download"),
    path("baru/", views.add, name="add"),
    path("<int:permit>/", views.permit, name="detail"),
    path("<int:permit>/produk/", views.goods, name="goods"),
    path("<int:permit>/cabut/", views.withdraw, name="withdraw"),
]
