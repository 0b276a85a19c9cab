"""Makers for tests; every state is made by calling actions. The persons are made up."""

import datetime as dt

from bekal.foundation.actors import user_actor
from bekal.people import actions
from bekal.people.rules import NewConsent, NewFact, NewMaker, Purpose
from tests.support.world import NOON, SETUP, TODAY, YOHANA

MARKUS = user_actor(4)
"""Head of Lapas Nabire."""
KETUT = user_actor(5)
"""Head of Lapas Narkotika Bangli."""
NAME = "CONTOH Petrus"
NUMBER = "UJI-2026.0001"
SINCE = TODAY - dt.timedelta(days=30)
HALF_A_YEAR = TODAY + dt.timedelta(days=180)


def rules():
    """The requirements of the file."""
    return actions.load_requirements(by=SETUP, now=NOON)


def a_maker(unit, *, name=NAME, number=NUMBER, since=SINCE, by=YOHANA, now=NOON, **changes):
    """Somebody in a unit for a month, convicted and of age; returns the code."""
    given = {"is_convicted": True, "is_adult": True, **changes}
    new = NewMaker(unit_id=unit, name=name, number=number, since=since, **given)
    return actions.register_maker(new=new, by=by, now=now)


def found(maker, unit, code, *, holds=True, number="", known_on=SINCE, until=None, now=NOON):
    """Something found of a maker."""
    fact = NewFact(code, holds, number, known_on, until)
    actions.record_fact(maker=maker, unit_id=unit, fact=fact, by=YOHANA, now=now)


def who_may_work(unit, **changes):
    """A maker of whom everything that is required is known; returns the code."""
    maker = a_maker(unit, **changes)
    found(maker, unit, "tpp", number="SK TPP 12/2026")
    found(maker, unit, "interest")
    found(maker, unit, "fitness", until=HALF_A_YEAR)
    return maker


def consents(maker, unit, *, purpose=Purpose.PEN_NAME, given_on=TODAY, days=90, now=NOON):
    """A signed consent; returns its id."""
    until = given_on + dt.timedelta(days=days)
    new = NewConsent(purpose, given_on, until, "F-01")
    return actions.give_consent(maker=maker, unit_id=unit, consent=new, by=YOHANA, now=now)


def lets_go(maker, unit, to_unit, *, on=TODAY, by=MARKUS, now=NOON):
    """A head lets a maker go to another unit; returns the transfer."""
    return actions.let_go(
        maker=maker, unit_id=unit, to_unit_id=to_unit, on=on, reason="W30-1/2026", by=by, now=now
    )


def receives(transfer, unit, *, number=NUMBER, on=TODAY, by=KETUT, now=NOON):
    """The other head receives them."""
    return actions.receive(transfer_id=transfer, unit_id=unit, number=number, on=on, by=by, now=now)


def goes_home(maker, unit, *, on=TODAY, now=NOON):
    """A maker is released."""
    actions.release(maker=maker, unit_id=unit, on=on, reason="W30-2/2026", by=MARKUS, now=now)
