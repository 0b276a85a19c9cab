"""Made-up materials for the unit of the demo's sign-ins: bought, given and used, marked CONTOH."""

import datetime as dt

from bekal.accounts.rules import Role
from bekal.config.demo.people import unit_of
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.ids import uuid7
from bekal.places.queries import PlaceNow
from bekal.production import actions as production
from bekal.production import queries as funds
from bekal.production.rules import BoughtLine, Fund, Measure, NewPurchase, PaidFrom

_SHOP = "CONTOH Toko Bahan"
_ONE = 1_000
"""Thousandths in one of a measure."""
_BOUGHT = (
    ("Tepung terigu (contoh)", Measure.KG, 5, 12_000),
    ("Gula pasir (contoh)", Measure.KG, 2, 17_500),
    ("Telur (contoh)", Measure.PIECE, 30, 2_000),
    ("Papan mahoni (contoh)", Measure.SHEET, 1, 95_000),
)
"""Name, measure, how many, rupiah for one; prices are ours."""
_GIVEN = ("Benang katun (contoh)", Measure.ROLL, 12)


def make_materials(*, by: Actor, now: dt.datetime) -> str:
    """Materials of the demo's unit: what its fund can pay is bought, the thread was given."""
    here = unit_of(Role.PETUGAS, on=local_day(now, Zone.WIB))
    lines = [
        BoughtLine(_material(here, name, measure, by=by, now=now), count * _ONE, count * price)
        for name, measure, count, price in _BOUGHT
    ]
    name, measure, count = _GIVEN
    thread = _material(here, name, measure, by=by, now=now)
    bought = 0
    for line in lines:
        if _can_pay(here, line.amount):
            _buy(here, line, by=by, now=now)
            bought += 1
    _buy(here, BoughtLine(thread, count * _ONE, 0), by=by, now=now)
    return f"{len(lines) + 1} materials, {bought} bought"


def _material(unit: PlaceNow, name: str, measure: Measure, *, by: Actor, now: dt.datetime) -> int:
    return production.open_material(unit_id=unit.id, name=name, measure=measure, by=by, now=now)


def _can_pay(unit: PlaceNow, amount: int) -> bool:
    """Whether fund and cash box hold so much after the simulated sales."""
    money = funds.money_of(unit_id=unit.id)
    return min(money.funds[Fund.CAPITAL], money.boxes[PaidFrom.CASH]) >= amount


def _buy(unit: PlaceNow, line: BoughtLine, *, by: Actor, now: dt.datetime) -> None:
    is_paid = line.amount > 0
    new = NewPurchase(
        key=uuid7(),
        unit_id=unit.id,
        supplier=_SHOP if is_paid else "CONTOH Dinas Perindustrian",
        receipt="",
        bought_on=local_day(now, Zone.WIB),
        total=line.amount,
        lines=[line],
        fund=Fund.CAPITAL if is_paid else None,
        paid_from=PaidFrom.CASH if is_paid else None,
        note="" if is_paid else "CONTOH hibah bahan",
    )
    production.record_purchase(new=new, by=by, now=now)
