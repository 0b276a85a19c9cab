"""The codes of orders, by their ids, and what else than a code one must know to read an address."""

from uuid import UUID

from bekal.shop.models import Order, OrderBuyer


def code_of(*, order_id: UUID) -> str:
    """The code of an order that is there."""
    return Order.objects.values_list("code", flat=True).get(pk=order_id)


def code_if_any(*, order_id: UUID) -> str:
    """The code of an order, or nothing where there is none."""
    return Order.objects.filter(pk=order_id).values_list("code", flat=True).first() or ""


def address_of(*, order_id: UUID, phone_end: str) -> OrderBuyer | None:
    """Who receives an order, for somebody who knows the last four digits of the phone."""
    buyer = OrderBuyer.objects.filter(order_id=order_id, erased_at__isnull=True).first()
    digits = "".join(sign for sign in phone_end if sign.isdigit())
    if buyer is None or len(digits) != 4 or not buyer.phone.endswith(digits):  # noqa: PLR2004
        return None
    return buyer
