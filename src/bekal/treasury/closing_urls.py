"""Addresses of a unit's closings, below /kerja/<unit>/uang/tutup/."""

from django.urls import path

from bekal.treasury.views import closing

urlpatterns = [
    path("", closing.closing, name="closing"),
    path("siapkan/", closing.prepare, name="prepare_closing"),
    path("buka/", closing.reopen, name="reopen_month"),
    path("<uuid:month_paper>/putus/", closing.decide, name="decide_closing"),
]
