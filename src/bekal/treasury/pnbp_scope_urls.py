"""Addresses of the PNBP of all units of a person's places; config mounts them at /pnbp/."""

from django.urls import path

from bekal.treasury.views import pnbp_findings, pnbp_scope

app_name = "pnbp"
urlpatterns = [
    path("", pnbp_scope.home, name="home"),
    path("unduh/", pnbp_scope.download, name="download"),
    path("temuan/", pnbp_findings.of_scope, name="findings"),
    path("temuan/unduh/", pnbp_findings.scope_download, name="findings_download"),
]
