"""What became of pieces between an order by message and its confirmation."""

from collections.abc import Collection
from uuid import UUID

from bekal.shop.models import Amendment
from bekal.shop.rules import Amended


def amended_in(*, order_ids: Collection[UUID]) -> dict[UUID, tuple[Amended, ...]]:
    """What was amended in these orders, by order, where anything was; one statement.

    Asks nothing where no order is named.
    """
    found: dict[UUID, tuple[Amended, ...]] = {}
    rows = Amendment.objects.filter(part__order_id__in=list(order_ids)).order_by("id")
    for row in rows.select_related("part") if order_ids else ():
        told = Amended(row.product_id, row.name, row.was, row.pieces)
        order_id = row.part.order_id
        found[order_id] = (*found.get(order_id, ()), told)
    return found
