"""Simulated premi of the demo's unit: divided among its made-up makers, one run paid, one waiting.

The three steps are those of three sign-ins: the officer, the head, the treasurer.
"""

import datetime as dt
from contextlib import suppress
from uuid import NAMESPACE_URL, UUID, uuid5

from bekal.accounts.rules import Role
from bekal.config.demo.people import actor_of, unit_of
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.places.queries import zone_of
from bekal.treasury import actions
from bekal.treasury.rules import MoneyIn, NewRun, NewSaving, PremiRefused, RunKind

_SAVED = 50
_GROUND = "CONTOH: keputusan kepala, separuh ditabung"
_BEGUN = dt.timedelta(days=30)
_PAID_UP_TO = dt.timedelta(days=8)
_PREPARED_UP_TO = dt.timedelta(days=1)
_A_STEP = dt.timedelta(minutes=20)


def make_premi(*, by: Actor, now: dt.datetime) -> str:
    """Divide the premi of the unit, pay a first run of it and prepare a second."""
    head, officer = actor_of(Role.KEPALA_UPT), actor_of(Role.PETUGAS)
    place = unit_of(Role.PETUGAS, on=now.date())
    today = local_day(now, zone_of(unit_id=place.id))
    begun = today - _BEGUN
    saving = NewSaving(_SAVED, _GROUND, begun)
    at = now - 5 * _A_STEP
    actions.set_saving(unit_id=place.id, new=saving, today=begun, by=head, now=at)
    lines = actions.allocate_premi(unit_id=place.id, on=today, by=officer, now=at)
    paid = _prepare(place.id, begun, today - _PAID_UP_TO, now=at + _A_STEP)
    if paid is not None:
        pay_run(place.id, paid, today=today, now=at + 2 * _A_STEP)
    prepared = _prepare(place.id, today - _PAID_UP_TO, today - _PREPARED_UP_TO, now=now)
    runs = sum(run is not None for run in (paid, prepared))
    return f"{lines} lines divided, {runs} runs"


def _prepare(unit_id: int, first: dt.date, last: dt.date, *, now: dt.datetime) -> UUID | None:
    """The officer prepares a run; None where nobody has earned anything by that day."""
    key = uuid5(NAMESPACE_URL, f"bekal:demo.premi:{last}")
    today = local_day(now, zone_of(unit_id=unit_id))
    new = NewRun(key, unit_id, RunKind.WEEKLY, first, last)
    with suppress(PremiRefused):
        return actions.prepare_run(new=new, today=today, by=actor_of(Role.PETUGAS), now=now)
    return None


def pay_run(unit_id: int, run_id: UUID, *, today: dt.date, now: dt.datetime) -> None:
    """The head approves, and the treasurer pays out of whatever has enough."""
    head, treasurer = actor_of(Role.KEPALA_UPT), actor_of(Role.BENDAHARA)
    actions.approve_run(unit_id=unit_id, run_id=run_id, by=head, now=now)
    later = now + _A_STEP
    for money in MoneyIn:
        with suppress(PremiRefused):
            actions.pay_run(
                unit_id=unit_id, run_id=run_id, money=money, on=today, by=treasurer, now=later
            )
            return
