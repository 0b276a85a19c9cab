"""What must be so for work: rows with their legal ground, from a file or set by the centre."""

import csv
import datetime as dt
from pathlib import Path

from django.db import transaction
from psycopg.types.range import DateRange

from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.foundation.actors import Actor
from bekal.people.models import Requirement
from bekal.people.rules import NewRequirement, PeopleRefused

_FILE = Path(__file__).parents[1] / "data" / "requirements.csv"


@transaction.atomic
def load_requirements(*, by: Actor, now: dt.datetime) -> int:
    """Bring in the requirements of the file; codes that are known stay. Returns how many came."""
    known = set(Requirement.objects.values_list("code", flat=True))
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["code"] not in known]
    for row in rows:
        new = NewRequirement(
            code=row["code"],
            label=row["label"],
            sentence=row["sentence"],
            citation=row["citation"],
            needs_number=row["needs_number"] == "ya",
            needs_until=row["needs_until"] == "ya",
            source=row["source"],
            valid_from=dt.date.fromisoformat(row["valid_from"]),
        )
        set_requirement(new=new, by=by, now=now)
    return len(rows)


@transaction.atomic
def set_requirement(*, new: NewRequirement, by: Actor, now: dt.datetime) -> None:
    """Let a requirement hold from a day on; the one of the same code before it ends there.

    Raises PeopleRefused where it would begin before the one that holds.
    """
    there = Requirement.objects.select_for_update().filter(
        code=new.code, during__endswith__isnull=True
    )
    for old in there:
        if new.valid_from <= old.during.lower:
            raise PeopleRefused("Syarat baru mulai sesudah syarat lama.", field="valid_from")
        old.during = DateRange(old.during.lower, new.valid_from)
        old.save(update_fields=["during"])
    values = {**vars(new), "during": DateRange(new.valid_from, None)}
    del values["valid_from"]
    Requirement.objects.create(**values, set_at=now, set_by=str(by))
    audit.record(
        chain=NATION,
        action="people.set_requirement",
        object_key=f"requirement:{new.code}",
        detail={"from": new.valid_from, "citation": new.citation},
        by=by,
        now=now,
    )


@transaction.atomic
def end_requirement(*, code: str, on: dt.date, by: Actor, now: dt.datetime) -> Requirement:
    """Let a requirement hold no more from a day on, without another in its place; returns it.

    Raises PeopleRefused when none of this code holds, or when it begins on that day or later.
    """
    there = Requirement.objects.select_for_update()
    old = there.filter(code=code, during__endswith__isnull=True).first()
    if old is None:
        raise PeopleRefused("Syarat ini tidak berlaku lagi.")
    if on <= old.during.lower:
        raise PeopleRefused("Syarat ini baru mulai. Akhiri sesudah hari mulainya.")
    old.during = DateRange(old.during.lower, on)
    old.save(update_fields=["during"])
    audit.record(
        chain=NATION,
        action="people.end_requirement",
        object_key=f"requirement:{code}",
        detail={"on": on},
        by=by,
        now=now,
    )
    return old
