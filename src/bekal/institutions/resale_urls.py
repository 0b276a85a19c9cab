"""On which terms resellers buy of a unit; config mounts it at /kerja/<unit>/pengecer/."""

from django.urls import path

from bekal.institutions.views import reselling

app_name = "resale"
urlpatterns = [
    path("", reselling.index, name="index"),
    path("syarat/", reselling.change, name="change"),
]
