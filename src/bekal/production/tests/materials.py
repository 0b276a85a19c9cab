"""Materials for tests; every state is made by calling actions."""

from bekal.foundation.ids import uuid7
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Line
from bekal.production import actions
from bekal.production.models import MaterialLevel
from bekal.production.rules.materials import Measure, Why
from bekal.production.rules.purchases import (
    BoughtLine,
    Fund,
    NewMaterialSheet,
    NewPurchase,
    PaidFrom,
)
from tests.support.world import NOON, TODAY, YOHANA


def a_material(unit, name="Tepung terigu", measure=Measure.KG, *, now=NOON):
    """A material of a unit; returns its id."""
    return actions.open_material(unit_id=unit, name=name, measure=measure, by=YOHANA, now=now)


def with_money(unit, amount=1_000_000, *, fund=AccountKind.CAPITAL, box=AccountKind.CASH):
    """The unit has so much in its fund, in its cash box."""
    post_entry(
        lines=[Line(unit, box, amount), Line(unit, fund, -amount)],
        key=uuid7(),
        occurred_on=TODAY,
        memo="modal awal",
        source="uji",
        by=YOHANA,
        now=NOON,
    )


def a_purchase(unit, *lines, **changes):
    """Lines are (material, thousandths, rupiah); paid in cash out of the workshop's capital."""
    values = {
        "key": uuid7(),
        "unit_id": unit,
        "supplier": "Toko Sinar",
        "receipt": "",
        "bought_on": TODAY,
        "total": sum(line[2] for line in lines),
        "lines": [BoughtLine(*line) for line in lines],
        "fund": Fund.CAPITAL,
        "paid_from": PaidFrom.CASH,
        "note": "",
    }
    return NewPurchase(**{**values, **changes})


def buy(unit, *lines, now=NOON, **changes):
    """Buy (material, thousandths, rupiah); returns the id of the purchase."""
    new = a_purchase(unit, *lines, **changes)
    return actions.record_purchase(new=new, by=YOHANA, now=now)


def some_flour(unit):
    """Ten kilogrammes at Rp12.000; the id of the material."""
    flour = a_material(unit)
    buy(unit, (flour, 10_000, 120_000))
    return flour


def given(unit, *lines, note="Hibah Dinas Perindustrian", **changes):
    """(material, thousandths) come without money."""
    free = {"fund": None, "paid_from": None, "note": note, "supplier": "Dinas Perindustrian"}
    return buy(unit, *((*line, 0) for line in lines), **free, **changes)


def use(unit, material, quantity, *, why=Why.USED, note="roti", key=None, now=NOON):
    """So many thousandths are used."""
    sheet = NewMaterialSheet(key or uuid7(), unit, material, why, quantity, note)
    actions.use_material(sheet=sheet, by=YOHANA, now=now)


def there(material):
    """(thousandths, rupiah) of a material."""
    return MaterialLevel.objects.values_list("quantity", "value").get(pk=material)
