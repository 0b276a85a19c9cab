"""How much of a product one buyer may have, so that everybody gets some."""

import datetime as dt
import re
from collections.abc import Mapping

from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from bekal.catalogue.queries import Goods
from bekal.foundation.actors import Actor
from bekal.payments.rules import Method
from bekal.shop.actions import statements
from bekal.shop.queries import bought_of_late, over_limit
from bekal.shop.rules import (
    MOST_TO_FETCH,
    Buyer,
    NewOrder,
    OrderChanged,
    OrderChannel,
    OrderRefused,
)


def household_of(buyer: Buyer) -> str:
    """What is kept of a door, to know it again: a keyed digest of kecamatan and street.

    Case, blanks and signs do not make another door. Empty where nothing is sent.
    """
    if not buyer.address.strip():
        return ""
    plain = re.sub(r"[\W_]+", "", buyer.address).lower()
    said = f"{buyer.district_code}:{plain}"
    return salted_hmac("bekal.household", said, algorithm="sha256").hexdigest()[:32]


def check_limits(
    order: NewOrder, goods: Mapping[int, Goods], *, by: Actor, now: dt.datetime
) -> None:
    """Refuse more of limited goods than a number or a door may have in thirty days.

    And more orders that wait to be fetched and paid than a number may have. Asks nothing where
    neither can be. Raises OrderChanged with what is left, OrderRefused at the way to pay.
    """
    if order.method is Method.AT_PICKUP and order.channel is OrderChannel.WEB:
        _check_fetched(order.buyer)
    limits = {pk: each for pk, each in goods.items() if each.buyer_limit is not None}
    if not limits or order.is_agreed:
        return
    household = household_of(order.buyer)
    _lock(order.buyer.phone, household)
    had = bought_of_late(goods=limits, phone=order.buyer.phone, household=household, now=now)
    found = [
        over_limit(item, limits[item.product_id], had=had.get(item.product_id, 0))
        for item in order.items
        if item.product_id in limits
    ]
    changes = [change for change in found if change is not None]
    if changes:
        raise OrderChanged(changes)


def _check_fetched(buyer: Buyer) -> None:
    _lock(buyer.phone)
    with connection.cursor() as cursor:
        cursor.execute(statements.TO_FETCH, {"phone": buyer.phone})
        (waiting,) = cursor.fetchone()
    if waiting >= MOST_TO_FETCH:
        said = _(
            "Nomor ini sudah punya %(most)s pesanan yang dibayar saat diambil. Ambil dulu salah "
            "satunya, atau pilih cara bayar lain."
        )
        raise OrderRefused(said % {"most": MOST_TO_FETCH}, field="method")


def _lock(*who: str) -> None:
    """Let nobody else order with this number, or for this door, before this is written."""
    with connection.cursor() as cursor:
        cursor.execute(statements.LOCK_BUYER, {"who": sorted({*who} - {""})})
