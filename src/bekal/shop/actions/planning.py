"""From what a buyer asks for to the parts of an order, with what stands in the way of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from bekal.catalogue.queries import Goods
from bekal.catalogue.rules import Making
from bekal.payments.rules import Method
from bekal.shipping import queries as shipping
from bekal.shipping.queries import Offer, Parcel, Quote
from bekal.shop.queries import (
    Collector,
    Known,
    Look,
    collector_for,
    day_of,
    is_made,
    look,
    parcels_of,
)
from bekal.shop.rules import (
    Change,
    ChangeKind,
    Delivery,
    NewOrder,
    OrderChanged,
    OrderItem,
    OrderRefused,
    PartAsked,
)

HEAVIEST_G = 2_000_000_000
"""What the column holds. Only quotations are as heavy, and no courier is asked about them."""


@dataclass(frozen=True)
class PlannedLine:
    """A line to be: the pieces lie ready, or are made."""

    product_id: int
    name: str
    pieces: int
    unit_price: int
    making: Making


@dataclass(frozen=True)
class PlannedPart:
    """What one unit is to make and send."""

    id: UUID
    unit_id: int
    position: int
    delivery: Delivery
    service_id: int | None
    service: str
    days_min: int | None
    days_max: int | None
    fee: int
    weight_g: int
    promised_on: dt.date | None
    lines: tuple[PlannedLine, ...]

    @property
    def goods_total(self) -> int:
        """Rupiah of its lines."""
        return sum(line.pieces * line.unit_price for line in self.lines)


@dataclass(frozen=True)
class Plan:
    """An order to be, all of it as the buyer saw it."""

    parts: tuple[PlannedPart, ...]
    goods: Mapping[int, Goods]
    collector: Collector | None
    is_agreed: bool
    is_at_hand: bool = False

    @property
    def total(self) -> int:
        """Rupiah of all parts with their fees."""
        return sum(part.goods_total + part.fee for part in self.parts)

    @property
    def home_id(self) -> int:
        """The unit in whose chain the order is written down: the collecting one, or the first."""
        return self.collector.unit_id if self.collector else self.parts[0].unit_id

    @property
    def is_sample(self) -> bool:
        """Whether its goods are those of a demo."""
        return any(each.is_sample for each in self.goods.values())

    @property
    def ready_by(self) -> dt.date | None:
        """The day on which the last of its parts is made; None where all lies ready."""
        return max((part.promised_on for part in self.parts if part.promised_on), default=None)

    def of_lines(self, lines: tuple[PlannedLine, ...]) -> "Plan":
        """The same of one part with the lines that were agreed on already."""
        (part,) = self.parts
        return replace(self, parts=(replace(part, lines=lines),))

    def with_days(self, days: Mapping[UUID, dt.date]) -> "Plan":
        """The same with the days on which the work of parts is done."""
        parts = (replace(p, promised_on=days.get(p.id, p.promised_on)) for p in self.parts)
        return replace(self, parts=tuple(parts))


def planned(order: NewOrder, *, known: Known | None = None, now: dt.datetime) -> Plan:
    """The parts of an order by unit, in the order in which the buyer chose.

    What is `known` already is not asked for again.

    Raises OrderChanged with all that is not as the buyer saw it; OrderRefused where the parts are
    not those of the goods, or no unit takes the money that way.
    """
    seen = look(
        items=order.items, known=known.look if known else None, is_agreed=order.is_agreed, now=now
    )
    if seen.changes:
        raise OrderChanged(seen.changes)
    asked = _asked(order, seen)
    parcels = parcels_of(order.items, seen.goods)
    offers = known.offers if known else _offers(order, parcels, now=now)
    quotes = {} if order.is_agreed else _quotes(asked, offers)
    parts = tuple(
        _part(
            asked[unit],
            key=order.key,
            position=position,
            weight_g=min(parcels[unit].weight_g, HEAVIEST_G),
            quote=quotes.get(unit),
            lines=[
                _line(item, seen)
                for item in order.items
                if seen.goods[item.product_id].unit_id == unit
            ],
        )
        for position, unit in enumerate(asked, start=1)
    )
    collector = _collector(order, parts, known=known, on=day_of(now))
    return Plan(parts, seen.goods, collector, order.is_agreed, order.is_at_hand)


def _asked(order: NewOrder, seen: Look) -> dict[int, PartAsked]:
    """How each unit of the goods is to deliver, in the order of the goods."""
    asked = {part.unit_id: part for part in order.parts}
    units = dict.fromkeys(seen.goods[item.product_id].unit_id for item in order.items)
    if asked.keys() != units.keys() or len(asked) != len(order.parts):
        said = _("Keranjang berubah sejak Anda memilih pengiriman. Pilih lagi.")
        raise OrderRefused(said, field="parts")
    return {unit: asked[unit] for unit in units}


def _offers(
    order: NewOrder, parcels: Mapping[int, Parcel], *, now: dt.datetime
) -> Mapping[int, Offer]:
    """What couriers offer to the buyer's kecamatan; nothing where all is fetched or agreed."""
    sent = [parcels[p.unit_id] for p in order.parts if p.delivery is Delivery.COURIER]
    if not sent or order.is_agreed:
        return {}
    code = order.buyer.district_code
    return shipping.quotes_of_units(parcels=sent, district_code=code, on=day_of(now))


def _quotes(asked: Mapping[int, PartAsked], offers: Mapping[int, Offer]) -> dict[int, Quote]:
    quotes, changes = {}, []
    for unit, part in asked.items():
        if part.delivery is Delivery.PICKUP:
            continue
        quote = next((q for q in offers[unit].quotes if q.service_id == part.service_id), None)
        if quote is None:
            changes.append(_no_courier(unit, offers[unit]))
        elif quote.fee != part.fee:
            changes.append(Change(ChangeKind.FEE, unit_id=unit, was=part.fee, now=quote.fee))
        else:
            quotes[unit] = quote
    if changes:
        raise OrderChanged(changes)
    return quotes


def _no_courier(unit: int, offer: Offer) -> Change:
    said = str(offer.problem.sentence) if offer.problem else _("Pilih kurir dari daftar.")
    return Change(ChangeKind.NO_COURIER, unit_id=unit, said=said)


def _part(
    asked: PartAsked,
    *,
    key: UUID,
    position: int,
    weight_g: int,
    quote: Quote | None,
    lines: list[PlannedLine],
) -> PlannedPart:
    return PlannedPart(
        id=uuid5(key, str(asked.unit_id)),
        unit_id=asked.unit_id,
        position=position,
        delivery=asked.delivery,
        service_id=quote.service_id if quote else asked.service_id,
        service=quote.label if quote else asked.service,
        days_min=quote.days_min if quote else None,
        days_max=quote.days_max if quote else None,
        fee=quote.fee if quote else asked.fee,
        weight_g=weight_g,
        promised_on=asked.promised_on,
        lines=tuple(lines),
    )


def _line(item: OrderItem, seen: Look) -> PlannedLine:
    made = is_made(item, seen.available[item.product_id])
    return PlannedLine(
        item.product_id,
        seen.goods[item.product_id].name,
        item.pieces,
        item.unit_price,
        Making.ORDER if made else Making.STOCK,
    )


def _collector(
    order: NewOrder, parts: tuple[PlannedPart, ...], *, known: Known | None, on: dt.date
) -> Collector | None:
    """The unit that takes the money of all parts; None where each is paid for at its counter."""
    if order.method is Method.AT_PICKUP:
        return None
    sums = {part.unit_id: part.goods_total + part.fee for part in parts}
    merchants = known.merchants if known else None
    collector = collector_for(method=order.method, sums=sums, merchants=merchants, on=on)
    if collector is None:
        said = _("Bengkel di pesanan ini belum menerima cara bayar itu. Pilih cara lain.")
        raise OrderRefused(said, field="method")
    return collector
