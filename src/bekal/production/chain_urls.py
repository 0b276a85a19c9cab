"""Addresses of the chains across the units of a person's places; config mounts them at /rantai/."""

from django.urls import path

from bekal.production.views import chains

app_name = "chains"
urlpatterns = [
    path("", chains.home, name="home"),
    path("unduh/", chains.download, name="download"),
]
