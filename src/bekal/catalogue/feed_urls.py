"""Addresses of the feeds for shopping channels, below /umpan/."""

from django.urls import path

from bekal.catalogue.views import feeds

app_name = "feeds"
urlpatterns = [
    path("produk.xml", feeds.google, name="google"),
    path("produk.csv", feeds.meta, name="meta"),
]
