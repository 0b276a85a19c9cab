"""What of roles, invitations and devices stands for each <parameter> of an address."""

import datetime as dt

from bekal.accounts.actions import invite
from bekal.accounts.models import Grant, Invitation
from bekal.accounts.rules import Role
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.foundation.private import private_key
from bekal.ledger.actions import NewProposal, propose_rule
from bekal.ledger.models import RuleProposal
from bekal.ledger.rules import AccountKind, Base, Form, Share
from bekal.sales.actions import take_sheet
from tests.house.matrix import ABOVE
from tests.support import world


def _invitation(nation, whose) -> str:
    """Somebody who was called to the place."""
    place = nation.places[whose]
    there = Invitation.objects.filter(place_id=place, accepted_at=None, revoked_at=None).first()
    if there is None:
        role = Role.KANWIL if whose == ABOVE else Role.PETUGAS
        asked = {"email": f"{whose}@contoh.test", "role": role, "place_id": place}
        there = invite(key=uuid7(), **asked, by=world.SETUP, now=clock.now())
    return str(there.pk)


def _secret(nation, whose) -> str | None:
    """The link of that invitation, which opens to whoever holds it."""
    return None if whose == ABOVE else private_key("invitation", _invitation(nation, whose))


def _grant(nation, whose) -> str:
    """A role that somebody holds at the place."""
    place = nation.places[whose]
    there = Grant.objects.filter(place_id=place, role=Role.PETUGAS, revoked_at=None).first()
    if there is None:
        there = Grant.objects.create(
            user=nation.person(Role.AUDITOR, ABOVE),
            role=Role.AUDITOR,
            place_id=place,
            granted_at=world.NOON - dt.timedelta(days=9),
            granted_by=str(world.SETUP),
        )
    return str(there.pk)


def _proposal(nation, whose) -> str | None:
    """A rule that somebody of the centre proposes for the unit."""
    if whose == ABOVE:
        return None
    here = nation.places[whose]
    there = RuleProposal.objects.filter(place_id=here, decided_at=None).first()
    if there is None:
        new = NewProposal(
            place_id=here,
            is_choice=True,
            activity="",
            name="uji",
            base=Base.GROSS,
            shares=(Share(AccountKind.PNBP_PAYABLE, Form.REST),),
            citation="uji",
            source="",
            first_day=world.TODAY + dt.timedelta(days=99999),
        )
        there = propose_rule(key=uuid7(), new=new, by=world.SETUP, now=world.NOON)
    return str(there.pk)


def _sheet(nation, whose) -> str | None:
    """A sheet of sales that was sent to the unit."""
    if whose == ABOVE:
        return None
    asked = {"unit_id": nation.places[whose], "name": "uji.csv"}
    content = b"tanggal;produk;jumlah\n27/04/2026;TIADA;1\n"
    return str(take_sheet(**asked, content=content, by=world.SETUP, now=world.NOON).sheet_id)


SAMPLES = {
    "sales_sheet": _sheet,
    "proposal": _proposal,
    "invitation": _invitation,
    "secret": _secret,
    "grant": _grant,
}
