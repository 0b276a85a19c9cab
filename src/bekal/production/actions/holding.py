"""Holds: pieces that an order keeps from others until it is paid, or its time is over."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bekal.foundation.actors import Actor
from bekal.production.actions import statements
from bekal.production.actions.telling import Level, tell_if_changed
from bekal.production.rules import (
    HoldsDiffer,
    HoldsLapsed,
    NewHold,
    OutOfStock,
    Shortage,
    UnitPaused,
)


@transaction.atomic(savepoint=False)  # it joins the transaction of the order
def hold_stock(
    *, holds: Sequence[NewHold], until: dt.datetime | None, by: Actor, now: dt.datetime
) -> None:
    """Hold pieces until an instant, or for good; all of them or none. Two statements.

    What has lapsed of these products is let go first. Holding again what the same group holds
    changes nothing but its end. Raises OutOfStock with all that is short, HoldsDiffer when the
    group holds another number of pieces, UnitPaused when a unit takes no orders just now; the
    transaction that it joins is over then.
    """
    wanted: Counter[tuple[UUID, int]] = Counter()
    for hold in holds:
        wanted[hold.group, hold.product_id] += hold.pieces
    values: dict[str, Any] = {
        "groups": [group for group, _ in wanted],
        "products": [product for _, product in wanted],
        "pieces": list(wanted.values()),
        "until": until,
        "now": now,
        "by": str(by),
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.LOCK, values)
        cursor.execute(statements.HOLD, values)
        rows = cursor.fetchall()
    if any(differs for *_, differs, _pause in rows):
        raise HoldsDiffer
    if sentence := next((pause for *_, pause in rows if pause), ""):
        raise UnitPaused(sentence)
    _settle([row[:4] for row in rows], by=by, now=now)


@transaction.atomic(savepoint=False)
def extend_holds(
    *, groups: Collection[UUID], until: dt.datetime | None, by: Actor, now: dt.datetime
) -> None:
    """Let what the groups still hold last until another instant; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statements.EXTEND, {"groups": list(groups), "until": until})


@transaction.atomic
def revive_holds(*, groups: Collection[UUID], by: Actor, now: dt.datetime) -> None:
    """Hold again, for good, what the groups held and let go; what they still hold lasts too.

    All of it or nothing: raises OutOfStock with all that is short. Three statements.
    """
    values: dict[str, Any] = {"groups": list(groups), "now": now}
    with connection.cursor() as cursor:
        cursor.execute(statements.PRODUCTS_OF_GROUPS, [values["groups"]])
        values["products"] = [row[0] for row in cursor.fetchall()]
        cursor.execute(statements.LOCK, values)
        cursor.execute(statements.REVIVE, values)
        rows = cursor.fetchall()
    _settle(rows, by=by, now=now)


@transaction.atomic(savepoint=False)
def take_holds(*, groups: Collection[UUID], by: Actor, now: dt.datetime) -> None:
    """Let the holds of groups become sales; one statement. The goods go by the sale's own move.

    Call it before the sales are recorded: it takes the levels in the order of the products. What
    was taken before stays taken. Raises HoldsLapsed when one of them was let go before: then
    nothing is taken (and the transaction is over), so `revive_holds` comes first where it may be.
    """
    values = {"groups": list(groups)}
    with connection.cursor() as cursor:
        cursor.execute(statements.TAKE, values)
        is_whole = cursor.fetchone()[0]
        if not is_whole:  # or somebody took them while this statement waited
            cursor.execute(statements.ALL_TAKEN, [values["groups"]])
            is_whole = cursor.fetchone()[0]
    if not is_whole:
        raise HoldsLapsed


@transaction.atomic(savepoint=False)
def release_holds(*, groups: Collection[UUID], by: Actor, now: dt.datetime) -> None:
    """Let go what groups hold; one statement. What was taken or let go stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute(statements.RELEASE, {"groups": list(groups)})
        rows = cursor.fetchall()
    _tell_released([row[:4] for row in rows], by=by, now=now)


@transaction.atomic
def release_expired(*, by: Actor, now: dt.datetime) -> int:
    """Let go every hold whose time is over; returns how many there were. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(statements.RELEASE_LAPSED, {"now": now})
        rows = cursor.fetchall()
    _tell_released([row[:4] for row in rows], by=by, now=now)
    return sum(row[4] for row in rows)


def _settle(rows: list[tuple[int, int, int, int]], *, by: Actor, now: dt.datetime) -> None:
    """Refuse what is short, or note what the levels have become by what was held."""
    shortages = [
        Shortage(product, max(free, 0)) for product, free, pieces, _ in rows if free < pieces
    ]
    if shortages:
        raise OutOfStock(shortages)
    levels = [Level(product, free - pieces, told) for product, free, pieces, told in rows]
    tell_if_changed(levels, by=by, now=now)


def _tell_released(rows: list[tuple[int, int, int, int]], *, by: Actor, now: dt.datetime) -> None:
    levels = [Level(product, free + pieces, told) for product, free, told, pieces in rows]
    tell_if_changed(levels, by=by, now=now)
