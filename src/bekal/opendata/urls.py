"""Addresses of the public data; config mounts them at /data/, in both languages."""

from django.urls import path

from bekal.opendata import views
from bekal.opendata.datasets import CLAIMS, DATASETS

app_name = "opendata"
urlpatterns = [
    path("", views.index, name="index"),
    path("riwayat/", views.history, name="history"),
    path("metode/", views.how, name="method"),
    path("datapackage.json", views.package, name="package"),
    path(f"{CLAIMS.name}.csv", views.history_file, name=CLAIMS.name),
    *(
        path(f"{dataset.name}.csv", views.table_of(dataset), name=dataset.name)
        for dataset in DATASETS
        if dataset is not CLAIMS
    ),
]
