"""Simulated cash counts of the demo's unit and a wish of its fund; yesterday is left to count."""

import datetime as dt
from uuid import NAMESPACE_URL, uuid5

from bekal.config.demo.signins import SIGN_INS
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.places import queries as places
from bekal.treasury import actions, queries
from bekal.treasury.rules import DENOMINATIONS, NewCount, NewRequest, Purpose

_BACK = (3, 2)
_MISSING = 2_000
_WHY = "CONTOH: kembalian keliru"
_WISH = "CONTOH: dua gergaji tangan"
_ESTIMATE = 150_000


def make_cash(*, by: Actor, now: dt.datetime) -> str:
    """Count the cash of two days, once to the rupiah and once short of some; ask for a tool."""
    unit = places.place_on(code=SIGN_INS[0].place_code, on=now.date())
    if unit is None:
        return "no unit to count at"
    today = local_day(now, places.zone_of(unit_id=unit.id))
    for number, back in enumerate(_BACK):
        day = today - dt.timedelta(days=back)
        expected = queries.flows_on(unit_id=unit.id, day=day).expected
        is_short = number == len(_BACK) - 1 and expected > _MISSING
        new = NewCount(
            key=uuid5(NAMESPACE_URL, f"bekal:demo.cash:{day}"),
            unit_id=unit.id,
            day=day,
            pieces=_pieces(expected - _MISSING) if is_short else {},
            reason=_WHY,
        )
        actions.count_cash(new=new, by=by, now=now)
    wish = uuid5(NAMESPACE_URL, "bekal:demo.fund:1")
    new_wish = NewRequest(wish, unit.id, Purpose.TOOL, _WISH, _ESTIMATE)
    actions.ask_fund(new=new_wish, by=by, now=now)
    return f"{len(_BACK)} counts"


def _pieces(amount: int) -> dict[str, int]:
    """Notes and coins of a sum, the largest first; what coins cannot make is left out."""
    found = {}
    for one in DENOMINATIONS:
        found[one.code], amount = divmod(amount, one.value)
    return found
