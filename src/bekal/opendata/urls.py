"""Addresses of the public data; config mounts them at /data/."""

from django.urls import URLPattern

app_name = "opendata"
urlpatterns: list[URLPattern] = []
