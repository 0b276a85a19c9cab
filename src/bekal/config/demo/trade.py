"""Simulated trade: goods marked "data contoh" and their sales, never mixed with real products.

Sizes follow reference figures of the field: small units sell a few receipts a week, cheap daily
things dominate the count, a few pieces of furniture the money.
"""

import datetime as dt
import random
from dataclasses import dataclass

from bekal.catalogue.actions import add_product, set_cost, set_price
from bekal.catalogue.queries import sample_products
from bekal.catalogue.rules import FIRST_DAY
from bekal.foundation import formats
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.foundation.ids import uuid7
from bekal.places.queries import centre, place_on, places_below, zone_of
from bekal.places.rules import Level
from bekal.sales.actions import record_sale, report_day
from bekal.sales.rules import BuyerClass, Channel, NewSale, PaymentKind, SaleItem

DAYS = 14
UNITS = 60
_IDLE = ("Bapas", "Rumah Sakit")
_ALWAYS = ("lapas-kelas-iib-merauke", "lapas-narkotika-kelas-iia-bangli")


@dataclass(frozen=True)
class _Good:
    name: str
    category: str
    price: int
    cost: int


_GOODS = (
    _Good("Roti manis (contoh)", "makanan", 5_000, 3_200),
    _Good("Keripik singkong 100 g (contoh)", "makanan", 10_000, 6_400),
    _Good("Kopi bubuk 200 g (contoh)", "minuman", 48_000, 31_000),
    _Good("Keset sabut (contoh)", "kerajinan", 25_000, 14_500),
    _Good("Keranjang rotan (contoh)", "kerajinan", 145_000, 82_000),
    _Good("Kain batik cap 2 m (contoh)", "tekstil", 185_000, 121_000),
    _Good("Bangku kayu (contoh)", "mebel", 390_000, 262_000),
    _Good("Sayur sawi 1 kg (contoh)", "pertanian", 8_000, 3_900),
)
_GOODS_OF_A_UNIT = 3


def make_goods(*, by: Actor, now: dt.datetime) -> str:
    """A few simulated products in each of the units that trade in the demo."""
    chance = random.Random("bekal")  # noqa: S311 - the same demo on every machine
    unit_ids = _trading_units(chance, on=now.date())
    for unit_id in unit_ids:
        for good in chance.sample(_GOODS, _GOODS_OF_A_UNIT):
            product = add_product(
                unit_id=unit_id,
                name=good.name,
                category=good.category,
                is_sample=True,
                by=by,
                now=now,
            )
            for write, amount in ((set_price, good.price), (set_cost, good.cost)):
                write(product_id=product.pk, amount=amount, valid_from=FIRST_DAY, by=by, now=now)
    return f"{len(unit_ids) * _GOODS_OF_A_UNIT} simulated products in {len(unit_ids)} units"


def _trading_units(chance: random.Random, *, on: dt.date) -> list[int]:
    nation = centre(on=on)
    if nation is None:
        raise LookupError("the demo needs the places")
    always = [place.id for code in _ALWAYS if (place := place_on(code=code, on=on))]
    others = [
        place.id
        for place in places_below(place_ids=[nation.id], on=on)
        if place.level is Level.UNIT and place.kind not in _IDLE and place.id not in always
    ]
    return always + chance.sample(others, UNITS - len(always))


def make_sales(*, by: Actor, now: dt.datetime) -> str:
    """Two weeks of simulated sales and zero reports, up to yesterday of each unit."""
    chance = random.Random("bekal")  # noqa: S311 - the same demo on every machine
    receipts = 0
    for unit_id, products in sample_products().items():
        today = local_day(now, zone_of(unit_id=unit_id))
        size = chance.choice((0.4, 0.4, 1.0, 1.0, 2.5))
        for day in (today - dt.timedelta(days=back) for back in range(DAYS, 0, -1)):
            count = min(6, int(chance.expovariate(1 / size)))
            for _ in range(count):
                sale = _a_sale(chance, unit_id=unit_id, products=products, day=day)
                record_sale(sale=sale, by=by, now=now)
            if not count and chance.random() < 0.5:  # noqa: PLR2004 - half of the silent days
                report_day(unit_id=unit_id, day=day, expects_sales=False, by=by, now=now)
            receipts += count
    return f"{formats.thousands(receipts)} simulated receipts in {DAYS} days"


def one_sale(*, by: Actor, now: dt.datetime) -> str:
    """One simulated sale, now, somewhere."""
    chance = random.SystemRandom()
    unit_id, products = chance.choice(list(sample_products().items()))
    day = local_day(now, zone_of(unit_id=unit_id))
    answer = record_sale(
        sale=_a_sale(chance, unit_id=unit_id, products=products, day=day), by=by, now=now
    )
    return f"receipt {answer.number} at place {unit_id}"


def _a_sale(chance: random.Random, *, unit_id: int, products: list[int], day: dt.date) -> NewSale:
    kinds = chance.sample(products, chance.choice((1, 1, 1, 2)))
    buyers = (BuyerClass.PUBLIC, BuyerClass.OFFICER, BuyerClass.INSTITUTION)
    payments = (PaymentKind.CASH, PaymentKind.QRIS, PaymentKind.TRANSFER)
    return NewSale(
        key=uuid7(),
        unit_id=unit_id,
        items=tuple(SaleItem(product, chance.choice((1, 1, 2, 3, 5))) for product in kinds),
        channel=chance.choice((Channel.WORKSHOP, Channel.WORKSHOP, Channel.CONSIGNMENT)),
        buyer_class=chance.choices(buyers, (6, 3, 1))[0],
        payment=chance.choices(payments, (6, 3, 1))[0],
        sold_on=day,
    )
