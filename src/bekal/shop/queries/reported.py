"""Problems as their buyer and their unit see them: what was reported, and all that followed."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, Sum

from bekal.foundation.actors import Actor
from bekal.payments.rules import Method
from bekal.shop.models import (
    Answer,
    AnswerLine,
    GoodsBackLine,
    Order,
    OrderLine,
    Problem,
    ProblemLine,
)
from bekal.shop.rules import (
    STATE_LABELS,
    Fault,
    OrderStatus,
    ProblemState,
    Verdict,
    WhereGoods,
    state_of,
)


@dataclass(frozen=True)
class ProblemPiece:
    """A line of a problem: pieces reported, taken back, and what became of those; None until known.

    `unit_price` is rupiah for one piece.
    """

    line_id: int
    name: str
    unit_price: int
    reported: int
    taken: int
    to_stock: int | None
    written_off: int | None

    @property
    def gross(self) -> int:
        """What the reported pieces cost."""
        return self.reported * self.unit_price


@dataclass(frozen=True)
class ProblemShown:
    """A problem and how it stands. Money in rupiah; `goods` and `shipping` are what goes back."""

    id: UUID
    order_id: UUID
    order_code: str
    part_id: UUID
    unit_id: int
    fault: Fault
    state: ProblemState
    reported_at: dt.datetime
    reported_by: str
    pieces: tuple[ProblemPiece, ...]
    text: str
    has_photo: bool
    reason: str
    where: WhereGoods | None
    goods: int
    shipping: int
    goods_reason: str
    is_unpaid_invoice: bool
    is_sample: bool
    answered_at: dt.datetime | None
    answered_by: str
    settled_at: dt.datetime | None
    settled_by: str
    refunded_at: dt.datetime | None
    refunded_by: str
    paid_at: dt.datetime | None
    paid_by: str
    fee: int

    @property
    def amount(self) -> int:
        """What goes back in all."""
        return self.goods + self.shipping

    @property
    def asked(self) -> int:
        """What all reported pieces cost."""
        return sum(piece.gross for piece in self.pieces)

    @property
    def is_off_invoice(self) -> bool:
        """Whether what goes back is taken off an invoice that nobody has paid, and not paid out."""
        is_near = self.is_unpaid_invoice and self.refunded_at is None
        return is_near or self.state is ProblemState.CREDITED

    @property
    def label(self) -> str:
        """How it stands, in words."""
        return str(STATE_LABELS[self.state])


def problems_of_parts(*, part_ids: Collection[UUID]) -> dict[UUID, list[ProblemShown]]:
    """The problems of parts, by part, the newest first. At most five statements."""
    if not part_ids:
        return {}
    found: dict[UUID, list[ProblemShown]] = {}
    for problem in shown_problems(all_problems().filter(part_id__in=list(part_ids))):
        found.setdefault(problem.part_id, []).append(problem)
    return found


def problem_of_unit(*, unit_id: int, problem_id: UUID) -> ProblemShown | None:
    """A problem with a part of this unit; None when it has none with this id."""
    found = all_problems().filter(part__unit_id=unit_id, pk=problem_id)
    return next(iter(shown_problems(found)), None)


def count_to_refund(*, unit_id: int, by: Actor) -> int:
    """How many accepted problems of a unit wait for this person to give their money back.

    Whoever accepted one cannot.
    """
    waiting = Answer.objects.filter(
        problem__part__unit_id=unit_id,
        verdict=Verdict.ACCEPTED.value,
        goods__isnull=False,
        refund__isnull=True,
    )
    return waiting.exclude(answered_by=str(by)).count()


def photo_of(*, unit_id: int, problem_id: UUID) -> bytes | None:
    """The picture that came with a problem of a unit, as WebP; None when none did."""
    found = Problem.objects.filter(pk=problem_id, part__unit_id=unit_id)
    content = found.values_list("said__photo", flat=True).first()
    return bytes(content) if content else None


def shipping_left(*, problem: ProblemShown) -> int:
    """Rupiah of shipping of a problem's part that no answer has given back yet."""
    given = Answer.objects.filter(problem__part_id=problem.part_id)
    return problem.fee - int(given.aggregate(n=Sum("shipping", default=0))["n"])


def all_problems() -> QuerySet[Problem]:
    """Problems with all that followed, the newest first, to be narrowed and shown."""
    lines = Prefetch("lines", ProblemLine.objects.select_related("line").order_by("line_id"))
    taken = Prefetch("answer__lines", AnswerLine.objects.all())
    goods = Prefetch("answer__goods__lines", GoodsBackLine.objects.all())
    return (
        Problem.objects.select_related(
            "part__order", "said", "answer__goods", "answer__refund__paid"
        )
        .defer("said__photo")
        .prefetch_related(lines, taken, goods)
        .order_by("-reported_at", "id")
    )


def shown_problems(problems: QuerySet[Problem]) -> list[ProblemShown]:
    """A stretch of `all_problems` as they are shown. At most four statements."""
    told = problems.annotate(has_photo=Q(said__photo__isnull=False))
    return [_problem(problem, has_photo=problem.has_photo) for problem in told]


def _problem(problem: Problem, *, has_photo: bool) -> ProblemShown:
    answer: Answer | None = getattr(problem, "answer", None)
    pieces = _pieces(problem.lines.all(), answer)
    said = getattr(problem, "said", None)
    return ProblemShown(
        id=problem.id,
        order_id=problem.part.order_id,
        order_code=problem.part.order.code,
        part_id=problem.part_id,
        unit_id=problem.part.unit_id,
        fault=Fault(problem.fault),
        reported_at=problem.reported_at,
        reported_by=problem.reported_by,
        pieces=pieces,
        text=said.text if said else "",
        has_photo=has_photo,
        goods=sum(piece.taken * piece.unit_price for piece in pieces),
        fee=problem.part.fee,
        is_unpaid_invoice=_is_unpaid_invoice(problem.part.order),
        is_sample=problem.part.order.is_sample,
        **_what_followed(answer),
    )


def _is_unpaid_invoice(order: Order) -> bool:
    """Whether what comes back of it makes its invoice smaller, and is not paid out."""
    return order.method == Method.INVOICE.value and order.status == OrderStatus.PLACED.value


def _what_followed(answer: Answer | None) -> dict[str, Any]:
    """What the unit made of a problem, as fields of ProblemShown."""
    goods = getattr(answer, "goods", None)
    refund = getattr(answer, "refund", None)
    paid = getattr(refund, "paid", None)
    state = state_of(
        verdict=Verdict(answer.verdict) if answer else None,
        are_goods_settled=goods is not None,
        is_refunded=refund is not None,
        is_credited=refund is not None and refund.is_credited,
        is_paid=paid is not None,
    )
    return {
        "state": state,
        "reason": answer.reason if answer else "",
        "where": WhereGoods(answer.where) if answer and answer.where else None,
        "shipping": answer.shipping if answer else 0,
        "answered_at": answer.answered_at if answer else None,
        "answered_by": answer.answered_by if answer else "",
        "goods_reason": goods.reason if goods else "",
        "settled_at": goods.settled_at if goods else None,
        "settled_by": goods.settled_by if goods else "",
        "refunded_at": refund.refunded_at if refund else None,
        "refunded_by": refund.refunded_by if refund else "",
        "paid_at": paid.paid_at if paid else None,
        "paid_by": paid.paid_by if paid else "",
    }


def _pieces(lines: Iterable[ProblemLine], answer: Answer | None) -> tuple[ProblemPiece, ...]:
    taken = {line.line_id: line.pieces for line in answer.lines.all()} if answer else {}
    goods = getattr(answer, "goods", None)
    settled = {line.line_id: line for line in goods.lines.all()} if goods else {}
    found = []
    for each in lines:
        line: OrderLine = each.line
        after = settled.get(line.pk)
        found.append(
            ProblemPiece(
                line_id=line.pk,
                name=line.name,
                unit_price=line.unit_price,
                reported=each.pieces,
                taken=taken.get(line.pk, 0),
                to_stock=after.to_stock if after else None,
                written_off=after.written_off if after else None,
            )
        )
    return tuple(found)
