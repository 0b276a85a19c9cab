"""The closings of all units below a place; config mounts them at /tutup-buku/."""

from django.urls import path

from bekal.treasury.views import closing

app_name = "closings"
urlpatterns = [
    path("", closing.overview, name="overview"),
]
