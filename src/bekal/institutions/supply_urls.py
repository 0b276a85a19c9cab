"""Recurring supply; config mounts it at /kerja/<unit>/pasokan/ (the report for any place)."""

from django.urls import path

from bekal.institutions.views import harvesting, purchases, supplying

app_name = "supply"
urlpatterns = [
    path("", supplying.index, name="index"),
    path("baru/", supplying.add, name="add"),
    path("penyedia/", purchases.report, name="report"),
    path("penyedia/unduh/", purchases.table, name="table"),
    path("penyedia/nyatakan/", purchases.declare, name="declare"),
    path("penyedia/panen/", harvesting.declare, name="harvest"),
    path("penyedia/dokumen/<uuid:purchases>/", purchases.paper, name="paper"),
    path("<uuid:supply>/", supplying.detail, name="detail"),
    path("<uuid:supply>/akhiri/", supplying.end, name="end"),
    path("<uuid:supply>/<str:day>/", supplying.deliver, name="deliver"),
]
