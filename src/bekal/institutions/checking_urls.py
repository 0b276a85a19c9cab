"""Who registered as an institution; config mounts it at /lembaga-terdaftar/."""

from django.urls import path

from bekal.institutions.views import checking

app_name = "parties"
urlpatterns = [
    path("", checking.index, name="list"),
    path("unduh/", checking.table, name="table"),
    path("<uuid:party>/", checking.detail, name="detail"),
    path("<uuid:party>/periksa/", checking.check, name="check"),
]
