"""Addresses of campaigns; config mounts the public ones at /langsung/, the desk at /kampanye/."""

from django.urls import URLPattern

app_name = "campaigns"
urlpatterns: list[URLPattern] = []
