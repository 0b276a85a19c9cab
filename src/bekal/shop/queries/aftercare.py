"""What a buyer may do with each part of an order now, and what became of what they reported."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F

from bekal.catalogue import queries as catalogue
from bekal.catalogue.rules import Making
from bekal.foundation.clock import local_day
from bekal.payments import queries as payments
from bekal.payments.rules import about_of, surplus_of
from bekal.shop.models import OrderLine, Payee, ProblemLine
from bekal.shop.queries.orders import BoughtPart, OrderShown
from bekal.shop.queries.reported import ProblemShown, problems_of_parts
from bekal.shop.rules import (
    GONE,
    GoodsKind,
    OrderStatus,
    PartStatus,
    ProblemState,
    Verdict,
    last_day,
)

_GOES_BACK = frozenset({ProblemState.OWED, ProblemState.PAID, ProblemState.CREDITED})
_PAYEE_PATHS = {
    "order": "order_id",
    "part": "order__parts",
    "problem": "order__parts__problems",
}
_UNPAID = frozenset({OrderStatus.DRAFT, OrderStatus.WAITING})
_END = 3
"""So many digits of an account let its holder know it, and nobody else use it."""


@dataclass(frozen=True)
class CareLine:
    """A line that a buyer may report: how many pieces no other report has taken."""

    id: int
    product_id: int
    name: str
    pieces: int
    left: int
    kind: GoodsKind


@dataclass(frozen=True)
class PartCare:
    """What a buyer may do with a part; `until` is the last day to report something.

    `is_refunded` once the money of all its pieces goes back.
    """

    part: BoughtPart
    problems: tuple[ProblemShown, ...]
    is_refunded: bool
    may_receive: bool
    may_report: bool
    may_review: bool
    until: dt.date | None


def care_of(order: OrderShown, *, now: dt.datetime) -> dict[UUID, PartCare]:
    """What may be done with each part of an order, by part.

    No statement before something was sent, at most seven after.
    """
    ids = [part.id for part in order.parts if _has_past(part)]
    problems = _called(order, problems_of_parts(part_ids=ids))
    lines = lines_of_parts(part_ids=ids)
    return {
        part.id: _care(part, problems.get(part.id, []), lines.get(part.id, []), now=now)
        for part in order.parts
    }


def _called(
    order: OrderShown, problems: Mapping[UUID, list[ProblemShown]]
) -> Mapping[UUID, list[ProblemShown]]:
    """Problems with their goods called as the order calls them."""
    if not order.english:
        return problems
    return {part: [_in_words_of(order, each) for each in own] for part, own in problems.items()}


def _in_words_of(order: OrderShown, problem: ProblemShown) -> ProblemShown:
    pieces = tuple(replace(piece, name=order.called(piece.name)) for piece in problem.pieces)
    return replace(problem, pieces=pieces)


def _has_past(part: BoughtPart) -> bool:
    """Whether something may have been reported: it left, or was paid for and never will."""
    return part.status in GONE or (part.status is PartStatus.CANCELLED and part.is_paid)


def lines_of_parts(*, part_ids: Sequence[UUID]) -> dict[UUID, list[CareLine]]:
    """The lines of parts with what may still be reported of each. At most three statements."""
    if not part_ids:
        return {}
    lines = list(OrderLine.objects.filter(part_id__in=part_ids).order_by("id"))
    food = catalogue.food_among(product_ids={line.product_id for line in lines})
    taken: dict[int, int] = {}
    reported = ProblemLine.objects.filter(line__in=lines).exclude(
        problem__answer__verdict__in=[Verdict.REFUSED.value, Verdict.WITHDRAWN.value]
    )
    for line_id, pieces in reported.values_list("line_id", "pieces"):
        taken[line_id] = taken.get(line_id, 0) + pieces
    found: dict[UUID, list[CareLine]] = {}
    for line in lines:
        left = line.pieces - taken.get(line.pk, 0)
        told = CareLine(line.pk, line.product_id, line.name, line.pieces, left, _kind(line, food))
        found.setdefault(line.part_id, []).append(told)
    return found


def _kind(line: OrderLine, food: frozenset[int]) -> GoodsKind:
    if line.product_id in food:
        return GoodsKind.FOOD
    return GoodsKind.MADE if line.making == Making.ORDER else GoodsKind.STOCK


def _care(
    part: BoughtPart, problems: list[ProblemShown], lines: list[CareLine], *, now: dt.datetime
) -> PartCare:
    is_there = part.status is PartStatus.DELIVERED
    is_under_way = part.status is PartStatus.SENT
    left = [line.kind for line in lines if line.left]
    received_on = local_day(part.steps[-1].at, part.zone) if is_there else None
    until = last_day(kinds=left, received_on=received_on) if received_on else None
    is_refunded = _is_refunded(problems, lines)
    may_report = bool(left) and (is_under_way or (until is not None and _today(part, now) <= until))
    return PartCare(
        part=part,
        problems=tuple(problems),
        is_refunded=is_refunded,
        may_receive=is_under_way and not is_refunded,
        may_report=part.is_paid and may_report,
        may_review=is_there,
        until=until,
    )


def _is_refunded(problems: Iterable[ProblemShown], lines: Iterable[CareLine]) -> bool:
    """Whether the money of every piece of a part is owed to its buyer, or was paid."""
    back = sum(
        piece.taken for each in problems if each.state in _GOES_BACK for piece in each.pieces
    )
    return 0 < sum(line.pieces for line in lines) == back


def _today(part: BoughtPart, now: dt.datetime) -> dt.date:
    return local_day(now, part.zone)


@dataclass(frozen=True)
class PayeeShown:
    """So much of where money goes back to as the code of an order may tell."""

    bank: str
    account_end: str


@dataclass(frozen=True)
class PayBack:
    """That something is owed to a buyer, and where it goes; None while nobody knows."""

    payee: PayeeShown | None


def pay_back_of(order: OrderShown, *, care: Mapping[UUID, PartCare]) -> PayBack | None:
    """What is still to be paid back to the buyer, or will be; None for nothing.

    At most two statements.
    """
    if order.status in _UNPAID:
        return None
    problems = [problem for cared in care.values() for problem in cared.problems]
    asked = [f"order:{order.id}", *(f"part:{part.id}" for part in order.parts)]
    subjects = [*asked, *map(surplus_of, asked)]
    subjects += [f"problem:{each.id}" for each in problems if each.state is ProblemState.OWED]
    is_near = any(
        each.state is ProblemState.TO_REFUND and not each.is_off_invoice for each in problems
    )
    debts = payments.debts_about(subjects=subjects)
    if not is_near and all(debt.paid_on is not None for debt in debts):
        return None
    payee = Payee.objects.filter(order_id=order.id).first()
    return PayBack(PayeeShown(payee.bank, payee.account[-_END:]) if payee else None)


def payee_of(*, subject: str) -> str:
    """Where the buyer of a subject wants money back to, in a line; nothing when it is not known."""
    return payees_of(subjects=[subject]).get(subject, "")


def payees_of(*, subjects: Collection[str]) -> dict[str, str]:
    """The same for many subjects, those that are known alone; a statement for each kind of them.

    For the treasurer who pays; payments asks by BEKAL_PAYEES.
    """
    keys: dict[str, list[str]] = {}
    abouts = {subject: about_of(subject) for subject in subjects}
    for about in abouts.values():
        kind, _, key = about.partition(":")
        keys.setdefault(kind, []).append(key)
    found: dict[str, str] = {}
    for kind, path in _PAYEE_PATHS.items():
        if kind in keys:
            payees = Payee.objects.annotate(about=F(path)).filter(about__in=keys[kind])
            for payee in payees:
                told = f"{payee.bank} {payee.account}, a.n. {payee.holder}"
                found[f"{kind}:{payee.about}"] = told
    return {subject: found[about] for subject, about in abouts.items() if about in found}
