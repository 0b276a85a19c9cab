"""What of PNBP stands for each <parameter> of an address, as samples.py tells it."""

import datetime as dt
from uuid import UUID

from bekal.foundation.attachments import Attachment
from bekal.treasury.actions import NewDeposit, add_proof, bill_deposit
from tests.house.matrix import ABOVE
from tests.support import world


def _deposit(nation, whose) -> str | None:
    """A deposit that waits for its payment."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    key = UUID(int=2**65 + unit)
    ends = world.NOON + dt.timedelta(days=7)
    new = NewDeposit(key, unit, 1_000, f"{unit:015}", ends, more_reason="uji")
    return str(bill_deposit(deposit=new, by=world.SITI, now=world.NOON))


def _proof(nation, whose) -> str | None:
    """A paper of it."""
    deposit = _deposit(nation, whose)
    if deposit is None:
        return None
    unit = nation.places[whose]
    paper = Attachment("uji.pdf", "application/pdf", b"%PDF-1.7 uji")
    ids = {"unit_id": unit, "deposit_id": UUID(deposit)}
    return str(add_proof(**ids, paper=paper, by=world.SITI, now=world.NOON))


SAMPLES = {"deposit": _deposit, "proof": _proof}
