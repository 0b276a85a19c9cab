"""All addresses, with stand-ins for the rooms beside this one that are still being built."""

from django.http import HttpResponse
from django.urls import get_resolver, include, path

from bekal.foundation.doors import public

ASSEMBLED = "bekal.config.urls"
KNOWN = get_resolver(ASSEMBLED).app_dict
handler400 = "bekal.config.handlers.bad_request"
handler403 = "bekal.config.handlers.forbidden"
handler404 = "bekal.config.handlers.not_found"
handler500 = "bekal.config.handlers.server_error"


@public
def stub(request, **values):
    return HttpResponse("ada")


def missing(prefix, app_name, **patterns):
    if app_name in KNOWN:
        return []
    names = [path(pattern, stub, name=name) for name, pattern in patterns.items()]
    return [path(prefix, include((names, app_name)))]


SALES = {"list": "", "record": "catat/", "days": "hari/", "report": "hari/lapor/"}
urlpatterns = [
    path("", include(ASSEMBLED)),
    *missing("kerja/<slug:unit>/penjualan/", "sales", **SALES, receipt="<uuid:sale>/"),
    *missing("kerja/<slug:unit>/bagi-hasil/", "ledger", rules="", balances="saldo/"),
    *missing("omzet/", "turnover", home=""),
]
