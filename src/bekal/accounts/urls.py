"""Addresses of signing in, named as allauth expects them, and of a unit's API tokens.

No other address of allauth exists.
"""

from django.urls import include, path

from bekal.accounts.views import devices, invited, members, second, signing, tokens

_TOKENS = [
    path("", tokens.tokens, name="list"),
    path("<uuid:token>/cabut/", tokens.revoke_token, name="revoke"),
]
_MEMBERS = [
    path("", members.places, name="places"),
    path("<slug:place>/", members.members, name="list"),
    path("<slug:place>/undangan/<uuid:invitation>/batal/", members.revoke, name="revoke"),
    path("<slug:place>/<int:grant>/cabut/", members.take_away, name="take_away"),
]
urlpatterns = [
    path("masuk/", signing.sign_in, name="account_login"),
    path("masuk/kode/", signing.second_factor, name="account_second_factor"),
    path("keluar/", signing.sign_out, name="account_logout"),
    path("akun/sandi/", signing.change_password, name="account_change_password"),
    path("akun/kode/", second.factor, name="account_factor"),
    path("akun/perangkat/", devices.devices, name="account_devices"),
    path("akun/perangkat/keluar/", devices.end, name="account_end_devices"),
    path("undangan/<str:secret>/", invited.accept, name="account_invited"),
    path("anggota/", include((_MEMBERS, "members"))),
    path("kerja/<slug:unit>/kunci-api/", include((_TOKENS, "tokens"))),
]
