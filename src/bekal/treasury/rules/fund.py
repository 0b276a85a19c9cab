"""Using the capital fund: asked, approved, paid with a receipt, change returned. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bekal.foundation import formats
from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused
from bekal.ledger.rules import AccountKind, Line

WHAT_LENGTH, RECEIPT_LENGTH = 200, 60


class FundRefused(Refused):
    """The fund cannot be used so; nothing was changed."""


class Purpose(StrEnum):
    """What is bought from the fund here; materials are bought where they are kept."""

    TOOL = "tool"
    REPAIR = "repair"
    SERVICE = "service"
    OTHER = "other"


PURPOSE_LABELS = {
    Purpose.TOOL: "Alat kerja",
    Purpose.REPAIR: "Perbaikan",
    Purpose.SERVICE: "Jasa",
    Purpose.OTHER: "Keperluan bengkel lain",
}


class Pays(StrEnum):
    """What the money is paid from, or comes back to."""

    CASH = "cash"
    BANK = "bank"


PAYS_LABELS = {Pays.CASH: "Kas", Pays.BANK: "Rekening bank"}
_MONEY = {Pays.CASH: AccountKind.CASH, Pays.BANK: AccountKind.BANK}


@dataclass(frozen=True)
class NewRequest:
    """What somebody wants to buy from the fund, about what it costs, for which workshop if any."""

    key: UUID
    unit_id: int
    purpose: Purpose
    what: str
    estimate: int
    workshop_id: int | None = None

    def frozen(self) -> bytes:
        """The bytes that a repeat must have too."""
        return frozen_bytes(
            {
                "unit": self.unit_id,
                "kind": self.purpose,
                "goods": self.what,
                "amount": self.estimate,
                "workshop": self.workshop_id,
            }
        )


@dataclass(frozen=True)
class NewPayment:
    """Money that was paid for an approved request, with the number of its receipt."""

    key: UUID
    unit_id: int
    request_id: UUID
    amount: int
    means: Pays
    receipt_number: str
    paid_on: dt.date

    def frozen(self) -> bytes:
        """The bytes that a repeat must have too; the picture of the receipt is no part of them."""
        return frozen_bytes(
            {
                "unit": self.unit_id,
                "request": self.request_id,
                "amount": self.amount,
                "means": self.means,
                "proof": self.receipt_number,
                "paid_on": self.paid_on,
            }
        )


@dataclass(frozen=True)
class NewChange:
    """Money of a payment that came back."""

    key: UUID
    unit_id: int
    payment_id: UUID
    amount: int
    means: Pays
    returned_on: dt.date

    def frozen(self) -> bytes:
        """The bytes that a repeat must have too."""
        return frozen_bytes(
            {
                "unit": self.unit_id,
                "payment": self.payment_id,
                "amount": self.amount,
                "means": self.means,
                "received_on": self.returned_on,
            }
        )


def check_rupiah(amount: int, *, field: str) -> None:
    """Refuse no money, and more than anybody means. Raises FundRefused."""
    if not 0 < amount <= formats.LARGEST_RUPIAH:
        most = formats.rupiah(formats.LARGEST_RUPIAH)
        raise FundRefused(f"Jumlah harus di antara Rp1 dan {most}.", field=field)


def check_held(amount: int, *, held: int) -> None:
    """Refuse to pay what the fund has not. Raises FundRefused."""
    if amount > held:
        raise FundRefused(
            f"Dana penunjang hanya {formats.rupiah(max(held, 0))}. Tunggu sampai cukup.",
            field="amount",
        )


def payment_lines(*, unit_id: int, means: Pays, amount: int) -> list[Line]:
    """The entry of a payment from the fund; with a negative amount, of money that came back."""
    return [
        Line(unit_id, AccountKind.CAPITAL, amount),
        Line(unit_id, _MONEY[means], -amount),
    ]
