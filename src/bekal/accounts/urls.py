"""Addresses of signing in, named as allauth expects them, and of a unit's API tokens.

No other address of allauth exists.
"""

from django.urls import include, path

from bekal.accounts import views

_TOKENS = [
    path("", views.tokens, name="list"),
    path("<uuid:token>/cabut/", views.revoke_token, name="revoke"),
]
urlpatterns = [
    path("masuk/", views.sign_in, name="account_login"),
    path("keluar/", views.sign_out, name="account_logout"),
    path("akun/sandi/", views.change_password, name="account_change_password"),
    path("kerja/<slug:unit>/kunci-api/", include((_TOKENS, "tokens"))),
]
