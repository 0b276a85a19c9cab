"""What the pages of a unit's treasurer have in common."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bekal.accounts.gate import StaffRequest, zone_of
from bekal.foundation import formats
from bekal.foundation.actions import frozen_bytes, keep_conflict
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import KeyReused, Refused
from bekal.places.queries import PlaceNow
from bekal.ui.inputs import Keyed, show_refusal

SAVED = {
    "cocok": "Uang sudah dicocokkan.",
    "belum": "Uang dicatat, belum diketahui untuk pesanan mana.",
    "sisih": "Baris disisihkan.",
    "buka": "Baris dibuka kembali.",
    "anew": "Catatan uang masuknya dibatalkan di buku. Tentukan lagi baris ini.",
    "kembali": "Pengembalian dicatat. Bayarkan lewat halaman uang keluar.",
    "periksa": "Catatan sudah diperiksa.",
    "masuk": "Uang masuk tersimpan.",
    "ragu": "Uangnya dicatat, tetapi belum bisa dihitung untuk tagihan ini.",
    "sudah": "Uang dengan nomor ini sudah tercatat, dan tidak dicatat lagi.",
    "putus": "Baris ini sudah diputuskan.",
    "lepas": "Pencocokan dibatalkan. Uangnya kembali ke daftar yang belum cocok.",
    "bayar": "Pembayaran tersimpan.",
    "lunas": "Pengembalian ini sudah dicatat dibayar, dan tidak dicatat lagi.",
    "habis": "Uang ini sudah ditentukan, dan tidak dicatat lagi.",
    "rekening": "Rekening tersimpan.",
}


def told(instant: dt.datetime | None, place: PlaceNow) -> str:
    """An instant by the unit's own day and clock."""
    zone = zone_of(place)
    if instant is None:
        return ""
    return f"{formats.date(local_day(instant, zone))}, {formats.time(instant, zone)}"


def saved(address: str, place: PlaceNow, what: str, *args: object) -> HttpResponse:
    """On to a page that says what was saved."""
    return redirect(f"{reverse(address, args=[place.code, *args])}?tersimpan={what}")


def page(
    request: StaffRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    place: PlaceNow,
    way: tuple[str, str],
    status: int = 200,
) -> HttpResponse:
    """A page below one of the two lists; `way` is the list's address and name."""
    crumbs = [(way[1], reverse(way[0], args=[place.code])), (str(context["heading"]), None)]
    shown = {
        "unit": place,
        "zone": zone_of(place),
        "crumbs": crumbs,
        "saved": SAVED.get(request.GET.get("tersimpan", ""), ""),
        **context,
    }
    return render(request, f"payments/{template}.html", shown, status=status)


def refused(
    request: StaffRequest, form: Keyed, refusal: Refused, *, at: PlaceNow, door: str
) -> int:
    """Show on the form what was refused; a used key is kept for a person. The status."""
    used, body = form.key, frozen_bytes(form.cleaned_data)
    show_refusal(form, refusal)
    if not isinstance(refusal, KeyReused):
        return 422
    form.renew_key()
    scope = f"place:{at.id}"
    keep_conflict(key=used, door=door, scope=scope, body=body, by=request.actor, now=request.now)
    return 409


def found(thing: object) -> None:
    """Http404 for nothing."""
    if thing is None:
        raise Http404
