"""What is found of a maker: each finding is a further row, the last one counts."""

import datetime as dt

from django.db import transaction

from bekal.foundation.actors import Actor
from bekal.people.actions.records import begun_day, locked, stay_here, write_down
from bekal.people.models import Fact
from bekal.people.queries import requirements_on
from bekal.people.rules import NewFact, PeopleRefused, check_fact


@transaction.atomic
def record_fact(*, maker: str, unit_id: int, fact: NewFact, by: Actor, now: dt.datetime) -> None:
    """Write down what was found under a requirement; the same as the last is written once.

    Raises PeopleRefused with the field.
    """
    one = locked(maker)
    stay_here(one, unit_id)
    today = begun_day(now)
    asked = next((rule for rule in requirements_on(on=today) if rule.code == fact.code), None)
    if asked is None:
        raise PeopleRefused("Pilih syarat dari daftar.", field="code")
    check_fact(fact, requirement=asked, today=today)
    values = vars(fact)
    last = Fact.objects.filter(maker=one, code=fact.code).order_by("-id").values(*values)[:1]
    if values in last:
        return
    Fact.objects.create(maker=one, recorded_at=now, recorded_by=str(by), **values)
    detail = {"code": fact.code}
    write_down("people.record_fact", code=maker, unit_id=unit_id, detail=detail, by=by, now=now)
