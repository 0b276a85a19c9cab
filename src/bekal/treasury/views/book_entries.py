"""The books line by line: an account, its makers or other units, a day, an entry."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.foundation.clock import Period, Zone, local_day
from bekal.foundation.formats import read_page
from bekal.foundation.periods import EARLIEST
from bekal.ledger import queries as ledger
from bekal.ledger.queries import BookLines, Sought
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level
from bekal.treasury import book_lines
from bekal.treasury.book_accounts import Named, named_account
from bekal.treasury.forms.books import AskedBook
from bekal.treasury.queries.books import Part, book_of, parts_of
from bekal.treasury.queries.entries import Entries
from bekal.treasury.rules.books import Report, Sums, cause_label, sided
from bekal.treasury.views.book_common import address, asked_of, files, frame
from bekal.treasury.views.books import below

LINES_A_PAGE, PARTS_A_PAGE, ENTRIES_A_PAGE = 50, 50, 20


@needs(Permission.SEE_BOOKS)
@require_safe
def account(request: StaffRequest, place: str, account: str) -> HttpResponse:
    """What moved one account of a unit, day by day; of a higher place its sums by place."""
    found = request.scope.place_then(place)
    asked = asked_of(request, found)
    row = the_account(found, account, asked)
    book = book_of(place_id=found.id, period=asked.period, tree_on=asked.tree_on)
    cause = request.GET.get("sebab", "")[:20]
    context: dict[str, Any] = {
        **frame(request, found, asked, here=row.slug, last=((row.name, None),)),
        "row": row,
        **_stand(book.of([row.kind])),
        "too_long": "panjang" in request.GET,
        "causes": {key: cause_label(key) for key in sorted(book.by_cause([row.kind]))},
        "cause": cause,
        "below": below(book, found, asked, scope=request.scope, row=row),
    }
    if found.level is Level.UNIT:
        page = read_page(request.GET.get("halaman", ""))
        context |= _lines(found, asked, row, cause=cause, page=page)
        more = f"akun={row.slug}&sebab={cause}"
        context["files"] = files(found, asked, Report.LEDGER, more=more)
    return render(request, "treasury/books/account.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def parts(request: StaffRequest, place: str, many: str) -> HttpResponse:
    """The accounts of one kind at a unit, one for each maker or other unit."""
    unit = request.scope.unit_then(place)
    asked = asked_of(request, unit)
    row = the_account(unit, many, asked)
    if not row.has_parts:
        raise Http404
    text = request.GET.get("cari", "").strip()[:60]
    rows = parts_of(unit_id=unit.id, kind=row.kind, period=asked.period)
    found = [part for part in rows if text.lower() in part.name.lower()]
    page = Paginator(found, PARTS_A_PAGE).get_page(read_page(request.GET.get("halaman", "")))
    crumbs = (
        (row.name, address("account", unit.code, row.slug, query=asked.query)),
        ("Rincian", None),
    )
    context = {
        **frame(request, unit, asked, here="parts", last=crumbs),
        "row": row,
        "text": text,
        "page": page,
        "shown": [_part(part, row, unit, asked=asked) for part in page],
        "whole": _stand(sum((part.sums for part in rows), start=Sums())),
    }
    return render(request, "treasury/books/parts.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def day(request: StaffRequest, place: str, day: str) -> HttpResponse:
    """The entries of a unit's day, each with its lines."""
    unit = request.scope.unit_then(place)
    asked = asked_of(request, unit)
    on = read_day(day, latest=asked.latest)
    entries = Entries(Sought(unit.id, Period(on, on)))
    page = Paginator(entries, ENTRIES_A_PAGE).get_page(read_page(request.GET.get("halaman", "")))
    step = dt.timedelta(days=1)
    context = {
        **frame(request, unit, asked, here="day", last=((f"{on.day}/{on.month}/{on.year}", None),)),
        "day": on,
        "page": page,
        "entries": book_lines.tell_all(list(page.object_list), unit),
        "yesterday": on - step if on > EARLIEST else None,
        "tomorrow": on + step if on < asked.latest else None,
    }
    return render(request, "treasury/books/day.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def entry(request: StaffRequest, place: str, entry: int) -> HttpResponse:
    """One entry of a unit: its lines, what caused it, who wrote it, and the trail of its source."""
    unit = request.scope.unit_then(place)
    kept = ledger.entry_of_unit(unit_id=unit.id, entry_id=entry)
    if kept is None:
        raise Http404
    asked = asked_of(request, unit)
    day_url = address("day", unit.code, kept.occurred_on.isoformat())
    on, at, zone = kept.occurred_on, kept.posted_at, unit.zone or Zone.WIB
    crumbs = ((f"{on.day}/{on.month}/{on.year}", day_url), (f"Jurnal {kept.pk}", None))
    context = {
        **frame(request, unit, asked, here="entry", last=crumbs),
        "entry": kept,
        "told": book_lines.tell_all([kept], unit)[0],
        "others": ledger.entries_beside(unit_id=unit.id, entry=kept),
        "trail": book_lines.trail_of(kept, unit),
        "day_url": day_url,
        "written": f"{formats.date(local_day(at, zone))}, {formats.time(at, zone)}",
    }
    return render(request, "treasury/books/entry.html", context)


@needs(Permission.SEE_BOOKS)
@require_safe
def source(request: StaffRequest, place: str) -> HttpResponse:
    """From what caused an entry of a place to the entry; the books of the place where none is."""
    found = request.scope.place_then(place)
    kept = ledger.entry_of_source(unit_id=found.id, source=request.GET.get("kunci", "")[:80])
    if kept is None:
        return redirect("books:trial", found.code)
    return redirect("books:entry", found.code, kept)


def the_account(place: PlaceNow, slug: str, asked: AskedBook) -> Named:
    """The account that an address names; Http404 where a place has none such."""
    unit_id = place.id if place.level is Level.UNIT else None
    found = named_account(slug, unit_id=unit_id, on=asked.latest)
    if found is None:
        raise Http404
    return found


def sought(place: PlaceNow, asked: AskedBook, row: Named, *, cause: str) -> Sought:
    """The lines that a page or a file of an account shows."""
    return Sought(
        place.id,
        asked.period,
        kinds=(row.kind,),
        maker=row.maker,
        counterpart_id=row.counterpart_id,
        cause=cause,
    )


def opening_of(place: PlaceNow, asked: AskedBook, row: Named, *, whole: Sums) -> Sums:
    """What an account held before the period; `whole` are the sums of its kind."""
    if not row.is_part:
        return whole
    return book_lines.sums_of_part(place, row, period=asked.period)


def read_day(text: str, *, latest: dt.date) -> dt.date:
    """A day of an address; Http404 for one that no books can have."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if not EARLIEST <= found <= latest:
        raise Http404
    return found


def _stand(sums: Sums) -> dict[str, Any]:
    return {"sums": sums, "opening": sided(sums.opening), "closing": sided(sums.closing)}


def _part(part: Part, row: Named, unit: PlaceNow, *, asked: AskedBook) -> dict[str, Any]:
    url = address("account", unit.code, f"{row.slug}-{part.key}", query=asked.query)
    return {"name": part.name, "url": url, **_stand(part.sums)}


def _lines(
    place: PlaceNow, asked: AskedBook, row: Named, *, cause: str, page: int
) -> dict[str, Any]:
    whole = book_of(place_id=place.id, period=asked.period, tree_on=asked.tree_on).of([row.kind])
    sums = opening_of(place, asked, row, whole=whole)
    lines = BookLines(sought(place, asked, row, cause=cause))
    shown = Paginator(lines, LINES_A_PAGE).get_page(page)
    names = accounts.names_of(actors={line.posted_by for line in shown.object_list})
    return {
        "page": shown,
        **_stand(sums),
        "lines": book_lines.tell_lines(
            shown.object_list, place, names=names, opening=None if cause else sums.opening
        ),
    }
