"""What the pages of shipping share."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from bekal.accounts.gate import StaffRequest
from bekal.foundation.actions import frozen_bytes, keep_conflict
from bekal.foundation.refusals import KeyReused, Refused
from bekal.places.queries import PlaceNow
from bekal.ui.inputs import Keyed, show_refusal

Crumbs = list[tuple[str, str | None]]
SAVED = {
    "layanan": "Layanan tersimpan. Isi tarifnya, lalu coba hitung.",
    "tarif": "Tarif tersimpan.",
    "henti": "Layanan dihentikan.",
}


def crumbs(place: PlaceNow, here: str) -> Crumbs:
    """The way from the table to a page below it."""
    return [("Ongkos kirim", reverse("shipping:list", args=[place.code])), (here, None)]


def saved(place: PlaceNow, what: str) -> HttpResponse:
    """Back to the table, which says what was saved."""
    address = reverse("shipping:list", args=[place.code])
    return redirect(f"{address}?tersimpan={what}")


def show_refused(
    request: StaffRequest,
    place: PlaceNow,
    form: Keyed,
    *,
    refused: Refused,
    door: str,
    asked: Mapping[str, Any],
) -> HTTPStatus:
    """Show on the form what was refused; a used key is kept for a person to look at. The status."""
    used, body = form.key, frozen_bytes(asked)
    show_refusal(form, refused)
    if not isinstance(refused, KeyReused):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    form.renew_key()
    scope = f"place:{place.id}"
    keep_conflict(key=used, door=door, scope=scope, body=body, by=request.actor, now=request.now)
    return HTTPStatus.CONFLICT
