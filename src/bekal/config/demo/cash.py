"""Simulated cash of the demo's unit: counts, what was missing, a wish of its fund.

A part of what was missing is settled, another waits for the head; yesterday is left to count.
"""

import datetime as dt
from contextlib import suppress
from uuid import NAMESPACE_URL, uuid5

from bekal.accounts.rules import Role
from bekal.config.demo.people import actor_of
from bekal.config.demo.signins import SIGN_INS
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.places import queries as places
from bekal.treasury import actions, queries
from bekal.treasury.rules import (
    DENOMINATIONS,
    ClearingRefused,
    Decision,
    NewClearing,
    NewCount,
    NewRequest,
    Purpose,
    Way,
)

_BACK = (3, 2)
_MISSING = 2_000
_WHY = "CONTOH: kembalian keliru"
_SETTLED, _WAITS = 1_200, 500
_PAPER = "CONTOH BA-1/2026"
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
        if is_short:
            _settle(unit.id, now=now)
    wish = uuid5(NAMESPACE_URL, "bekal:demo.fund:1")
    new_wish = NewRequest(wish, unit.id, Purpose.TOOL, _WISH, _ESTIMATE)
    actions.ask_fund(new=new_wish, by=by, now=now)
    return f"{len(_BACK)} counts"


def _settle(unit_id: int, *, now: dt.datetime) -> None:
    """The officer proposes twice, the head decides on the first."""
    officer, head = actor_of(Role.PETUGAS), actor_of(Role.KEPALA_UPT)
    proposed = [
        NewClearing(
            uuid5(NAMESPACE_URL, f"bekal:demo.clearing:{amount}"), unit_id, way, amount, _PAPER
        )
        for way, amount in ((Way.REPLACED, _SETTLED), (Way.BORNE, _WAITS))
    ]
    for new in proposed:
        with suppress(ClearingRefused):  # a fund that is empty bears nothing
            actions.propose_clearing(new=new, by=officer, now=now)
    key = uuid5(NAMESPACE_URL, "bekal:demo.clearing:decision")
    decision = Decision(key, unit_id, proposed[0].key, is_approved=True)
    actions.decide_clearing(new=decision, by=head, now=now)


def _pieces(amount: int) -> dict[str, int]:
    """Notes and coins of a sum, the largest first; what coins cannot make is left out."""
    found = {}
    for one in DENOMINATIONS:
        found[one.code], amount = divmod(amount, one.value)
    return found
