"""Recording one sale: the page, the check, the saving."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.actions import keep_conflict
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.places.queries import PlaceNow
from bekal.sales import actions, queries, told
from bekal.sales.entry import Entry, first_look, look_again
from bekal.sales.models import Sale
from bekal.sales.rules import BUYER_LABELS, CHANNEL_LABELS, PAYMENT_LABELS, NewSale
from bekal.sales.views.common import crumbs, next_sale, to_receipt
from bekal.sales.why import labelled

CHECK, SAVE, SAVE_AND_GO_ON = "periksa", "simpan", "lanjut"
_SENT = {CHECK, SAVE, SAVE_AND_GO_ON}
"""Acts for which the form must be whole."""


@needs(Permission.RECORD_SALE)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: StaffRequest, unit: str) -> HttpResponse:
    """One sale: typed and searched for, then checked, then saved; all in one form."""
    place = request.scope.unit(unit)
    entry, act = _read(request, place)
    if act not in _SENT:
        return _entry_page(request, entry, saved=_saved(request, place))
    if not entry.form.is_valid():
        return _entry_page(request, entry, status=422)
    try:
        return _check_page(request, entry) if act == CHECK else _save(request, entry, act=act)
    except Refused as refused:
        entry.form.refuse(refused)
        return _entry_page(request, entry, mends=entry.mends(refused), status=422)


def _save(request: StaffRequest, entry: Entry, *, act: str) -> HttpResponse:
    sale = entry.form.new_sale(unit_id=entry.place.id)
    try:
        actions.record_sale(sale=sale, by=request.actor, now=request.now)
    except KeyReused as refused:
        return _conflict_page(request, entry, sale, refused=refused)
    if act == SAVE_AND_GO_ON:
        return see_other(next_sale(entry.place, sale, nota=sale.key))
    return to_receipt(entry.place, sale.key, "jual")


def _saved(request: StaffRequest, place: PlaceNow) -> Sale | None:
    """The sale that was saved just before, where one goes on to the next."""
    try:
        key = UUID(request.GET.get("nota", ""))
    except ValueError:
        return None
    return queries.receipt(unit_id=place.id, sale_id=key)


def _read(request: StaffRequest, place: PlaceNow) -> tuple[Entry, str]:
    today = today_at(request, place)
    if request.method != "POST":
        return first_look(place=place, today=today, asked=request.GET), ""
    act = request.POST.get("act", "")
    sent = {name: str(value) for name, value in request.POST.items()}
    is_sent = act in _SENT
    return look_again(place=place, today=today, sent=sent, is_sent=is_sent), act


def _entry_page(
    request: StaffRequest,
    entry: Entry,
    *,
    mends: list[tuple[str, str]] | None = None,
    saved: Sale | None = None,
    status: int = 200,
) -> HttpResponse:
    pieces, total = entry.sums()
    context = {
        "unit": entry.place,
        "crumbs": crumbs(entry.place, ("Catat penjualan", None)),
        "entry": entry,
        "form": entry.form,
        "sections": list(entry.sections()),
        "today": entry.form.today,
        "pieces": pieces,
        "total": total,
        "mends": mends or [],
        "saved": saved,
    }
    return render(request, "sales/record.html", context, status=status)


def _check_page(request: StaffRequest, entry: Entry) -> HttpResponse:
    cleaned = entry.form.cleaned_data
    split = queries.split_ahead(
        unit_id=entry.place.id, on=cleaned["sold_on"], lines=cleaned["lines"]
    )
    context = {**_said(entry), "crumbs": crumbs(entry.place, ("Periksa penjualan", None))}
    context["split"] = labelled(split)
    return render(request, "sales/check.html", context)


def _conflict_page(
    request: StaffRequest, entry: Entry, sale: NewSale, *, refused: KeyReused
) -> HttpResponse:
    """What is stored beside what came; the second may be saved under a key of its own."""
    keep_conflict(
        key=sale.key,
        door="sales.record",
        scope=f"place:{entry.place.id}",
        body=sale.frozen(),
        by=request.actor,
        now=request.now,
    )
    stored = queries.receipt(unit_id=entry.place.id, sale_id=sale.key)
    context = {
        **_said(entry),
        "crumbs": crumbs(entry.place, ("Sudah tersimpan", None)),
        "refused": refused,
        "stored": stored,
        "told": told.tell(stored) if stored else None,
        "new_key": uuid7(),
    }
    return render(request, "sales/conflict.html", context, status=409)


def _said(entry: Entry) -> dict[str, Any]:
    """The sale as the person said it, for a page that only shows it."""
    form, cleaned = entry.form, entry.form.cleaned_data
    return {
        "unit": entry.place,
        "day": cleaned["sold_on"],
        "channel": CHANNEL_LABELS[cleaned["channel"]],
        "buyer": BUYER_LABELS[cleaned["buyer_class"]],
        "payment": PAYMENT_LABELS[cleaned["payment"]],
        "lines": [(terms, n, price, n * price) for terms, n, price in cleaned["lines"]],
        "total": form.total,
        "answers": form.answers(),
    }
