"""Addresses of a unit's couriers and rates; config mounts them at /kerja/<unit>/ongkir/."""

from django.urls import path

from bekal.shipping.views import importing, services, tables, trial

app_name = "shipping"
urlpatterns = [
    path("", tables.rates, name="list"),
    path("unduh/", tables.download, name="download"),
    path("tarif/", tables.write_rate, name="rate"),
    path("layanan/baru/", services.add, name="add_service"),
    path("layanan/<int:service>/", services.service, name="service"),
    path("impor/", importing.preview, name="import"),
    path("impor/simpan/", importing.save, name="import_save"),
    path("impor/lembar.xlsx", importing.template, name="template"),
    path("coba/", trial.trial, name="trial"),
]
