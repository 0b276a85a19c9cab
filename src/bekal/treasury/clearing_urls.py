"""Addresses of what settles differences of cash, below /kerja/<unit>/uang/kas/selisih/."""

from django.urls import path

from bekal.treasury.views import clearing

urlpatterns = [
    path("", clearing.clearings, name="clearings"),
    path("usul/", clearing.propose, name="propose_clearing"),
    path("unduh/", clearing.download, name="clearings_file"),
    path("<uuid:clearing>/", clearing.one, name="clearing"),
    path("<uuid:clearing>/putus/", clearing.decide, name="decide_clearing"),
]
