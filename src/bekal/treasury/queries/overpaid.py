"""Who left and was paid too much premi, and how that was settled."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page
from django.db.models import QuerySet, Sum

from bekal.ledger import queries as ledger
from bekal.ledger.queries import OwedToMaker
from bekal.ledger.rules import AccountKind
from bekal.people import queries as people
from bekal.treasury.models import PremiClearing
from bekal.treasury.queries.clearing import Decided, narrowed_page, told_of
from bekal.treasury.rules.overpaid import WAY_LABELS, WRITTEN_OFF


@dataclass(frozen=True)
class Overpaid:
    """A maker who left and was paid so much too much; `waiting` of it was proposed to the head."""

    maker: str
    amount: int
    waiting: int


@dataclass(frozen=True)
class PremiCleared(Decided):
    """A proposal to settle what a maker was paid too much; `amount` in rupiah."""

    maker: str
    reason: str
    is_written_off: bool


def overpaid_of(*, unit_id: int, maker: str) -> int:
    """What a unit paid a maker too much, in rupiah, or nothing; one statement."""
    owed = ledger.owed_to_makers(unit_id=unit_id, makers=[maker])
    held = sum(one.amount for one in owed if one.account is AccountKind.PREMI_PAYABLE)
    return max(-held, 0)


def overpaid_waiting(*, unit_id: int, maker: str) -> int:
    """What of it was proposed to the head and waits, in rupiah; one statement."""
    rows = PremiClearing.objects.filter(unit_id=unit_id, maker_id=maker, decided_as="")
    return int(rows.aggregate(sum=Sum("amount"))["sum"] or 0)


def fund_of(*, unit_id: int, way: AccountKind) -> int:
    """What the account of a way holds, as pages show it; one statement."""
    return -sum(row.amount for row in ledger.balances_of(unit_id=unit_id) if row.account is way)


def overpaid_left(*, unit_id: int, owed: Sequence[OwedToMaker] | None = None) -> list[Overpaid]:
    """Who left a unit and was paid too much there, by code; at most three statements.

    One less for whoever has asked the ledger already, and says what it answered.
    """
    found = ledger.owed_to_makers(unit_id=unit_id) if owed is None else owed
    too_much = {
        one.maker: -one.amount
        for one in found
        if one.account is AccountKind.PREMI_PAYABLE and one.amount < 0
    }
    gone = people.gone_from(unit_id=unit_id, codes=too_much) if too_much else frozenset()
    if not gone:
        return []
    rows = PremiClearing.objects.filter(unit_id=unit_id, maker__in=gone, decided_as="")
    waiting = dict(rows.values_list("maker").annotate(sum=Sum("amount")))
    return [Overpaid(code, too_much[code], waiting.get(code, 0)) for code in sorted(gone)]


def premi_clearings_page(*, unit_id: int, state: str, page: int) -> Page[PremiCleared]:
    """One page of a unit's clearings of premi, the newest first, narrowed to a state if given."""
    return narrowed_page(_rows(unit_id), _shown, state=state, page=page)


def every_premi_clearing(*, unit_id: int) -> Iterator[PremiCleared]:
    """All clearings of premi of a unit, the newest first, for a file."""
    return (_shown(row) for row in _rows(unit_id))


def one_premi_clearing(*, unit_id: int, clearing_id: UUID) -> PremiCleared | None:
    """One clearing of premi of a unit."""
    row = _rows(unit_id).filter(pk=clearing_id).first()
    return _shown(row) if row else None


def premi_clearings_waiting(*, unit_id: int) -> int:
    """How many clearings of premi of a unit wait for its head."""
    return PremiClearing.objects.filter(unit_id=unit_id, decided_as="").count()


def _rows(unit_id: int) -> "QuerySet[PremiClearing]":
    return PremiClearing.objects.filter(unit_id=unit_id).order_by("-proposed_at", "-id")


def _shown(row: PremiClearing) -> PremiCleared:
    way = AccountKind(row.way)
    return PremiCleared(
        **told_of(row),
        way=WAY_LABELS[way],
        maker=row.maker_id,
        reason=row.reason,
        is_written_off=way in WRITTEN_OFF,
    )
