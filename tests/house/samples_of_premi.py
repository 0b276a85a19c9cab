"""What of premi stands for each <parameter> of an address, as samples.py tells it."""

from bekal.foundation.ids import uuid7
from bekal.ledger.rules import AccountKind
from bekal.treasury.actions import agree_on_premi, keep_template
from bekal.treasury.models import Allocation, PremiAgreement, PremiClearing, PremiEarning, PremiRun
from bekal.treasury.rules.premi_files import NewColumns
from bekal.treasury.rules.premi_paying import RunKind
from bekal.treasury.rules.premi_terms import AgreementKind, NewAgreement
from tests.house.matrix import ABOVE, MINE, THEIRS
from tests.house.samples_of_people import SAMPLES as OF_PEOPLE
from tests.support import world


def _run(nation, whose) -> str | None:
    """A run that waits for approval."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    there = PremiRun.objects.filter(unit_id=unit, approved_at__isnull=True, cancelled_at=None)
    one = there.first()
    if one is None:
        one = PremiRun.objects.create(
            id=uuid7(),
            unit_id=unit,
            number=PremiRun.objects.filter(unit_id=unit).count() + 1,
            kind=RunKind.MONTHLY,
            first=world.TODAY,
            last=world.TODAY,
            prepared_at=world.NOON,
            prepared_by="command:uji",
        )
    return str(one.pk)


def _agreement(nation, whose) -> str | None:
    """An agreement that runs, for a product of the unit."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    there = PremiAgreement.objects.filter(unit_id=unit, ended_at__isnull=True).first()
    if there is not None:
        return str(there.pk)
    new = NewAgreement(
        name="Perjanjian uji",
        kind=AgreementKind.PER_PIECE,
        amount=5_000,
        account=AccountKind.OPERATING,
        number="PKS 1/2026",
        citation="uji",
        first=world.TODAY,
        product_id=nation.products[whose],
    )
    return str(agree_on_premi(unit_id=unit, new=new, by=world.SETUP, now=world.NOON))


def _earning(nation, whose) -> str | None:
    """What somebody earned by an agreement of the unit."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    there = PremiEarning.objects.filter(unit_id=unit).first()
    if there is not None:
        return str(there.pk)
    act = Allocation.objects.create(
        key=uuid7(),
        unit_id=unit,
        agreement_id=int(_agreement(nation, whose) or 0),
        on=world.TODAY,
        allocated_at=world.NOON,
        allocated_by="command:uji",
    )
    made = PremiEarning.objects.create(
        allocation=act,
        unit_id=unit,
        maker_id=OF_PEOPLE["maker"](nation, whose),
        source="agreement:uji",
        pieces=1,
        minutes=1,
        minutes_of_all=1,
        amount=5_000,
        earned_on=world.TODAY,
    )
    return str(made.pk)


def _template(_nation, whose) -> str | None:
    """A template of the centre has no owner; theirs is one that nobody kept."""
    if whose == MINE:
        columns = (("kode", "ID"),)
        new = NewColumns("Susunan uji", columns, ";", has_heading=True, source="uji")
        return str(keep_template(new=new, by=world.SETUP, now=world.NOON))
    return "987654321" if whose == THEIRS else None


def _clearing(nation, whose) -> str | None:
    """A wish to settle what somebody who left was paid too much."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    made = PremiClearing.objects.create(
        id=uuid7(),
        unit_id=unit,
        maker_id=OF_PEOPLE["maker"](nation, whose),
        way=AccountKind.CASH.value,
        amount=5,
        paper="BA-1 (uji)",
        proposed_at=world.NOON,
        proposed_by=str(world.YOHANA),
    )
    return str(made.pk)


SAMPLES = {
    "premi_clearing": _clearing,
    "premi_run": _run,
    "premi_agreement": _agreement,
    "premi_earning": _earning,
    "premi_template": _template,
}
