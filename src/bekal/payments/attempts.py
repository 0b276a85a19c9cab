"""How payments at a gateway are called, on both sides, and how they end. Pure."""

import secrets
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5


class End(StrEnum):
    """How a payment that was opened ended: its money came in, or the gateway gave it up."""

    PAID = "paid"
    UNPAID = "unpaid"


def new_order(request_id: UUID) -> str:
    """A name that no other payment of an ask has: the ask's id, a dot, and eight signs by chance.

    By chance, since a name is used up at the gateway even when its answer never reached us.
    """
    return f"{request_id}.{secrets.token_hex(4)}"


def request_of(order: str) -> UUID | None:
    """The id of the ask that a payment is called after; None for what is not called so."""
    try:
        return UUID(order.partition(".")[0])
    except ValueError:
        return None


def receipt_key(*, provider: str, transaction: str) -> UUID:
    """The id of the receipt of what a gateway calls so: the same, whoever takes it in."""
    return uuid5(NAMESPACE_URL, f"bekal:{provider}:{transaction}")
