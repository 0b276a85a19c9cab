"""Land for tests; every state is made by calling actions."""

import datetime as dt

from bekal.foundation.ids import uuid7
from bekal.production import actions
from bekal.production.models import Planting
from bekal.production.rules.land import Fate, LandKind, NewHarvest, NewPlanting, Weighed
from tests.support.world import NOON, TODAY, YOHANA

PLANTED = TODAY - dt.timedelta(days=90)


def a_plot(unit, name="Kebun belakang", *, kind=LandKind.FIELD, area=400, now=NOON):
    """A field of 400 square metres; returns its id."""
    return actions.open_plot(unit_id=unit, name=name, kind=kind, area=area, by=YOHANA, now=now)


def planted(
    unit, plot, crop="Cabai rawit", *, planted_on=PLANTED, first=TODAY, last=None, key=None
):
    """Something was planted ninety days ago and may be harvested today; returns its id."""
    new = NewPlanting(
        key=key or uuid7(),
        unit_id=unit,
        plot_id=plot,
        crop=crop,
        planted_on=planted_on,
        harvest_from=first,
        harvest_until=last or first + dt.timedelta(days=30),
    )
    actions.plant(new=new, by=YOHANA, now=NOON)
    return Planting.objects.get(key=new.key).pk


def a_harvest(unit, planting, grams=12_500, *, fate=Fate.KITCHEN, **changes):
    """Twelve and a half kilogrammes for the kitchen, today."""
    values = {
        "key": uuid7(),
        "unit_id": unit,
        "planting_id": planting,
        "harvested_on": TODAY,
        "quantity": grams,
        "weighed": Weighed.GRAM,
        "fate": fate,
        "recipient": "",
        "note": "",
        "batch": None,
    }
    return NewHarvest(**{**values, **changes})


def harvests(unit, planting, grams=12_500, **changes):
    """A harvest is written down."""
    new = a_harvest(unit, planting, grams, **changes)
    actions.record_harvest(new=new, by=YOHANA, now=NOON)
    return new


def done(unit, planting, *, last=TODAY, reason="selesai dipanen"):
    """Nothing is left of a planting."""
    actions.end_planting(
        unit_id=unit, planting_id=planting, last=last, reason=reason, by=YOHANA, now=NOON
    )


def ends(unit, plot, *, last=TODAY, reason="menjadi gedung baru"):
    """A plot is used no more."""
    actions.end_plot(unit_id=unit, plot_id=plot, last=last, reason=reason, by=YOHANA, now=NOON)


def reopens(unit, plot, *, first=TODAY, reason="gedungnya batal dibangun"):
    """A plot is used again."""
    actions.reopen_plot(unit_id=unit, plot_id=plot, first=first, reason=reason, by=YOHANA, now=NOON)


def undoes(unit, harvest, *, reason="salah timbang", now=NOON):
    """A harvest was written down wrongly."""
    actions.undo_harvest(unit_id=unit, harvest_id=harvest.key, reason=reason, by=YOHANA, now=now)
