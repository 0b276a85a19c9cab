"""Work of makers for tests; every state is made by calling actions."""

from bekal.people.tests.makers import MARKUS, rules
from bekal.production import actions
from bekal.production.rules import NewAssignment, NewWorkLimit
from bekal.production.tests.batches import DAY
from bekal.production.tests.materials import with_money
from tests.support.world import NOON, TODAY, YOHANA


def limits(unit, *, day=420, week=2_100, valid_from=TODAY, now=NOON):
    """A unit lets nobody work longer than seven hours a day, thirty-five a week."""
    limit = NewWorkLimit(day, week, "SK Kalapas 3/2026", valid_from)
    actions.set_work_limit(unit_id=unit, limit=limit, by=MARKUS, now=now)


def lets_work(unit):
    """A unit with money whose makers may work since a month."""
    with_money(unit)
    rules()
    limits(unit, valid_from=TODAY - 30 * DAY, now=NOON - 30 * DAY)
    return unit


def works(maker, unit, workshop, *, first=TODAY, until=None, minutes=360, days=5, now=NOON):
    """A maker is given work in a workshop; returns the assignment."""
    new = NewAssignment(maker, workshop, first, until, minutes, days)
    return actions.assign(unit_id=unit, new=new, by=YOHANA, now=now)


def stops(assignment, unit, *, last=TODAY, now=NOON):
    """A maker's work ends."""
    actions.end_assignment(unit_id=unit, assignment_id=assignment, last=last, by=YOHANA, now=now)
