"""By which ways an order can be paid, and which unit takes the money."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from bekal.payments import queries as payments
from bekal.payments.queries import MerchantShown
from bekal.payments.rules import Method
from bekal.places import queries as places
from bekal.shop.rules import Delivery, PartAsked


@dataclass(frozen=True)
class Collector:
    """The unit that takes the money of an order, and where; a gateway knows that by itself."""

    unit_id: int
    merchant: MerchantShown | None


ASKED_OF_BUYERS = (Method.QRIS, Method.GATEWAY, Method.TRANSFER, Method.AT_PICKUP)


def methods_for(
    *,
    parts: Sequence[PartAsked],
    merchants: Mapping[int, MerchantShown] | None = None,
    on: dt.date,
) -> list[Method]:
    """The ways that are offered for these parts, the usual first. One statement, two at most.

    One less where the caller knows the `merchants` of their units already.
    """
    if merchants is None:
        merchants = payments.merchants_of(unit_ids=[part.unit_id for part in parts])
    all_fetched = all(part.delivery is Delivery.PICKUP for part in parts)
    return [
        method
        for method in ASKED_OF_BUYERS
        if (method is Method.AT_PICKUP and all_fetched)
        or (method is Method.GATEWAY and gateway_unit(on=on) is not None)
        or any(_takes(merchant, method) for merchant in merchants.values())
    ]


def collector_for(
    *,
    method: Method,
    sums: Mapping[int, int],
    merchants: Mapping[int, MerchantShown] | None = None,
    on: dt.date,
) -> Collector | None:
    """The unit that collects: it takes money this way and has the largest part (rupiah by unit).

    The lowest id breaks ties. None where no unit of the order takes money that way. One statement;
    none where the caller knows the `merchants` of the units already.
    """
    if method is Method.GATEWAY:
        unit = gateway_unit(on=on)
        return Collector(unit, None) if unit is not None else None
    if merchants is None:
        merchants = payments.merchants_of(unit_ids=list(sums))
    able = [unit for unit in sums if unit in merchants and _takes(merchants[unit], method)]
    first = min(able, key=lambda unit: (-sums[unit], unit), default=None)
    return Collector(first, merchants[first]) if first is not None else None


def gateway_unit(*, on: dt.date) -> int | None:
    """The unit whose account the gateway pays into; None where no gateway is set up."""
    if not settings.BEKAL_MIDTRANS_SERVER_KEY or not settings.BEKAL_MIDTRANS_UNIT:
        return None
    place = places.place_on(code=settings.BEKAL_MIDTRANS_UNIT, on=on)
    return place.id if place else None


def _takes(merchant: MerchantShown, method: Method) -> bool:
    if method is Method.QRIS:
        return merchant.takes_qris
    return method in {Method.TRANSFER, Method.INVOICE} and merchant.takes_transfer
