"""Made-up price sheets and land for the unit of the demo's sign-ins, marked CONTOH."""

import datetime as dt

from bekal.accounts.rules import Role
from bekal.config.demo.people import unit_of
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.ids import uuid7
from bekal.places.queries import PlaceNow
from bekal.production import actions as production
from bekal.production import queries
from bekal.production.rules import (
    Fate,
    LandKind,
    NewCostSheet,
    NewHarvest,
    NewMaterialLine,
    NewOtherLine,
    NewPlanting,
    Weighed,
)

_BUN = "Roti manis (contoh)"
_RECIPE = {"Tepung terigu (contoh)": 2_500, "Gula pasir (contoh)": 500}
"""Thousandths for fifty buns; figures are ours."""
_BUNS = 50
_GAS = NewOtherLine("CONTOH gas dan kemasan", 30_000)
_PLOTS = (
    ("Kebun belakang (contoh)", LandKind.FIELD, 400, "CONTOH cabai rawit", 90, 0),
    ("Kolam lele (contoh)", LandKind.POND, 60, "CONTOH lele", 60, -3),
    ("Kandang ayam (contoh)", LandKind.PEN, 40, "", 0, 0),
)
"""Name, kind, square metres, what grows, planted and to be harvested how many days ago or ahead."""


def make_price_sheets(*, by: Actor, now: dt.datetime) -> str:
    """The price sheet of a simulated product, of the materials that the unit could buy."""
    here = unit_of(Role.PETUGAS, on=local_day(now, Zone.WIB))
    today = local_day(now, Zone.WIB)
    rows = queries.priced_of(unit_id=here.id, on=today)
    bun = next((row for row in rows if row.name == _BUN), None)
    if bun is None:
        return "none: the unit has no simulated bread"
    bought = {one.name: one for one in queries.materials_of(unit_id=here.id) if one.rate.is_known}
    new = NewCostSheet(
        key=uuid7(),
        unit_id=here.id,
        product_id=bun.product_id,
        valid_from=today,
        pieces=_BUNS,
        materials=[
            NewMaterialLine(bought[name].id, quantity)
            for name, quantity in _RECIPE.items()
            if name in bought
        ],
        others=[_GAS],
        minutes=240,
        labour=0,
        labour_reason="",
        price=None,
        reason="CONTOH harga kantin",
    )
    production.write_cost_sheet(new=new, by=by, now=now)
    return "1 product"


def make_land(*, by: Actor, now: dt.datetime) -> str:
    """A field that the kitchen harvests, a pond with a harvest due, an idle pen, a plot of old."""
    here = unit_of(Role.PETUGAS, on=local_day(now, Zone.WIB))
    for name, kind, area, crop, ago, ahead in _PLOTS:
        plot = production.open_plot(
            unit_id=here.id, name=name, kind=kind, area=area, by=by, now=now
        )
        if crop:
            _plant(here, plot, crop=crop, ago=ago, ahead=ahead, by=by, now=now)
    today = local_day(now, Zone.WIB)
    old = production.open_plot(
        unit_id=here.id,
        name="Kebun lama (contoh)",
        kind=LandKind.FIELD,
        area=150,
        by=by,
        now=now,
    )
    production.end_plot(
        unit_id=here.id, plot_id=old, last=today, reason="CONTOH menjadi gudang", by=by, now=now
    )
    return f"{len(_PLOTS) + 1} plots"


def _plant(
    unit: PlaceNow, plot: int, *, crop: str, ago: int, ahead: int, by: Actor, now: dt.datetime
) -> None:
    today = local_day(now, Zone.WIB)
    first = today + dt.timedelta(days=ahead)
    new = NewPlanting(
        uuid7(),
        unit.id,
        plot,
        crop,
        today - dt.timedelta(days=ago),
        first,
        first + dt.timedelta(days=30),
    )
    production.plant(new=new, by=by, now=now)
    if ahead:
        return
    (row,) = queries.plantings_of(unit_id=unit.id, plot_id=plot)
    kitchen = NewHarvest(
        uuid7(), unit.id, row.id, today, 12_500, Weighed.GRAM, Fate.KITCHEN, "", "", None
    )
    production.record_harvest(new=kitchen, by=by, now=now)
