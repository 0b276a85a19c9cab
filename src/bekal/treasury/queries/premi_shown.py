"""Premi as pages show it: what waits and why, what makers have, and how one amount came about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from bekal.ledger import queries as ledger
from bekal.ledger.rules import AccountKind
from bekal.production import queries as production
from bekal.treasury.models import PremiEarning, PremiRunLine, SavingsPayment
from bekal.treasury.queries.premi_waiting import WaitingLine, made_of, waiting_lines
from bekal.treasury.rules.overpaid import SOURCE, is_settlement
from bekal.treasury.rules.premi import Made, take
from bekal.treasury.rules.premi_terms import is_correction


class WhyWaiting(StrEnum):
    """Why a line is not divided; the values stand on the page."""

    READY = "siap dibagi"
    NO_BATCH = "belum ada catatan produksi"
    TOO_FEW = "catatan produksi sampai hari penjualan belum cukup"


@dataclass(frozen=True)
class Waiting:
    """A line of a receipt that is not divided, and why."""

    line: WaitingLine
    why: WhyWaiting


@dataclass(frozen=True)
class WaitingSum:
    """Lines that wait for one reason."""

    why: WhyWaiting
    lines: int
    premi: int


@dataclass(frozen=True)
class MakerStanding:
    """What a unit owes a maker: not paid, of that in no run, and saved."""

    maker: str
    unpaid: int
    saved: int


def waiting_premi(*, unit_id: int) -> list[Waiting]:
    """Every line whose premi waits, the oldest sale first, with the reason; three statements."""
    lines = [line for line in waiting_lines(unit_id=unit_id) if line.premi]
    products = {line.product_id for line in lines}
    batches = production.batches_with_shares(unit_id=unit_id, product_ids=products)
    made = made_of(batches)
    return [Waiting(line, _why(line, made.get(line.product_id, []))) for line in lines]


def summed_up(waiting: Sequence[Waiting]) -> list[WaitingSum]:
    """How much waits for each reason; asks nothing."""
    found = []
    for why in WhyWaiting:
        lines = [one.line for one in waiting if one.why is why]
        if lines:
            found.append(WaitingSum(why, len(lines), sum(line.premi for line in lines)))
    return found


def _why(line: WaitingLine, made: Sequence[Made]) -> WhyWaiting:
    if take(made, pieces=line.pieces, sold_on=line.sold_on):
        return WhyWaiting.READY
    return WhyWaiting.TOO_FEW if made else WhyWaiting.NO_BATCH


def maker_standings(*, unit_id: int) -> list[MakerStanding]:
    """What a unit owes each maker, by code; one statement."""
    sums: dict[str, dict[AccountKind, int]] = {}
    for one in ledger.owed_to_makers(unit_id=unit_id):
        sums.setdefault(one.maker, {})[one.account] = one.amount
    return [
        MakerStanding(
            maker, held.get(AccountKind.PREMI_PAYABLE, 0), held.get(AccountKind.PREMI_SAVED, 0)
        )
        for maker, held in sorted(sums.items())
    ]


def maker_standing(*, unit_id: int, maker: str) -> MakerStanding:
    """What a unit owes one maker; one statement."""
    held = {one.account: one for one in ledger.owed_to_makers(unit_id=unit_id, makers=[maker])}
    unpaid, saved = held.get(AccountKind.PREMI_PAYABLE), held.get(AccountKind.PREMI_SAVED)
    return MakerStanding(maker, unpaid.amount if unpaid else 0, saved.amount if saved else 0)


def claims_elsewhere(*, unit_id: int, maker: str) -> dict[int, int]:
    """What other units owe a maker, saved or not, by unit; one statement."""
    sums: dict[int, int] = {}
    for one in ledger.owed_to_makers(makers=[maker]):
        if one.unit_id != unit_id:
            sums[one.unit_id] = sums.get(one.unit_id, 0) + one.amount
    return sums


def earnings_of(*, unit_id: int, maker: str) -> QuerySet[PremiEarning]:
    """What a maker earned in a unit, the latest first, each with its line, act and run."""
    found = PremiEarning.objects.filter(unit_id=unit_id, maker_id=maker)
    joined = found.select_related("line__sale_line__sale", "allocation__agreement", "run")
    return joined.order_by("-earned_on", "-id")


def earning_of(*, unit_id: int, earning_id: int) -> PremiEarning | None:
    """One of a unit, joined as `earnings_of`, or None."""
    found = PremiEarning.objects.filter(unit_id=unit_id, pk=earning_id)
    return found.select_related(
        "line__sale_line__sale", "line__refund_line__refund", "allocation__agreement", "run"
    ).first()


def paid_to(*, unit_id: int, maker: str) -> list[PremiRunLine]:
    """What runs of a unit paid to a maker, the latest first; one statement."""
    found = PremiRunLine.objects.filter(maker_id=maker, run__unit_id=unit_id)
    paid = found.filter(run__paid_at__isnull=False).select_related("run")
    return list(paid.order_by("-run__paid_at"))


def savings_paid_to(*, unit_id: int, maker: str) -> list[SavingsPayment]:
    """Savings that a unit paid out to a maker, the latest first; one statement."""
    found = SavingsPayment.objects.filter(unit_id=unit_id, maker_id=maker)
    return list(found.order_by("-paid_at"))


def makers_of_line(*, line_id: int, batch: UUID) -> list[tuple[str, int, int]]:
    """(maker, minutes, rupiah) of everybody who has a part of a batch in a line, by code."""
    found = PremiEarning.objects.filter(line_id=line_id, batch=batch).order_by("maker_id")
    return list(found.values_list("maker_id", "minutes", "amount"))


def thing_of(earning: PremiEarning) -> str:
    """What an earning is for, in words."""
    if is_settlement(earning.source):
        return "Kelebihan bayar diselesaikan"
    agreement = earning.allocation.agreement
    if agreement is not None:
        what = "catatan produksi" if earning.batch else "hari bertugas"
        corrects = is_correction(earning.source)
        return f"{agreement.name}, koreksi {what}" if corrects else agreement.name
    assert earning.line is not None
    line = earning.line.sale_line
    text = f"{abs(earning.pieces)} x {line.name}"
    return f"{text}, barang kembali" if earning.line.refund_line_id else text


def oldest_open(*, unit_id: int) -> dt.date | None:
    """The day since which a unit owes premi that stands in no run, or None; one statement."""
    found = PremiEarning.objects.filter(unit_id=unit_id, run__isnull=True, amount__gt=0)
    found = found.exclude(source__startswith=f"{SOURCE}:")
    return found.order_by("earned_on").values_list("earned_on", flat=True).first()
