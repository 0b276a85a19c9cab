"""Addresses of what was recorded beside what came, below /kerja/<unit>/uang/cocok/."""

from django.urls import path

from bekal.treasury.views import settling, splitting

urlpatterns = [
    path("", settling.matching, name="matching"),
    path("qris/", settling.take, name="settle_qris"),
    path("qris/pasti/", settling.take_certain, name="settle_certain"),
    path("<int:bank_line>/qris/", settling.by_hand, name="settle_by_hand"),
    path("<int:bank_line>/pecah/", splitting.split, name="split_line"),
]
