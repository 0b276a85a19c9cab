"""Addresses of the rules that the centre sets; config mounts them at /aturan/."""

from django.urls import path

from bekal.treasury.views import rule_book

app_name = "rules"
urlpatterns = [
    path("", rule_book.proposals, name="list"),
    path("baru/", rule_book.propose, name="propose"),
    path("<uuid:proposal>/", rule_book.proposal, name="proposal"),
]
