"""Simulated trade: goods marked "data contoh" and a month of their sales, apart from real ones.

Sizes, prices, days and hours are those of `market`, which names their sources. Every fact goes
through its real action and is recorded at its own moment, so that receipts have their numbers in
the order of time. The same demo on every machine, but for the day on which it is made.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from bekal.catalogue.actions import add_product, set_cost, set_price
from bekal.catalogue.queries import SaleTerms, sale_terms, sample_products
from bekal.catalogue.rules import FIRST_DAY, KIND_FOR_CHILDREN
from bekal.config.demo import market
from bekal.foundation import formats
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.ids import uuid7
from bekal.places.queries import PlaceNow, centre, place_on, places_below, zone_of
from bekal.places.rules import Level
from bekal.sales.actions import NewRefund, record_sale, refund_sale, report_day
from bekal.sales.queries import refundable_lines
from bekal.sales.rules import (
    BuyerClass,
    Channel,
    NewSale,
    PaymentKind,
    RefundKind,
    SaleItem,
)
from bekal.turnover.queries import receipts
from bekal.turnover.rules import KINDS_WITHOUT_WORKSHOP

_ALWAYS = {
    "lapas-kelas-iib-merauke": market.MIDDLE,
    "lapas-narkotika-kelas-iia-bangli": market.MIDDLE,
    "lapas-kelas-i-surabaya": market.LARGE,
    "lapas-kelas-iia-yogyakarta": market.LARGE,
    "rutan-kelas-iia-palangka-raya": market.SMALL,
}
_LATER = dt.timedelta(minutes=3)
_CLOSING = dt.time(20, 30)


@dataclass(frozen=True)
class _Unit:
    id: int
    zone: Zone
    size: market.Size
    goods: list[SaleTerms]


def _seeded(what: str) -> random.Random:
    return random.Random(f"bekal {what}")  # noqa: S311 - the same demo on every machine


def make_goods(*, by: Actor, now: dt.datetime) -> str:
    """A few simulated products in each of the units that trade in the demo."""
    chance = _seeded("goods")
    trading, _ = _workshops(on=now.date())
    for place in trading:
        for good in chance.sample(market.GOODS, market.GOODS_OF_A_UNIT):
            product = add_product(
                unit_id=place.id,
                name=good.name,
                category=good.category,
                is_sample=True,
                by=by,
                now=now,
            )
            for write, amount in ((set_price, good.price), (set_cost, good.cost)):
                write(product_id=product.pk, amount=amount, valid_from=FIRST_DAY, by=by, now=now)
    return f"{len(trading) * market.GOODS_OF_A_UNIT} simulated products in {len(trading)} units"


def _workshops(*, on: dt.date) -> tuple[list[PlaceNow], list[PlaceNow]]:
    """The units that trade in the demo, of every province one or more, and those that say nil."""
    nation = centre(on=on)
    if nation is None:
        raise LookupError("the demo needs the places")
    every = [
        place
        for place in places_below(place_ids=[nation.id], on=on)
        if place.level is Level.UNIT
        and place.kind not in (*KINDS_WITHOUT_WORKSHOP, KIND_FOR_CHILDREN)
    ]
    chance = _seeded("units")
    chance.shuffle(every)
    named = [place for place in every if place.code in _ALWAYS]
    first = {place.province_code: place for place in reversed(every)}
    chosen = {place.id: place for place in [*named, *first.values(), *every]}
    order = list(chosen.values())
    return order[: market.UNITS], order[market.UNITS : market.UNITS + market.ZERO_UNITS]


def make_sales(*, by: Actor, now: dt.datetime) -> str:
    """A month of simulated sales, refunds and zero reports, up to this moment."""
    written = taken_back = 0
    for unit in _units(on=now.date()):
        chance = _seeded(f"sales {unit.id}")
        today = local_day(now, unit.zone)
        for back in range(market.DAYS, -1, -1):
            day = today - dt.timedelta(days=back)
            sales = list(_day_of(chance, unit, day=day, is_recent=back < market.HOURS_KNOWN))
            happened = [(sale, at) for sale, at in sales if at <= now]
            for sale, at in happened:
                record_sale(sale=sale, by=by, now=at)
                if chance.random() < market.RETURNED:
                    _take_back(chance, sale.key, by=by, now=min(at + _LATER * 20, now))
                    taken_back += 1
            written += len(happened)
            if not sales and back and chance.random() < 0.45:  # noqa: PLR2004 - of the empty days
                _say_nil(unit.id, unit.zone, day=day, by=by)
    nil = _silent_days(by=by, now=now)
    return (
        f"{formats.thousands(written)} simulated receipts in {market.DAYS} days, "
        f"{taken_back} refunds, {nil} zero reports of units that sold nothing"
    )


def _units(*, on: dt.date) -> list[_Unit]:
    """The units that have simulated goods, each with its size and what it sells."""
    sizes = {
        place.id: size for code, size in _ALWAYS.items() if (place := place_on(code=code, on=on))
    }
    chance = _seeded("sizes")
    found = sample_products()
    terms = sale_terms(product_ids=[one for ids in found.values() for one in ids], on=on)
    return [
        _Unit(
            id=unit_id,
            zone=zone_of(unit_id=unit_id),
            size=sizes.get(unit_id) or chance.choice(market.SIZES),
            goods=[terms[product] for product in products],
        )
        for unit_id, products in found.items()
    ]


def _day_of(
    chance: random.Random, unit: _Unit, *, day: dt.date, is_recent: bool
) -> Iterator[tuple[NewSale, dt.datetime]]:
    """The sales of a unit's day in the order of their hours, each with when it was recorded."""
    times = sorted(
        market.hour_of(chance) for _ in range(market.receipts_on(chance, unit.size, day))
    )
    for time in times:
        at = dt.datetime.combine(day, time, tzinfo=unit.zone.info)
        knows_hour = is_recent and chance.random() < 0.94  # noqa: PLR2004 - a few by hand
        yield _a_sale(chance, unit, day=day, at=at if knows_hour else None), at + _LATER
    if day.weekday() < 5 and chance.random() < unit.size.orders / 22:  # noqa: PLR2004 - working days
        at = dt.datetime.combine(day, _CLOSING, tzinfo=unit.zone.info)
        yield _an_order(chance, unit, day=day), at


def _a_sale(chance: random.Random, unit: _Unit, *, day: dt.date, at: dt.datetime | None) -> NewSale:
    goods = chance.sample(unit.goods, chance.choice((1, 1, 1, 2)))
    return NewSale(
        key=uuid7(),
        unit_id=unit.id,
        items=tuple(SaleItem(good.product_id, chance.choice(_pieces(good))) for good in goods),
        channel=chance.choices(list(market.CHANNELS), list(market.CHANNELS.values()))[0],
        buyer_class=chance.choices(list(market.BUYERS), list(market.BUYERS.values()))[0],
        payment=chance.choices(list(market.PAYMENTS), list(market.PAYMENTS.values()))[0],
        sold_on=day,
        sold_at=at,
    )


def _pieces(good: SaleTerms) -> tuple[int, ...]:
    return next((known.pieces for known in market.GOODS if known.name == good.name), (1,))


def _an_order(chance: random.Random, unit: _Unit, *, day: dt.date) -> NewSale:
    """An institution orders many of one thing, by letter and transfer."""
    good = chance.choice(unit.goods)
    pieces = chance.randint(*unit.size.order) // (good.price or 1)
    return NewSale(
        key=uuid7(),
        unit_id=unit.id,
        items=(SaleItem(good.product_id, min(max(pieces, 1), market.MOST_ORDERED)),),
        channel=Channel.ORDER,
        buyer_class=BuyerClass.INSTITUTION,
        payment=PaymentKind.TRANSFER,
        sold_on=day,
    )


def _take_back(chance: random.Random, sale_id: UUID, *, by: Actor, now: dt.datetime) -> None:
    """One piece of a receipt comes back."""
    refund = NewRefund(
        key=uuid7(),
        sale_id=sale_id,
        pieces={refundable_lines(sale_id=sale_id)[0].id: 1},
        kind=RefundKind.RETURN,
        reason=chance.choice(market.REASONS),
    )
    refund_sale(refund=refund, by=by, now=now)


def _silent_days(*, by: Actor, now: dt.datetime) -> int:
    """Zero reports of units without sales, on some of the last days."""
    _, quiet = _workshops(on=now.date())
    chance, said = _seeded("quiet"), 0
    for place in quiet:
        zone = zone_of(unit_id=place.id)
        for back in range(market.DAYS, 0, -1):
            if chance.random() < 0.2:  # noqa: PLR2004 - one day in five
                _say_nil(place.id, zone, day=local_day(now, zone) - dt.timedelta(days=back), by=by)
                said += 1
    return said


def _say_nil(unit_id: int, zone: Zone, *, day: dt.date, by: Actor) -> None:
    at = dt.datetime.combine(day, _CLOSING, tzinfo=zone.info)
    report_day(unit_id=unit_id, day=day, expects_sales=False, by=by, now=at)


def one_sale(*, by: Actor, now: dt.datetime) -> str:
    """One simulated sale, now, somewhere; larger units more often."""
    chance = random.SystemRandom()
    units = _units(on=now.date())
    unit = chance.choices(units, [unit.size.receipts for unit in units])[0]
    day = local_day(now, unit.zone)
    answer = record_sale(sale=_a_sale(chance, unit, day=day, at=now), by=by, now=now)
    return f"receipt {answer.number} at place {unit.id}"


def one_refund(*, by: Actor, now: dt.datetime) -> str:
    """A piece of something simulated that was sold today comes back; or nothing was sold yet."""
    chance = random.SystemRandom()
    units = _units(on=now.date())
    for unit in chance.sample(units, len(units)):
        today = receipts(unit_id=unit.id, day=local_day(now, unit.zone))
        fresh = [row for row in today if row.is_sample and not row.returned]
        if fresh:
            _take_back(chance, chance.choice(fresh).id, by=by, now=now)
            return f"one piece back at place {unit.id}"
    return "nothing to take back yet"
