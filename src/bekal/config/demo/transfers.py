"""Made-up transfers to the unit of the demo's sign-ins: one has arrived, one is on the way."""

import datetime as dt

from bekal.accounts.rules import Role
from bekal.catalogue.actions import add_product, set_cost
from bekal.catalogue.rules import FIRST_DAY
from bekal.config.demo.people import unit_of
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.ids import uuid7
from bekal.places.queries import PlaceNow, place_on
from bekal.production import actions as production
from bekal.production import queries
from bekal.production.rules import NewArrival, NewMove, NewTransfer, Reason

_SENDER = "lapas-kelas-iia-yogyakarta"
_YARN = "Benang katun pintal (contoh)"
_THREAD = "Benang katun (contoh)"
_COST = 15_000
_MADE, _ARRIVED, _ON_THE_WAY = 40, 24, 12
_ROLL = 1_000
"""Thousandths of a roll that a piece becomes; figures are ours."""


def make_transfers(*, by: Actor, now: dt.datetime) -> str:
    """Yarn that another unit spun: some became material here, some has yet to be received."""
    today = local_day(now, Zone.WIB)
    here, sender = unit_of(Role.PETUGAS, on=today), place_on(code=_SENDER, on=today)
    if sender is None:
        raise LookupError(f"the demo needs {_SENDER}")
    yarn = add_product(
        unit_id=sender.id, name=_YARN, category="tekstil", is_sample=True, by=by, now=now
    ).pk
    set_cost(product_id=yarn, amount=_COST, valid_from=FIRST_DAY, by=by, now=now)
    made = NewMove(yarn, _MADE, Reason.RECEIVED, f"demo:{uuid7()}", "CONTOH hasil pintal")
    production.move_stock(moves=[made], by=by, now=now)
    for pieces in (_ARRIVED, _ON_THE_WAY):
        new = NewTransfer(uuid7(), sender.id, here.id, here.name, yarn, pieces, "CONTOH")
        production.send_transfer(new=new, by=by, now=now)
        if pieces == _ARRIVED:
            _receive(here, new, by=by, now=now)
    return "one has arrived, one is on the way"


def _receive(here: PlaceNow, sent: NewTransfer, *, by: Actor, now: dt.datetime) -> None:
    thread = next(one for one in queries.materials_of(unit_id=here.id) if one.name == _THREAD)
    new = NewArrival(
        key=uuid7(),
        unit_id=here.id,
        transfer_id=sent.key,
        pieces=sent.pieces,
        quantity=sent.pieces * _ROLL,
        material_id=thread.id,
    )
    production.receive_transfer(new=new, by=by, now=now)
