"""Addresses of the public data; config mounts them at /data/, in both languages."""

from django.urls import path

from bekal.opendata import views

app_name = "opendata"
urlpatterns = [
    path("", views.index, name="index"),
    path("riwayat/", views.history, name="history"),
    path("riwayat.csv", views.history_file, name="history_file"),
    path("metode/", views.how, name="method"),
    path("datapackage.json", views.package, name="package"),
    path("<slug:dataset>.csv", views.table, name="table"),
]
