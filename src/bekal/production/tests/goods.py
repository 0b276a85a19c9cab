"""Goods and hours for the tests of production; states are made by calling actions."""

import datetime as dt

from bekal.foundation.ids import uuid7
from bekal.production import actions
from bekal.production.models import Stock
from bekal.production.rules import NewHold, NewMove, NewWorkTime, Reason
from tests.support.world import NOON, YOHANA

LATER = NOON + dt.timedelta(minutes=20)
"""When a hold of twenty minutes, taken at noon, is over."""


def receive(product, pieces, *, source=None, now=NOON):
    """So many finished pieces come onto the shelf."""
    move(product, pieces, Reason.RECEIVED, source=source, now=now)


def move(product, pieces, reason, *, source=None, now=NOON):
    new = NewMove(product, pieces, reason, source or f"uji:{uuid7()}")
    actions.move_stock(moves=[new], by=YOHANA, now=now)


def hold(*items, group=None, until=LATER, now=NOON):
    """Hold (product, pieces) for a group, for twenty minutes; returns the group."""
    group = group or uuid7()
    holds = [NewHold(group, product, pieces) for product, pieces in items]
    actions.hold_stock(holds=holds, until=until, by=YOHANA, now=now)
    return group


def level(product):
    """What is there and what of it is held."""
    return Stock.objects.values_list("on_hand", "held").get(pk=product)


def a_workshop(unit, *, minutes=480, days_a_week=5, name="Bengkel anyam", now=NOON):
    """A workshop of a unit that works eight hours from Monday to Friday."""
    return actions.open_workshop(
        unit_id=unit,
        name=name,
        kind="anyaman",
        time=NewWorkTime(minutes, days_a_week),
        by=YOHANA,
        now=now,
    )


def made_in(workshop, product, *, minutes=120, days_ahead=1, now=NOON):
    """Let a product be made to order."""
    actions.set_work(
        product_id=product,
        workshop_id=workshop,
        minutes_a_piece=minutes,
        days_ahead=days_ahead,
        by=YOHANA,
        now=now,
    )
