"""When premi is paid, and from where. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bekal.foundation.messages import frozen_bytes
from bekal.foundation.refusals import Refused
from bekal.ledger.rules import AccountKind
from bekal.treasury.rules.premi_terms import NUMBER_LENGTH

REASON_LENGTH = 200


class RunKind(StrEnum):
    """How often premi is paid; `LEAVING` pays one maker, who has left the unit."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    HARVEST = "harvest"
    LEAVING = "leaving"


RUN_LABELS = {
    RunKind.WEEKLY: "Mingguan",
    RunKind.MONTHLY: "Bulanan",
    RunKind.HARVEST: "Setiap panen",
    RunKind.LEAVING: "Saat pulang atau pindah",
}


class MoneyIn(StrEnum):
    """Where the money is that is paid out."""

    CASH = "cash"
    BANK = "bank"


MONEY_LABELS = {MoneyIn.CASH: "Kas", MoneyIn.BANK: "Rekening bank"}
MONEY_ACCOUNTS = {MoneyIn.CASH: AccountKind.CASH, MoneyIn.BANK: AccountKind.BANK}


class RunState(StrEnum):
    """Where a run stands; the values stand on the page and in the address."""

    PREPARED = "menunggu persetujuan"
    APPROVED = "menunggu pembayaran"
    PAID = "dibayar"
    CANCELLED = "dibatalkan"


class PremiRefused(Refused):
    """What cannot be done to a payment of premi."""


@dataclass(frozen=True)
class NewRun:
    """A run as it arrives: all premi that was earned up to `last` and stands in no other run.

    `first` says which period the unit calls it. With a `maker` it is theirs alone.
    """

    key: UUID
    unit_id: int
    kind: RunKind
    first: dt.date
    last: dt.date
    maker: str = ""

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        return frozen_bytes({key: value for key, value in vars(self).items() if value != ""})


@dataclass(frozen=True)
class NewSavingsPayment:
    """Savings of a maker, paid out at release; `proof` says by what means, with its number."""

    key: UUID
    unit_id: int
    maker: str
    money: MoneyIn
    proof: str

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        return frozen_bytes(vars(self))


def run_number(number: int) -> str:
    """The number of a run as people call it: "PR-007"."""
    return f"PR-{number:03d}"


def state_of(
    *,
    approved_at: dt.datetime | None,
    paid_at: dt.datetime | None,
    cancelled_at: dt.datetime | None,
) -> RunState:
    """Where a run stands."""
    if cancelled_at is not None:
        return RunState.CANCELLED
    if paid_at is not None:
        return RunState.PAID
    return RunState.PREPARED if approved_at is None else RunState.APPROVED


def check_period(first: dt.date, last: dt.date, *, today: dt.date) -> None:
    """Refuse a period that is none, or not over. Raises PremiRefused with the field."""
    if last < first:
        raise PremiRefused("Hari terakhir tidak bisa sebelum hari pertama.", field="last")
    if last > today:
        raise PremiRefused("Tanggal ini belum tiba.", field="last")


def check_kind(new: NewRun) -> None:
    """Refuse a run at leaving that is nobody's, or another kind that is. Raises PremiRefused."""
    if (new.kind is RunKind.LEAVING) != bool(new.maker):
        raise PremiRefused("Pilih seberapa sering premi ini dibayarkan.", field="kind")


def check_proof(proof: str) -> str:
    """The means and the number of a payment. Raises PremiRefused with the field."""
    text = " ".join(proof.split())
    if not text:
        raise PremiRefused("Isi cara dan nomor buktinya, misalnya kuitansi 12/2026.", field="proof")
    if len(text) > NUMBER_LENGTH:
        raise PremiRefused(f"Paling panjang {NUMBER_LENGTH} huruf.", field="proof")
    return text


def check_reason(reason: str) -> str:
    """Why a run is cancelled. Raises PremiRefused with the field."""
    text = " ".join(reason.split())
    if not text:
        raise PremiRefused("Isi alasannya.", field="reason")
    if len(text) > REASON_LENGTH:
        raise PremiRefused(f"Paling panjang {REASON_LENGTH} huruf.", field="reason")
    return text


def check_persons(*, by: str, prepared_by: str, approved_by: str = "") -> None:
    """Refuse that one person does two of the three steps. Raises PremiRefused."""
    if by == prepared_by:
        raise PremiRefused("Yang menyiapkan tidak bisa menyetujui atau membayar. Minta orang lain.")
    if approved_by and by == approved_by:
        raise PremiRefused("Yang menyetujui tidak bisa membayar. Minta bendahara yang lain.")
