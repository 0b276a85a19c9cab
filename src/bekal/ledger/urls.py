"""Addresses of a unit's rules and balances; config mounts them at /kerja/<unit>/bagi-hasil/."""

from django.urls import path

from bekal.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.rules_page, name="rules"),
    path("pilih/", views.adopt, name="adopt"),
    path("saldo/", views.balances, name="balances"),
    path("saldo/<str:account>/", views.account, name="account"),
    path("saldo/<str:account>/unduh/", views.account_file, name="account_file"),
]
