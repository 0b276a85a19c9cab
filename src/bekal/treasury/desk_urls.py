"""Addresses of the auditor's desk; config mounts them at /periksa/."""

from django.urls import path

from bekal.treasury.views import desk, samples, trails

app_name = "examine"
urlpatterns = [
    path("", desk.home, name="home"),
    path("<slug:place>/", desk.place, name="place"),
    path("<slug:place>/hari/<str:day>/", desk.day, name="day"),
    path("<slug:place>/sampel/", samples.index, name="samples"),
    path("<slug:place>/sampel/<uuid:drawn>/", samples.sample, name="sample"),
    path("<slug:place>/sampel/<uuid:drawn>/temuan/", samples.note, name="note"),
    path("<slug:place>/sampel/<uuid:drawn>/unduh.csv", samples.download, name="sample_file"),
    path("<slug:place>/sampel/<uuid:drawn>/bukti.zip", samples.bundle, name="bundle"),
    path("<slug:place>/jejak/", trails.trail, name="trail"),
    path("<slug:place>/jejak/unduh.csv", trails.download, name="trail_file"),
]
