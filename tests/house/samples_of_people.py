"""What of makers stands for each <parameter> of an address, as samples.py tells it."""

import datetime as dt
from uuid import UUID

from bekal.foundation.ids import uuid7
from bekal.people.actions import give_consent, let_go, load_requirements, propose_requirement
from bekal.people.models import Consent, Stay, Transfer
from bekal.people.rules import NewConsent, NewRequirement, Purpose
from bekal.people.tests.makers import a_maker, who_may_work
from bekal.production.actions import mint_labels
from bekal.production.models import Batch
from bekal.production.queries import assignments_now, labels_of
from bekal.production.tests.batches import makes
from bekal.production.tests.goods import a_workshop
from bekal.production.tests.work import limits, works
from tests.house.matrix import ABOVE, MINE, THEIRS
from tests.support import world

LONG_AGO = dt.date(2026, 1, 2)


def _batch(nation, whose) -> str | None:
    """Something that a maker of the unit made."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    there = Batch.objects.filter(unit_id=unit).first()
    if there is not None:
        return str(there.pk)
    load_requirements(by=world.SETUP, now=world.NOON)
    limits(unit)
    bench = a_workshop(unit, name=f"Bengkel hasil {unit}")
    maker = who_may_work(unit, number=f"UJI-{uuid7()}")
    works(maker, unit, bench)
    product = nation.products[whose]
    return str(makes(unit, bench, product, shares=((maker, 60),)))


def _label(nation, whose) -> str | None:
    """The code of a piece of it; whoever holds the piece may look it up."""
    batch = _batch(nation, whose)
    if batch is None:
        return None
    unit, key = nation.places[whose], UUID(batch)
    mint_labels(unit_id=unit, batch_id=key, by=world.SETUP, now=world.NOON)
    return labels_of(batch_id=key, good=1)[0]


def _maker(nation, whose) -> str | None:
    """Somebody who works in the unit; whoever left it leaves room for another."""
    if whose == ABOVE:
        return None
    load_requirements(by=world.SETUP, now=world.NOON)
    unit = nation.places[whose]
    stays = Stay.objects.filter(unit_id=unit, during__endswith__isnull=True)
    there = stays.order_by("id").values_list("maker_id", flat=True).first()
    return there or a_maker(unit, number=f"UJI-{uuid7()}", since=LONG_AGO)


def _consent(nation, whose) -> str | None:
    """A consent of somebody in the unit."""
    maker = _maker(nation, whose)
    if maker is None:
        return None
    there = Consent.objects.filter(maker_id=maker, withdrawn_at__isnull=True).first()
    if there is not None:
        return str(there.pk)
    new = NewConsent(Purpose.QUOTE, world.TODAY, world.TODAY + dt.timedelta(days=300), "F-1")
    unit = nation.places[whose]
    asked = {"maker": maker, "unit_id": unit, "consent": new}
    return str(give_consent(**asked, by=world.SETUP, now=world.NOON))


def _coming(nation, whose) -> str | None:
    """A transfer to the unit, which it has to answer."""
    if whose == ABOVE:
        return None
    here = nation.places[whose]
    sender = {MINE: THEIRS, THEIRS: MINE}[whose]
    there = Transfer.objects.filter(to_unit_id=here, closed_at__isnull=True).first()
    if there is not None:
        return str(there.pk)
    made = let_go(
        maker=_maker(nation, sender),
        unit_id=nation.places[sender],
        to_unit_id=here,
        on=world.TODAY,
        reason="uji",
        by=world.SETUP,
        now=world.NOON,
    )
    return str(made)


def _assignment(nation, whose) -> str | None:
    """Work of somebody in a workshop of the unit."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    there = assignments_now(unit_id=unit, on=world.TODAY)
    if there:
        return str(there[0].id)
    load_requirements(by=world.SETUP, now=world.NOON)
    limits(unit)
    maker = who_may_work(unit, number=f"UJI-{uuid7()}", since=LONG_AGO)
    return str(works(maker, unit, a_workshop(unit, name=f"Bengkel {uuid7()}")))


def _requirement(_nation, whose) -> str | None:
    """What is proposed to be required has no owner; theirs is one that nobody proposed."""
    if whose == MINE:
        new = NewRequirement(
            code="uji",
            label="Uji",
            sentence="Uji.",
            citation="uji",
            needs_number=False,
            needs_until=False,
            source="",
            valid_from=world.TODAY + dt.timedelta(days=300),
        )
        key = uuid7()
        propose_requirement(key=key, new=new, ends=False, by=world.SETUP, now=world.NOON)
        return str(key)
    return str(uuid7()) if whose == THEIRS else None


SAMPLES = {
    "requirement": _requirement,
    "assignment": _assignment,
    "batch": _batch,
    "label": _label,
    "coming": _coming,
    "consent": _consent,
    "maker": _maker,
}
