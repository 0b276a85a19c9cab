"""Made-up makers for the unit of the demo's sign-ins: every one is called CONTOH and marked so."""

import datetime as dt

from bekal.accounts.rules import Role
from bekal.config.demo.people import unit_of
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.people import actions as people
from bekal.people.rules import NewConsent, NewFact, NewMaker, Purpose
from bekal.places.queries import PlaceNow, standing
from bekal.places.rules import Level
from bekal.production import actions as production
from bekal.production import queries as workshops
from bekal.production.rules import NewAssignment, NewWorkLimit, NewWorkTime

_BEGUN = dt.timedelta(days=120)
_FIT = (200, 180, 150, 140, 120, 90, 60, 12, -3)
"""For how many days yet each of the first is fit; the eighth ends soon, the ninth has ended."""
_WITHOUT_TPP = 3
_AT_WORK = 6
_AT_WORK_FOR = dt.timedelta(days=30)
_LIMIT = (420, 2_100)
_WORK = (360, 5)


def make_makers(*, by: Actor, now: dt.datetime) -> str:
    """Makers of the demo's unit who may work, who may not yet, and one on the way there."""
    here = unit_of(Role.PETUGAS, on=_today(now))
    able = [
        a_maker(here.id, number, fit=days, tpp=True, by=by, now=now)
        for number, days in enumerate(_FIT)
    ]
    for number in range(_WITHOUT_TPP):
        a_maker(here.id, len(_FIT) + number, fit=90, tpp=False, by=by, now=now)
    _give_work(here, able[:_AT_WORK], by=by, now=now)
    consent = NewConsent(
        Purpose.PEN_NAME, _today(now), _today(now) + dt.timedelta(days=365), "CONTOH-F1"
    )
    people.give_consent(maker=able[0], unit_id=here.id, consent=consent, by=by, now=now)
    _send_one(here, by=by, now=now)
    return f"{len(able) + _WITHOUT_TPP + 1} makers, {_AT_WORK} at work"


def _today(now: dt.datetime) -> dt.date:
    return local_day(now, Zone.WIB)


def a_maker(unit_id: int, number: int, *, fit: int, tpp: bool, by: Actor, now: dt.datetime) -> str:
    """One made-up person who is fit for so many days, with the word of a TPP or without; a code."""
    since = _today(now) - _BEGUN
    new = NewMaker(
        unit_id=unit_id,
        name=f"CONTOH Orang {number + 1}",
        number=f"CONTOH-{number + 1:04}",
        since=since,
        is_convicted=True,
        is_adult=True,
        is_sample=True,
    )
    code = people.register_maker(new=new, by=by, now=now)
    facts = [
        NewFact("interest", True, "", since, None),  # noqa: FBT003 - it holds
        NewFact("fitness", True, "", since, _today(now) + dt.timedelta(days=fit)),  # noqa: FBT003
    ]
    if tpp:
        facts.append(NewFact("tpp", True, f"CONTOH TPP {number + 1}", since, None))  # noqa: FBT003
    for fact in facts:
        people.record_fact(maker=code, unit_id=unit_id, fact=fact, by=by, now=now)
    return code


def _give_work(unit: PlaceNow, makers: list[str], *, by: Actor, now: dt.datetime) -> None:
    today = _today(now)
    limit = NewWorkLimit(*_LIMIT, "CONTOH SK 1", today - _AT_WORK_FOR)
    production.set_work_limit(unit_id=unit.id, limit=limit, by=by, now=now - _AT_WORK_FOR)
    there = workshops.workshops_of(unit_id=unit.id, on=today)
    workshop = (
        there[0].id
        if there
        else production.open_workshop(
            unit_id=unit.id,
            name="Bengkel contoh",
            kind="kerajinan",
            time=NewWorkTime(*_LIMIT[:1], 5),
            by=by,
            now=now,
        )
    )
    for maker in makers:
        new = NewAssignment(maker, workshop, today - _AT_WORK_FOR, None, *_WORK)
        production.assign(unit_id=unit.id, new=new, by=by, now=now)


def _send_one(unit: PlaceNow, *, by: Actor, now: dt.datetime) -> None:
    """Another unit of the same kanwil lets one go, whose number stands in the letter's."""
    found = (
        place
        for place in standing(on=_today(now)).values()
        if place.level is Level.UNIT and place.kind == "Lapas" and place.id != unit.id
    )
    sender = min(found, key=lambda place: (place.parent_id != unit.parent_id, place.name))
    maker = a_maker(sender.id, 90, fit=90, tpp=True, by=by, now=now)
    people.let_go(
        maker=maker,
        unit_id=sender.id,
        to_unit_id=unit.id,
        on=_today(now),
        reason="CONTOH, nomor SDP di surat: CONTOH-0091",
        by=by,
        now=now,
    )
