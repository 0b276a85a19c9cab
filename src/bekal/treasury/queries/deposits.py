"""The deposits of a unit, as lists and one by one."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from bekal.foundation.clock import Period
from bekal.treasury.models import Deposit, DepositPayment, DepositProof
from bekal.treasury.rules import DepositState


class Stage(StrEnum):
    """Where a deposit stands for people; the values stand in addresses."""

    OPEN = "menunggu"
    EXPIRED = "habis"
    PAID = "dibayar"
    CANCELLED = "batal"


STAGE_LABELS = {
    Stage.OPEN: "Menunggu dibayar",
    Stage.EXPIRED: "Kode habis",
    Stage.PAID: "Dibayar",
    Stage.CANCELLED: "Dibatalkan",
}
_KINDS = {
    Stage.OPEN: "info",
    Stage.EXPIRED: "bad",
    Stage.PAID: "ok",
    Stage.CANCELLED: "neutral",
}


class DepositSort(StrEnum):
    """The order of the list; the values stand in addresses."""

    NEWEST = "terbaru"
    OLDEST = "terlama"
    LARGEST = "terbesar"


_ORDERS = {
    DepositSort.NEWEST: ("-billed_at", "-id"),
    DepositSort.OLDEST: ("billed_at", "id"),
    DepositSort.LARGEST: ("-amount", "-billed_at", "-id"),
}


@dataclass(frozen=True)
class DepositFilters:
    """What a person narrows the deposits by; `text` is the start of a code or an NTPN."""

    stage: Stage | None = None
    text: str = ""
    sort: DepositSort = DepositSort.NEWEST

    @property
    def is_narrowed(self) -> bool:
        """Whether some may be left out."""
        return bool(self.stage or self.text)


ALL_DEPOSITS = DepositFilters()


def stage_of(deposit: Deposit, *, now: dt.datetime) -> Stage:
    """Where a deposit stands at an instant."""
    if deposit.state == DepositState.PAID:
        return Stage.PAID
    if deposit.state == DepositState.CANCELLED:
        return Stage.CANCELLED
    return Stage.EXPIRED if deposit.expires_at <= now else Stage.OPEN


def stage_kind(stage: Stage) -> str:
    """The colour of a stage, as ui's tags name it."""
    return _KINDS[stage]


def deposits_of(
    *, unit_id: int, now: dt.datetime, filters: DepositFilters = ALL_DEPOSITS
) -> QuerySet[Deposit]:
    """A unit's deposits with their payments, in the order that was asked for."""
    billed = Q(state=DepositState.BILLED)
    stages: Mapping[Stage | None, Q] = {
        None: Q(),
        Stage.OPEN: billed & Q(expires_at__gt=now),
        Stage.EXPIRED: billed & Q(expires_at__lte=now),
        Stage.PAID: Q(state=DepositState.PAID),
        Stage.CANCELLED: Q(state=DepositState.CANCELLED),
    }
    found = Deposit.objects.filter(stages[filters.stage], unit_id=unit_id)
    if filters.text:
        found = found.filter(
            Q(billing_code__startswith=filters.text) | Q(payment__ntpn__startswith=filters.text)
        )
    return found.select_related("payment").order_by(*_ORDERS[filters.sort])


def deposit_of(*, unit_id: int, deposit_id: UUID) -> Deposit | None:
    """One deposit of a unit with what became of it, or None; one statement."""
    found = Deposit.objects.filter(unit_id=unit_id, pk=deposit_id)
    return found.select_related("payment", "call").first()


def payment_of(deposit: Deposit) -> DepositPayment | None:
    """The payment of a deposit that was asked for with it, if it has one."""
    return getattr(deposit, "payment", None)


def proofs_of(*, deposit_id: UUID) -> QuerySet[DepositProof]:
    """The papers of a deposit without their bytes, newest first."""
    return DepositProof.objects.filter(deposit_id=deposit_id).defer("content").order_by("-id")


def proof_of(*, unit_id: int, proof_id: int) -> DepositProof | None:
    """A paper of a unit's deposit with its bytes, or None."""
    return DepositProof.objects.filter(pk=proof_id, deposit__unit_id=unit_id).first()


def paid_behind(
    *, unit_ids: Collection[int], period: Period, until: dt.datetime
) -> list[DepositPayment]:
    """Payments, known at an instant, by which units may have deposited the PNBP of some days.

    The oldest is deposited first: what was paid before these days, or began after them, is not
    theirs. One statement.
    """
    found = DepositPayment.objects.filter(
        deposit__unit_id__in=list(unit_ids),
        paid_on__gte=period.first,
        oldest_on__lte=period.last,
        paid_at__lte=until,
    )
    return list(found.select_related("deposit").order_by("paid_on", "paid_at", "id"))


def papers_behind(*, paid: Collection[DepositPayment], until: dt.datetime) -> list[DepositProof]:
    """The papers of deposits that were there at an instant, without their bytes; one statement."""
    deposits = [each.deposit_id for each in paid]
    found = DepositProof.objects.filter(deposit_id__in=deposits, added_at__lte=until)
    return list(found.select_related("deposit__payment").defer("content").order_by("id"))


def content_of(*, proof_id: int) -> bytes:
    """The bytes of a paper; one statement."""
    return bytes(DepositProof.objects.values_list("content", flat=True).get(pk=proof_id))


def code_is_used(*, code: str) -> bool:
    """Whether a deposit of any unit stands on a billing code."""
    standing = Deposit.objects.exclude(state=DepositState.CANCELLED)
    return standing.filter(billing_code=code).exists()


def ntpn_is_used(*, ntpn: str) -> bool:
    """Whether a deposit of any unit has this NTPN."""
    return DepositPayment.objects.filter(ntpn=ntpn).exists()
