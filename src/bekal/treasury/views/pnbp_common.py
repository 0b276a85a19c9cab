"""What the pages of a unit's PNBP share."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bekal.accounts.gate import StaffRequest, may, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.actions import frozen_bytes, keep_conflict
from bekal.foundation.exports import Table
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import as_file, see_other
from bekal.places.queries import PlaceNow
from bekal.treasury import queries
from bekal.treasury.models import Deposit
from bekal.treasury.views.common import crumb
from bekal.ui.inputs import Keyed, show_refusal

WRONG, CONFLICT = 422, 409
SAVED = {
    "tagih": "Setoran tersimpan. Bayar dengan kode billing itu, lalu catat NTPN-nya.",
    "bayar": "Pembayaran tersimpan. PNBP terutang sudah berkurang.",
    "lebih": "Pembayaran tersimpan. Yang melebihi PNBP terutang dicatat sebagai lebih setor.",
    "batal": "Setoran dibatalkan.",
    "bukti": "Bukti tersimpan.",
    "hitung": "Lebih setor sudah diperhitungkan.",
    "impor": "Data kas negara tersimpan.",
    "target": "Target tersimpan.",
}
Crumbs = list[tuple[str, str | None]]


def crumbs(place: PlaceNow, *further: tuple[str, str | None]) -> Crumbs:
    """The way down from all of the unit's money."""
    return [crumb(place), ("PNBP", reverse("treasury:pnbp", args=[place.code])), *further]


def to(place: PlaceNow, name: str, *args: object, said: str) -> HttpResponse:
    """Go to a page that says what was done."""
    return see_other(f"{reverse(f'treasury:{name}', args=[place.code, *args])}?tersimpan={said}")


def the_deposit(place: PlaceNow, deposit: UUID) -> Deposit:
    """A deposit of the unit; Http404 for everybody else's."""
    found = queries.deposit_of(unit_id=place.id, deposit_id=deposit)
    if found is None:
        raise Http404
    return found


def may_keep(request: StaffRequest, place: PlaceNow) -> bool:
    """Whether to offer what changes something; the addresses themselves refuse in any case."""
    return may(request, place, Permission.KEEP_MONEY)


def table_of_unit(
    request: StaffRequest, table: Table, *, name: str, place: PlaceNow
) -> HttpResponse:
    """A table as a file whose name says of which unit and day it is."""
    return as_file(request, table, name=f"{name}-{place.code}-{today_at(request, place)}")


def refused(
    request: StaffRequest, form: Keyed, refusal: Refused, *, at: PlaceNow, door: str
) -> int:
    """Show on the form what was refused; a used key is kept for a person. The status."""
    used, body = form.key, frozen_bytes(form.cleaned_data)
    show_refusal(form, refusal)
    if not isinstance(refusal, KeyReused):
        return WRONG
    form.renew_key()
    scope = f"place:{at.id}"
    keep_conflict(key=used, door=door, scope=scope, body=body, by=request.actor, now=request.now)
    return CONFLICT


def form_page(
    request: StaffRequest,
    place: PlaceNow,
    form: django_forms.Form,
    *,
    page: str,
    heading: str,
    status: int = 200,
    **context: Any,  # noqa: ANN401 - what the template of the form asks for
) -> HttpResponse:
    """A form of PNBP, with what was typed when something is wrong with it."""
    shown = {
        "unit": place,
        "zone": zone_of(place),
        "form": form,
        "heading": heading,
        "crumbs": crumbs(place, (heading, None)),
        **context,
    }
    return render(request, f"treasury/pnbp/{page}.html", shown, status=status)
