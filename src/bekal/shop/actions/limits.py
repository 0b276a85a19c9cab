"""How much of a product one buyer may have, so that everybody gets some."""

import datetime as dt
import re
from collections.abc import Mapping

from django.db import connection
from django.utils.crypto import salted_hmac

from bekal.catalogue.queries import Goods
from bekal.foundation.actors import Actor
from bekal.shop.actions import statements
from bekal.shop.rules import (
    COUNTS_AS_BOUGHT,
    LIMIT_WINDOW,
    Buyer,
    Change,
    ChangeKind,
    NewOrder,
    OrderChanged,
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

    Asks nothing where no product of the order is limited. Raises OrderChanged with what is left.
    """
    limited = {pk: each.buyer_limit for pk, each in goods.items() if each.buyer_limit is not None}
    if not limited or order.is_agreed:
        return
    bought = _bought(order.buyer, list(limited), now=now)
    changes = [
        Change(
            ChangeKind.LIMIT,
            item.product_id,
            goods[item.product_id].unit_id,
            now=max(0, limited[item.product_id] - bought.get(item.product_id, 0)),
        )
        for item in order.items
        if item.product_id in limited
        and item.pieces + bought.get(item.product_id, 0) > limited[item.product_id]
    ]
    if changes:
        raise OrderChanged(changes)


def _bought(buyer: Buyer, product_ids: list[int], *, now: dt.datetime) -> dict[int, int]:
    household = household_of(buyer)
    with connection.cursor() as cursor:
        cursor.execute(statements.LOCK_BUYER, {"who": sorted({buyer.phone, household} - {""})})
        cursor.execute(
            statements.BOUGHT,
            {
                "since": now - LIMIT_WINDOW,
                "counting": [status.value for status in COUNTS_AS_BOUGHT],
                "products": product_ids,
                "phone": buyer.phone,
                "household": household,
            },
        )
        return dict(cursor.fetchall())
