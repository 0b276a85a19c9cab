"""Addresses of reviews that wait to be read; config mounts them at /ulasan/."""

from django.urls import path

from bekal.catalogue.views import reviews as views

app_name = "reviews"
urlpatterns = [
    path("", views.reviews, name="list"),
    path("<int:review>/", views.judge, name="judge"),
]
