"""Addresses of photographs and share pictures, the same in every language, below /gambar/."""

from django.urls import path

from bekal.catalogue.views import product as views

app_name = "pictures"
urlpatterns = [
    path("bagikan/<str:share>", views.share, name="share"),
    path("<str:picture>", views.picture, name="file"),
]
