"""Enquiries from abroad at a desk; config mounts them at /kerja/<unit>/ekspor/ (any place)."""

from django.urls import path

from bekal.institutions.views import enquiries as views

app_name = "enquiries"
urlpatterns = [
    path("", views.index, name="index"),
    path("unduh/", views.table, name="table"),
    path("<uuid:sought>/", views.detail, name="detail"),
]
