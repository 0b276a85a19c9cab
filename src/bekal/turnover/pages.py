"""What the pages of turnover show, put together of the answers of queries."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypedDict

from django.core.paginator import Paginator
from django.urls import reverse

from bekal.accounts.gate import Scope
from bekal.foundation.clock import Period
from bekal.foundation.periods import EARLIEST, months_around
from bekal.ledger.rules import ACCOUNT_LABELS
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level
from bekal.turnover import queries, rules
from bekal.turnover.forms import SORTS, Asked
from bekal.turnover.rules import Basis, Dimension, NodeTotal

SILENT_ON_A_PAGE = 20
RECEIPTS_ON_A_PAGE = 50
_HEADS = {
    Dimension.CATEGORY: "Menurut kategori",
    Dimension.CHANNEL: "Menurut saluran",
    Dimension.BUYER: "Menurut pembeli",
}
_BELOW = {Level.CENTRE: "Kantor wilayah", Level.KANWIL: "Unit", Level.UNIT: "Hari"}


class Question(TypedDict):
    """What every query of totals is asked; `on` is today."""

    place_id: int
    period: Period
    basis: Basis
    on: dt.date


def receipt_address(unit_code: str) -> str:
    """Where a unit's receipts lie; an address ends with the receipt's id and a slash."""
    return f"/kerja/{unit_code}/penjualan/"


def top_places(scope: Scope) -> list[PlaceNow]:
    """The places of a scope that lie below no other of it, by name."""
    ids = {place.id for place in scope.places}
    return [place for place in scope.places if place.parent_id not in ids]


def crumbs_of(place: PlaceNow, scope: Scope, *, query: str = "") -> list[tuple[str, str | None]]:
    """The way down to a place, as far as it lies in the scope; the last is the place itself."""
    by_id = {each.id: each for each in scope.places}
    way: list[tuple[str, str | None]] = [(place.name, address_of(place.code, query))]
    above = by_id.get(place.parent_id or 0)
    while above is not None:
        way.insert(0, (above.name, address_of(above.code, query)))
        above = by_id.get(above.parent_id or 0)
    return [("Omzet", reverse("turnover:home")), *way] if len(way) == 1 else way


def address_of(code: str, query: str = "") -> str:
    """The address of a place's turnover, asked the same way."""
    bare = reverse("turnover:place", args=[code])
    return f"{bare}?{query}" if query else bare


def place_page(
    place: PlaceNow, asked: Asked, scope: Scope, *, page: int, latest: dt.date
) -> dict[str, Any]:
    """Everything that the page of a place shows, in five or six statements."""
    question = question_of(place, asked, scope)
    answer = queries.total(**question)
    before, after = months_around(asked.period, latest=latest)
    shown = {
        "unit": place,
        "place": place,
        "asked": asked,
        "form": asked.form,
        "answer": answer,
        "total": answer.total,
        "coverage": answer.coverage,
        "parts": _band(answer.total),
        "names": {kind.value: name for kind, name in ACCOUNT_LABELS.items()},
        "pieces_of_total": rules.share_parts(answer.total),
        "slices": _slices(question),
        "has_moved": queries.has_moved(place_id=place.id, period=asked.period, on=scope.today),
        "bases": list(Basis),
        "before": before,
        "after": after,
        "below": _BELOW[place.level],
        "definitions": rules.DEFINITIONS,
        "crumbs": _here(crumbs_of(place, scope, query=asked.query)),
    }
    return shown | _inside(place, asked, scope, question=question, page=page)


def question_of(place: PlaceNow, asked: Asked, scope: Scope) -> Question:
    """The question that an address asks of a place."""
    return {
        "place_id": place.id,
        "period": asked.period,
        "basis": asked.basis,
        "on": scope.today,
    }


def _here(way: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    return [*way[:-1], (way[-1][0], None)]


def _inside(
    place: PlaceNow, asked: Asked, scope: Scope, *, question: Question, page: int
) -> dict[str, Any]:
    """A unit has days; every other place has places below it, and silent units."""
    if place.level is Level.UNIT:
        return {"days": queries.days(**question)}
    silent = queries.silent_units(**question)
    return {
        "children": sorted_by(asked.sort, queries.children(**question)),
        "silent": Paginator(silent, SILENT_ON_A_PAGE).get_page(page),
        "sorts": SORTS,
        "linked": None if scope.is_national else {each.code for each in scope.places},
    }


def _band(total: rules.Total) -> list[tuple[str, int]]:
    """The parts of net for the band, or nothing where one of them is negative."""
    parts = rules.share_parts(total)
    return parts if all(amount > 0 for _, amount in parts) else []


def _slices(question: Question) -> list[dict[str, Any]]:
    found = queries.slices(**question)
    return [
        {
            "head": _HEADS[dimension],
            "dimension": dimension,
            "rows": rows,
            "largest": max((row.net for row in rows), default=0),
        }
        for dimension, rows in found.items()
    ]


def sorted_by(sort: str, rows: Sequence[NodeTotal]) -> list[NodeTotal]:
    """Rows by name, by net or by coverage, largest first; equals stay by name."""
    if sort == "bersih":
        return sorted(rows, key=lambda row: -row.total.net)
    if sort == "cakupan":
        return sorted(rows, key=lambda row: -row.coverage.permille)
    return list(rows)


def day_page(
    unit: PlaceNow, day: dt.date, scope: Scope, *, page: int, latest: dt.date
) -> dict[str, Any]:
    """A unit's day with its receipts and what came back, in three statements."""
    found = queries.days(
        place_id=unit.id, period=Period(day, day), basis=Basis.AS_IT_WAS, on=scope.today
    )
    receipts = queries.receipts(unit_id=unit.id, day=day)
    step = dt.timedelta(days=1)
    return {
        "unit": unit,
        "day": day,
        "total": found[0].total if found else rules.Total(),
        "is_reported": bool(found and found[0].reports),
        "page": Paginator(receipts, RECEIPTS_ON_A_PAGE).get_page(page),
        "taken_back": queries.taken_back(unit_id=unit.id, day=day),
        "receipts_at": receipt_address(unit.code),
        "before": day - step if day > EARLIEST else None,
        "after": day + step if day < latest else None,
        "definitions": rules.DEFINITIONS,
        "crumbs": [
            *crumbs_of(unit, scope, query=f"periode={day:%Y-%m}"),
            (f"{day.day}/{day.month}/{day.year}", None),
        ],
    }
