"""Addresses of the rules that the centre sets; config mounts them at /aturan/."""

from django.urls import path

from bekal.treasury.views import premi_templates, rule_book

app_name = "rules"
urlpatterns = [
    path("", rule_book.proposals, name="list"),
    path("baru/", rule_book.propose, name="propose"),
    path("berkas-premi/", premi_templates.templates, name="premi_templates"),
    path("berkas-premi/baru/", premi_templates.keep, name="premi_template_new"),
    path(
        "berkas-premi/<int:premi_template>/tarik/",
        premi_templates.withdraw,
        name="premi_template_withdraw",
    ),
    path("<uuid:proposal>/", rule_book.proposal, name="proposal"),
]
