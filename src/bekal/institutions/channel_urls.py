"""Sheets for other channels; config mounts them at /kerja/<unit>/lembar/ (a unit or a kanwil)."""

from django.urls import path

from bekal.institutions.views import channels as views

app_name = "channels"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:channel>/", views.report, name="report"),
    path("<slug:channel>/lembar.xlsx", views.xlsx, name="xlsx"),
    path("<slug:channel>/lembar.csv", views.csv, name="csv"),
]
