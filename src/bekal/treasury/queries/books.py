"""The books of a place and all below it: one reading of the ledger, put together as asked."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bekal.foundation.clock import Period
from bekal.ledger import queries as ledger
from bekal.ledger.queries import AccountTurn, Turn
from bekal.ledger.rules import OF_A_MAKER, AccountKind
from bekal.places import queries as places
from bekal.treasury.queries.tree import units_under
from bekal.treasury.rules.books import Sums

EVERY_KIND = tuple(AccountKind)
IN_PARTS = frozenset({*OF_A_MAKER, AccountKind.SETTLEMENT})
"""Kinds of which a unit has many accounts: one for each maker or other unit."""


@dataclass(frozen=True)
class Book:
    """What moved the accounts of some units; `node_of` is the place below for each of them."""

    turns: list[Turn]
    node_of: Mapping[int, int]

    def by_kind(self) -> dict[AccountKind, Sums]:
        """Sums of each kind of account, in the order of the chart; kinds without any are left out.

        All of them together are zero before, in and after the period.
        """
        kept: dict[AccountKind, Sums] = defaultdict(Sums)
        for turn in self.turns:
            kept[turn.kind] += _sums(turn)
        return {kind: kept[kind] for kind in EVERY_KIND if kind in kept}

    def by_cause(self, kinds: Collection[AccountKind]) -> dict[str, Sums]:
        """Sums of some kinds by what caused the entries."""
        kept: dict[str, Sums] = defaultdict(Sums)
        for turn in self.turns:
            if turn.kind in kinds:
                kept[turn.cause] += _sums(turn)
        return dict(kept)

    def by_node(self, kinds: Collection[AccountKind]) -> dict[int, Sums]:
        """Sums of some kinds by the place directly below."""
        kept: dict[int, Sums] = defaultdict(Sums)
        for turn in self.turns:
            if turn.kind in kinds:
                kept[self.node_of[turn.unit_id]] += _sums(turn)
        return dict(kept)

    def of(self, kinds: Collection[AccountKind]) -> Sums:
        """Sums of some kinds together."""
        return sum((_sums(turn) for turn in self.turns if turn.kind in kinds), start=Sums())


def book_of(*, place_id: int, period: Period, tree_on: dt.date) -> Book:
    """The book of a place in a period, its units by the tree of a day; three statements."""
    node_of = units_under(place_id=place_id, on=tree_on)
    found = ledger.turns(unit_ids=node_of, period=period) if node_of else []
    return Book(found, node_of)


@dataclass(frozen=True)
class Part:
    """One account of many of its kind; `key` stands in addresses after the kind's own word."""

    key: str
    name: str
    sums: Sums


def parts_of(*, unit_id: int, kind: AccountKind, period: Period) -> list[Part]:
    """The accounts of makers or of other units at a unit, by code or name; two statements."""
    rows = ledger.turns_by_account(unit_id=unit_id, kind=kind, period=period)
    others = {row.counterpart_id for row in rows if row.counterpart_id is not None}
    names = places.last_called(place_ids=others, on=period.last) if others else {}
    return [_part(row, names) for row in rows]


def _part(row: AccountTurn, names: Mapping[int, tuple[str, str]]) -> Part:
    sums = Sums(row.opening, row.debit, row.credit)
    if row.counterpart_id is None:
        return Part(row.maker.lower(), row.maker, sums)
    code, name = names.get(row.counterpart_id, (str(row.counterpart_id), "unit lain"))
    return Part(code, name, sums)


def _sums(turn: Turn) -> Sums:
    return Sums(turn.opening, turn.debit, turn.credit)
