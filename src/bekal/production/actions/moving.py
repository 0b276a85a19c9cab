"""Goods that come and go: every change of a level is one of these moves."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connection, transaction

from bekal.foundation.actors import Actor
from bekal.production.actions import statements
from bekal.production.actions.telling import Level, tell_if_changed
from bekal.production.rules import NewMove, Reason, check_pieces


@transaction.atomic(savepoint=False)  # it joins the transaction of what moves the goods
def move_stock(
    *, moves: Sequence[NewMove], only_tracked: bool = False, by: Actor, now: dt.datetime
) -> frozenset[int]:
    """Move goods; one statement. The first move of a product lets it be tracked.

    A move is made once for each source, product and reason: a repeat changes nothing. With
    `only_tracked` nothing begins to be tracked. Returns the products that moved. Raises
    StockRefused for a sign that does not fit the reason.
    """
    return _move(moves, by=by, now=now, only_tracked=only_tracked)


@transaction.atomic(savepoint=False)
def move_sold(
    *,
    source: str,
    pieces: Mapping[int, int],
    sold_on: dt.date | None,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Let what was sold go, by product; one statement, call it before the sale is written.

    Only tracked products move, also below zero: a sale is a fact. A product whose level was
    counted after `sold_on` does not move, for its count knows; None moves it in any case.
    """
    moves = [NewMove(product, -count, Reason.SALE, source) for product, count in pieces.items()]
    _move(moves, by=by, now=now, only_tracked=True, sold_on=sold_on)


@transaction.atomic(savepoint=False)
def move_ordered(*, sold: Mapping[str, Mapping[int, int]], by: Actor, now: dt.datetime) -> None:
    """As `move_sold` for several sales of an order, by source; what was held goes in any case."""
    moves = [
        NewMove(product, -count, Reason.SALE, source)
        for source, pieces in sold.items()
        for product, count in pieces.items()
    ]
    _move(moves, by=by, now=now, only_tracked=True)


@transaction.atomic(savepoint=False)
def move_back(
    *,
    source: str,
    pieces: Mapping[int, int],
    is_written_off: bool,
    undoes: str | None,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Take back what was sold, by product, and write it off again if it is spoilt; one statement.

    With `undoes` ("sale:<id>", a sale that never was) only what that sale had moved comes back.
    Only tracked products move.
    """
    moves = [NewMove(product, count, Reason.RETURN, source) for product, count in pieces.items()]
    if is_written_off:
        moves += [
            NewMove(product, -count, Reason.WRITTEN_OFF, source)
            for product, count in pieces.items()
        ]
    _move(moves, by=by, now=now, only_tracked=True, undoes=undoes)


@transaction.atomic(savepoint=False)
def lock_levels(*, product_ids: Collection[int], by: Actor, now: dt.datetime) -> None:
    """Take the levels of products, in order, before other locks; one statement, nothing changes.

    Whoever moves goods only later in a transaction calls it first.
    """
    with connection.cursor() as cursor:
        cursor.execute(statements.LOCK_LEVELS, [list(product_ids)])


def _move(
    moves: Sequence[NewMove],
    *,
    by: Actor,
    now: dt.datetime,
    only_tracked: bool = False,
    sold_on: dt.date | None = None,
    undoes: str | None = None,
) -> frozenset[int]:
    for move in moves:
        check_pieces(move)
    values: dict[str, Any] = {
        "products": [move.product_id for move in moves],
        "pieces": [move.pieces for move in moves],
        "reasons": [move.reason.value for move in moves],
        "sources": [move.source for move in moves],
        "notes": [move.note for move in moves],
        "only_tracked": only_tracked,
        "sold_on": sold_on,
        "undoes": undoes,
        "now": now,
        "by": str(by),
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.MOVE, values)
        levels = [
            Level(product, on_hand + moved - held, told)
            for product, on_hand, held, told, moved in cursor.fetchall()
        ]
    tell_if_changed(levels, by=by, now=now)
    return frozenset(level.product_id for level in levels)
