"""A unit's requests of institutions; config mounts them at /kerja/<unit>/permintaan/."""

from django.urls import path

from bekal.institutions.views import requests

app_name = "institutions"
urlpatterns = [
    path("", requests.index, name="requests"),
    path("unduh/", requests.table, name="requests_table"),
    path("<uuid:wanted>/", requests.detail, name="request"),
    path("<uuid:wanted>/jawab/", requests.answer, name="answer"),
    path("<uuid:wanted>/berkas/", requests.file, name="request_file"),
]
