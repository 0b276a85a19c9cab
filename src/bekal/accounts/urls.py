"""Addresses of signing in. Names as allauth expects them; no other address of allauth exists."""

from django.urls import path

from bekal.accounts import views

urlpatterns = [
    path("masuk/", views.sign_in, name="account_login"),
    path("keluar/", views.sign_out, name="account_logout"),
    path("akun/sandi/", views.change_password, name="account_change_password"),
]
