"""What a payment gateway is to us: it takes an ask, sends notices, and answers how things stand.

Talking to a gateway is network: never inside a transaction.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext as _

from bekal.foundation.refusals import Refused
from bekal.payments.queries import Ask


class Outcome(StrEnum):
    """What a gateway says of a payment; ENDED is one that was not paid and cannot be any more."""

    PAID = "paid"
    PENDING = "pending"
    ENDED = "ended"
    TAKEN_BACK = "taken_back"
    UNKNOWN = "unknown"


class Forged(Exception):
    """A notice that the gateway did not sign, or that cannot be read."""


class Unreachable(Refused):
    """The gateway did not answer, or not as it should: try again later."""

    def __init__(self) -> None:
        """Say it in the person's words."""
        super().__init__(_("Layanan pembayaran sedang tidak menjawab. Coba lagi sebentar lagi."))


class Unreadable(Unreachable):
    """The gateway answered of one payment what cannot be read; of others it may say more."""


@dataclass(frozen=True)
class GatewayStart:
    """Where the buyer goes on to pay."""

    address: str


@dataclass(frozen=True)
class Notice:
    """What a gateway says: `order` is what we called it, `transaction` its own name for it."""

    order: str
    transaction: str
    amount: int
    outcome: Outcome


class Gateway(Protocol):
    """One payment gateway, whichever it is."""

    name: str
    unit: str

    def start(self, ask: Ask, *, order: str, now: dt.datetime) -> GatewayStart:
        """Open a payment of what the ask lacks, called `order`. Raises Unreachable."""

    def read_notice(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """Read a notice that somebody sent. Raises Forged."""

    def status(self, order: str) -> Notice:
        """Ask how the payment of an order stands. Raises Unreachable, also as Unreadable."""

    def give_up(self, order: str) -> None:
        """Let an order be paid no more, where nobody has paid it yet. Raises Unreachable."""
