"""Addresses of the public pages of front, in both languages; config mounts them at the root."""

from django.urls import path

from bekal.front import views

app_name = "public"
urlpatterns = [path("", views.home, name="home")]
