"""Counting cash: a day, its pieces, what the books say, and what differs."""

import datetime as dt
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.foundation.exports import Table
from bekal.foundation.formats import read_page
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.foundation.views import as_file
from bekal.ledger import queries as ledger
from bekal.ledger.rules import AccountKind
from bekal.places.queries import PlaceNow
from bekal.treasury import actions, queries
from bekal.treasury.actions.cash import DOOR
from bekal.treasury.forms.cash import CountForm
from bekal.treasury.queries import CashDay
from bekal.treasury.rules.cash import CashRefused
from bekal.treasury.views.common import CONFLICT, WRONG, permissions, refuse, to, way
from bekal.ui.inputs import DATES

SAME = "sama"
_SAID = {"hitung": "Kas tersimpan.", "selisih": "Selisih kas tercatat."}
_HEADING = (
    "hari",
    "menurut_buku",
    "dihitung",
    "selisih",
    "sebab",
    "dihitung_oleh",
    "dihitung_pada",
)


@needs(Permission.SEE_BOOKS)
@require_safe
def days(request: StaffRequest, unit: str) -> HttpResponse:
    """The days whose cash was counted, and what is in the box by the books."""
    place = request.scope.unit(unit)
    page = queries.counts_of(unit_id=place.id, page=read_page(request.GET.get("halaman", "")))
    held = {row.account: row.amount for row in ledger.balances_of(unit_id=place.id)}
    may = permissions(request, place)
    context = {
        "unit": place,
        "page": page,
        "held": held.get(AccountKind.CASH, 0),
        "difference": -held.get(AccountKind.CASH_DIFFERENCE, 0),
        "waiting": queries.to_count(unit_id=place.id, day=today_at(request, place)),
        "may_count": Permission.PREPARE_MONEY in may,
        "saved": said(request, _SAID),
        "crumbs": way(place, ("Kas harian", None)),
    }
    return render(request, "treasury/cash/days.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """All counts of a unit: CSV, or XLSX with `?bentuk=xlsx`."""
    place = request.scope.unit(unit)
    rows = list(queries.every_count(unit_id=place.id))
    names = accounts.names_of(actors={row.counted_by for row in rows})
    table = Table("Kas harian", _HEADING, list(_cells(rows, names)))
    return as_file(request, table, name=f"kas-{place.code}-{today_at(request, place)}")


@needs(Permission.SEE_BOOKS)
@require_safe
def one(request: StaffRequest, unit: str, count: UUID) -> HttpResponse:
    """One count with its pieces, beside the books of that moment."""
    place = request.scope.unit(unit)
    row = _the_count(place, count)
    context = {
        "unit": place,
        "row": row,
        "zone": zone_of(place),
        "counted_on": local_day(row.counted_at, zone_of(place)),
        "who": accounts.names_of(actors={row.counted_by})[row.counted_by],
        "may_count": row.is_last and Permission.PREPARE_MONEY in permissions(request, place),
        "saved": said(request, _SAID),
        "crumbs": way(place, _cash(place), ("Hitungan", None)),
    }
    return render(request, "treasury/cash/one.html", context)


@needs(Permission.PREPARE_MONEY)
@require_http_methods(["GET", "HEAD", "POST"])
def count(request: StaffRequest, unit: str) -> HttpResponse:
    """Count the cash of a day: one tap when all is as the books say, else by pieces."""
    place = request.scope.unit(unit)
    if request.method != "POST":
        return _page(request, place, _begun(request, place))
    form = CountForm(request.POST)
    if not form.is_valid():
        return _page(request, place, form, status=WRONG)
    is_same = SAME in request.POST
    new = form.count(place.id, is_same=is_same)
    try:
        actions.count_cash(new=new, by=request.actor, now=request.now)
    except Refused as refused:
        status = refuse(request, place, form, refused=refused, door=DOOR, message=new)
        return _page(request, place, form, status=status)
    return to("cash_count", place.code, new.key, said="hitung")


def _begun(request: StaffRequest, place: PlaceNow) -> CountForm:
    """A new count of the day that was asked for, or of the last one with cash that moved."""
    today = today_at(request, place)
    replaced = queries.last_count(unit_id=place.id) if "perbaiki" in request.GET else None
    asked = _day(request.GET.get("tanggal", ""))
    day = asked or queries.to_count(unit_id=place.id, day=today) or today
    begun: dict[str, object] = {"key": uuid7(), "day": day}
    if replaced is not None:
        begun |= {"day": replaced.day, "replaces": replaced.pk, **replaced.pieces}
    return CountForm(initial=begun)


def _page(
    request: StaffRequest, place: PlaceNow, form: CountForm, *, status: int = 200
) -> HttpResponse:
    day = _day(str(form["day"].value() or "")) or today_at(request, place)
    flows = queries.flows_on(unit_id=place.id, day=day)
    total = _total(form)
    context = {
        "unit": place,
        "form": form,
        "day": day,
        "flows": flows,
        "key": uuid7() if status == CONFLICT else form["key"].value(),
        "total": total,
        "gap": None if total is None else abs(total - flows.expected),
        "is_more": total is not None and total > flows.expected,
        "last": queries.last_count(unit_id=place.id),
        "crumbs": way(place, _cash(place), ("Hitung kas", None)),
    }
    return render(request, "treasury/cash/count.html", context, status=status)


def _total(form: CountForm) -> int | None:
    """What was counted so far, where it can be read."""
    if not form.is_bound or set(form.errors) - {"reason", "__all__"}:
        return None
    try:
        return form.total()
    except (CashRefused, KeyError):
        return None


def _the_count(place: PlaceNow, count_id: UUID) -> CashDay:
    found = queries.one_count(unit_id=place.id, count_id=count_id)
    if found is None:
        raise Http404
    return found


def _cells(rows: Iterable[CashDay], names: dict[str, str]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.day,
            row.flows.expected,
            row.counted,
            row.difference,
            row.reason,
            names[row.counted_by],
            row.counted_at.isoformat(timespec="seconds"),
        ]


def _day(text: str) -> dt.date | None:
    for form in DATES:
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None


def _cash(place: PlaceNow) -> tuple[str, str]:
    return "Kas harian", reverse("treasury:cash", args=[place.code])
