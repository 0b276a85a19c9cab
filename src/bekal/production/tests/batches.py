"""What was made, for tests; every state is made by calling actions."""

import datetime as dt

from bekal.foundation.ids import uuid7
from bekal.production import actions
from bekal.production.rules import ModelOfWork, NewBatch, NewCorrection
from tests.support.world import NOON, TODAY, YOHANA

DAY = dt.timedelta(days=1)


def a_batch(unit, workshop, product, *, key=None, made_on=TODAY, good=12, rejected=1, **changes):
    """What is asked of the action: twelve good pieces and one bad, of today."""
    given = {"model": ModelOfWork.OWN, "shares": (), **changes}
    return NewBatch(
        key=key or uuid7(),
        unit_id=unit,
        workshop_id=workshop,
        product_id=product,
        made_on=made_on,
        good=good,
        rejected=rejected,
        **given,
    )


def makes(unit, workshop, product, *, now=NOON, by=YOHANA, **changes):
    """A batch is written down; returns its id."""
    new = a_batch(unit, workshop, product, **changes)
    actions.record_batch(new=new, by=by, now=now)
    return new.key


def corrects(unit, batch, *, good, rejected=0, reason="salah ketik", key=None, now=NOON):
    """There were so many after all."""
    new = NewCorrection(key or uuid7(), batch, good, rejected, reason)
    actions.correct_batch(unit_id=unit, new=new, by=YOHANA, now=now)
