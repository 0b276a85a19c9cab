"""What the pages of the books share: the question, the way down, the other reports."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from bekal.accounts.gate import Scope, StaffRequest, today_at
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.periods import months_around
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level
from bekal.treasury.forms.books import AskedBook, read_book
from bekal.treasury.rules.books import Ending, Report, Tree

Crumb = tuple[str, str | None]
_TABS = (
    ("trial", "Neraca saldo"),
    ("funds", "Posisi dana"),
    ("flows", "Penerimaan dan pengeluaran"),
)
_BOOKS = (("kas", "Buku kas"), ("bank", "Buku bank"))


@dataclass(frozen=True)
class Tab:
    """One report among the others."""

    label: str
    url: str
    is_current: bool


def top_places(scope: Scope) -> list[PlaceNow]:
    """The places of a scope that lie below no other of it, by name."""
    ids = {place.id for place in scope.places}
    return [place for place in scope.places if place.parent_id not in ids]


def asked_of(request: StaffRequest, place: PlaceNow) -> AskedBook:
    """What the address asks of a place's books."""
    latest = local_day(request.now, Zone.WIT)
    return read_book(request.GET, today=today_at(request, place), latest=latest)


def address(name: str, code: str, *args: object, query: str = "") -> str:
    """A page of the books of the place with this code, asked the same way."""
    bare = reverse(f"books:{name}", args=[code, *args])
    return f"{bare}?{query}" if query else bare


def way_to(request: StaffRequest, place: PlaceNow, asked: AskedBook, *last: Crumb) -> list[Crumb]:
    """The way down to a page of a place's books, as far as it lies in the scope."""
    by_id = {each.id: each for each in request.scope.places}
    way: list[Crumb] = [(place.name, address("trial", place.code, query=asked.query))]
    above = by_id.get(place.parent_id or 0)
    while above is not None:
        way.insert(0, (above.name, address("trial", above.code, query=asked.query)))
        above = by_id.get(above.parent_id or 0)
    whole = [("Buku", reverse("books:home")), *way, *last]
    return [*whole[:-1], (whole[-1][0], None)]


def frame(
    request: StaffRequest,
    place: PlaceNow,
    asked: AskedBook,
    *,
    here: str,
    last: tuple[Crumb, ...] = (),
) -> dict[str, Any]:
    """What every page of the books shows; `here` is the name of its report or account."""
    latest = local_day(request.now, Zone.WIT)
    before, after = months_around(asked.period, latest=latest)
    tabs = [
        Tab(label, address(name, place.code, query=asked.query), name == here)
        for name, label in _TABS
    ]
    tabs += [
        Tab(label, address("account", place.code, slug, query=asked.query), slug == here)
        for slug, label in _BOOKS
    ]
    return {
        "unit": place,
        "place": place,
        "is_unit": place.level is Level.UNIT,
        "asked": asked,
        "form": asked.form,
        "before": before,
        "after": after,
        "tabs": tabs,
        "now": request.now,
        "zone": place.zone or Zone.WIB,
        "crumbs": way_to(request, place, asked, *last),
        "is_then": asked.tree is Tree.THEN,
    }


def files(place: PlaceNow, asked: AskedBook, report: Report, *, more: str = "") -> list[Crumb]:
    """The same report as files: (label, address)."""
    query = f"{asked.query}&{more}" if more else asked.query
    return [
        (ending.name, address("file", place.code, report.value, ending.value, query=query))
        for ending in Ending
    ]
