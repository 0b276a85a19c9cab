"""The codes of orders, by their ids."""

from uuid import UUID

from bekal.shop.models import Order


def code_of(*, order_id: UUID) -> str:
    """The code of an order that is there."""
    return Order.objects.values_list("code", flat=True).get(pk=order_id)


def code_if_any(*, order_id: UUID) -> str:
    """The code of an order, or nothing where there is none."""
    return Order.objects.filter(pk=order_id).values_list("code", flat=True).first() or ""
