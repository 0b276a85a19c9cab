"""How differences of a unit's cash were settled, and what still stands."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any, TypeVar
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet, Sum

from bekal.ledger import queries as ledger
from bekal.ledger.rules import AccountKind
from bekal.treasury.models import CashClearing, PremiClearing
from bekal.treasury.models.papers import APPROVED
from bekal.treasury.rules.clearing import SHORT, WAY_LABELS, Box, Way

Row = TypeVar("Row", CashClearing, PremiClearing)
Told = TypeVar("Told", bound="Decided")
PAGE_SIZE = 30
_STATES = {
    "": ("menunggu kepala", "warn"),
    "approved": ("disetujui", "ok"),
    "refused": ("ditolak", "neutral"),
}


@dataclass(frozen=True)
class Decided:
    """A proposal to settle something and what the head said of it; `amount` in rupiah."""

    id: UUID
    way: str
    amount: int
    paper: str
    proposed_at: dt.datetime
    proposed_by: str
    decided_as: str
    decided_why: str
    decided_at: dt.datetime | None
    decided_by: str

    @property
    def state(self) -> str:
        """How it stands, for people."""
        return _STATES[self.decided_as][0]

    @property
    def kind(self) -> str:
        """The colour of its tag."""
        return _STATES[self.decided_as][1]

    @property
    def actors(self) -> set[str]:
        """Who acted on it."""
        return {self.proposed_by, self.decided_by} - {""}


@dataclass(frozen=True)
class Clearing(Decided):
    """A proposal to settle a difference of cash."""

    is_short: bool


def box_of(*, unit_id: int) -> Box:
    """The difference that stands, and the cash and the fund that could settle it."""
    held = {row.account: row.amount for row in ledger.balances_of(unit_id=unit_id)}
    return Box(
        difference=-held.get(AccountKind.CASH_DIFFERENCE, 0),
        cash=held.get(AccountKind.CASH, 0),
        fund=-held.get(AccountKind.CAPITAL, 0),
    )


def clearings_page(*, unit_id: int, state: str, page: int) -> Page[Clearing]:
    """One page of a unit's clearings, the newest first, narrowed to a state if one is given."""
    return narrowed_page(_rows(unit_id), _shown, state=state, page=page)


def every_clearing(*, unit_id: int) -> Iterator[Clearing]:
    """All clearings of a unit, the newest first, for a file."""
    return (_shown(row) for row in _rows(unit_id))


def one_clearing(*, unit_id: int, clearing_id: UUID) -> Clearing | None:
    """One clearing of a unit."""
    row = _rows(unit_id).filter(pk=clearing_id).first()
    return _shown(row) if row else None


def clearings_waiting(*, unit_id: int) -> int:
    """How many clearings of a unit wait for its head."""
    return CashClearing.objects.filter(unit_id=unit_id, decided_as="").count()


def rupiah_waiting(*, unit_id: int) -> int:
    """The rupiah of a unit's clearings that wait for its head."""
    rows = CashClearing.objects.filter(unit_id=unit_id, decided_as="")
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0


_DECIDED = {"menunggu": "", "disetujui": APPROVED, "ditolak": "refused"}
"""What is kept for each state that has a word in addresses."""
CLEARING_STATES = {
    "menunggu": "Menunggu kepala",
    "disetujui": "Disetujui",
    "ditolak": "Ditolak",
}
"""The states that a list can be narrowed to, by their word in addresses."""


def _rows(unit_id: int) -> "QuerySet[CashClearing]":
    return CashClearing.objects.filter(unit_id=unit_id).order_by("-proposed_at", "-id")


def _shown(row: CashClearing) -> Clearing:
    way = Way(row.way)
    return Clearing(
        **told_of(row),
        way=WAY_LABELS[way],
        is_short=way in SHORT,
    )


def told_of(row: CashClearing | PremiClearing) -> dict[str, Any]:
    """What a paper of any kind tells of itself, but for the words of its way."""
    same = {field.name for field in fields(Decided)} - {"way"}
    return {name: getattr(row, name) for name in same}


def narrowed_page(
    rows: "QuerySet[Row]", shown: Callable[[Row], Told], *, state: str, page: int
) -> Page[Told]:
    """One page of papers, narrowed to a state by its word in addresses if one is given."""
    found = rows.filter(decided_as=_DECIDED[state]) if state else rows
    paged: Page[Any] = Paginator(found, PAGE_SIZE).get_page(page)
    paged.object_list = [shown(row) for row in paged.object_list]
    return paged
