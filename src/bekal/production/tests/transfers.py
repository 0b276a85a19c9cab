"""Transfers between units for tests; every state is made by calling actions."""

from bekal.foundation.ids import uuid7
from bekal.production import actions
from bekal.production.models import StockTransfer
from bekal.production.rules.transfers import NewArrival, NewTakeBack, NewTransfer
from tests.support.world import NOON, YOHANA


def sends(unit, to_unit, product, pieces, *, letter="", key=None, now=NOON, by=YOHANA):
    """Goods go to another unit; returns the id of the transfer."""
    new = NewTransfer(key or uuid7(), unit, to_unit, "Unit penerima", product, pieces, letter)
    actions.send_transfer(new=new, by=by, now=now)
    return new.key


def receives(unit, transfer, pieces, quantity, *, key=None, now=NOON, by=YOHANA, **changes):
    """What arrived becomes material; a new one, "Serat" in kilogrammes, unless one is named."""
    if "material_id" not in changes:
        changes = {"name": "Serat", "measure": "kg", **changes}
    new = NewArrival(key or uuid7(), unit, transfer, pieces, quantity, **changes)
    actions.receive_transfer(new=new, by=by, now=now)
    return StockTransfer.objects.get(pk=transfer).material_id


def takes_back(unit, transfer, pieces, *, remark="truk mogok", key=None, now=NOON, by=YOHANA):
    """What did not arrive is the sender's again."""
    new = NewTakeBack(key or uuid7(), unit, transfer, pieces, remark)
    actions.take_back_transfer(new=new, by=by, now=now)
