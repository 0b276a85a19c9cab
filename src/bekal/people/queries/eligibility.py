"""Who may work on a day: the requirements in force held against the last facts."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from bekal.people.models import Fact, Requirement
from bekal.people.rules import Eligibility, KnownFact, judge
from bekal.people.rules import Requirement as Rule

EXPIRES_WITHIN = dt.timedelta(days=30)
_EXPIRING = """
select s.maker_id, r.label, f.until
from people_stay s
join people_requirement r on r.during @> %(on)s::date
cross join lateral (
  select f.holds, f.until from people_fact f
  where f.maker_id = s.maker_id and f.code = r.code and f.known_on <= %(on)s
  order by f.id desc limit 1
) f
where s.unit_id = %(unit)s and s.during @> %(on)s::date and f.holds and f.until <= %(last)s
order by f.until, s.maker_id, r.label
"""
_HERE = """
select s.maker_id from people_stay s
where s.unit_id = %s and s.during @> %s::date order by s.maker_id
"""


@dataclass(frozen=True)
class Expiring:
    """A fact that ends soon, or has ended, of somebody who is in the unit."""

    maker: str
    label: str
    until: dt.date


def requirements_on(*, on: dt.date) -> list[Rule]:
    """The requirements in force on a day, by their codes; one statement."""
    rows = Requirement.objects.filter(during__contains=on).order_by("code", "id")
    return [
        Rule(row.code, row.label, row.sentence, row.citation, row.needs_number, row.needs_until)
        for row in rows
    ]


def known_facts(*, makers: Collection[str], on: dt.date) -> dict[str, list[KnownFact]]:
    """The last fact under each code that was known by a day, by maker; one statement."""
    rows = Fact.objects.filter(maker_id__in=makers, known_on__lte=on)
    found: dict[str, list[KnownFact]] = {maker: [] for maker in makers}
    for row in rows.order_by("maker_id", "code", "-id").distinct("maker_id", "code"):
        known = KnownFact(row.code, row.holds, row.number, row.known_on, row.until)
        found[row.maker_id].append(known)
    return found


def facts_of(*, maker: str) -> list[Fact]:
    """All that was recorded of a maker, the newest first; one statement."""
    return list(Fact.objects.filter(maker_id=maker).order_by("-id"))


def judged(*, makers: Collection[str], on: dt.date) -> dict[str, Eligibility]:
    """Whether each of some makers may work on a day; two statements."""
    requirements = requirements_on(on=on)
    facts = known_facts(makers=makers, on=on)
    return {maker: judge(requirements=requirements, facts=facts[maker], on=on) for maker in makers}


def eligibility(*, maker: str, on: dt.date) -> Eligibility:
    """Whether a maker may work on a day, and each requirement that fails, with its ground.

    Says nothing of where the maker is. Two statements.
    """
    return judged(makers=[maker], on=on)[maker]


def eligible_makers(*, unit_id: int, on: dt.date) -> list[str]:
    """The codes of those who are in a unit and may work on a day; three statements."""
    found = judged(makers=_here(unit_id, on), on=on)
    return [maker for maker, judgement in found.items() if judgement.is_eligible]


def expiring_facts(*, unit_id: int, on: dt.date) -> list[Expiring]:
    """What ends within thirty days or has ended, of those who are in a unit; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_EXPIRING, {"unit": unit_id, "on": on, "last": on + EXPIRES_WITHIN})
        return [Expiring(*row) for row in cursor.fetchall()]


def _here(unit_id: int, on: dt.date) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_HERE, [unit_id, on])
        return [code for (code,) in cursor.fetchall()]
