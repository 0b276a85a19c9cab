"""Buyers report problems, units answer them, and the goods are settled. Each step once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.private import sealed
from bekal.shop.actions.problem_room import (
    check_windows,
    left_of,
    open_problems,
    shipping_left_of,
)
from bekal.shop.actions.settling import lock_goods, settle
from bekal.shop.models import (
    Answer,
    AnswerLine,
    GoodsBack,
    OrderPart,
    Payee,
    Problem,
    ProblemLine,
    ProblemText,
)
from bekal.shop.rules import (
    FAULT_LABELS,
    Fault,
    NewAnswer,
    NewProblem,
    ProblemRefused,
    Settled,
    Verdict,
    at_once,
    check_answer,
    check_goods,
    check_problem,
    read_payee,
)

REPORT = "shop.report_problem"


@dataclass(frozen=True)
class NewPayee:
    """Where a buyer wants money back to."""

    bank: str
    account: str
    holder: str


@transaction.atomic
def report_problem(*, problem: NewProblem, by: Actor, now: dt.datetime) -> UUID:
    """Write down what a buyer says is wrong with a part; its id is the key.

    The same again changes nothing. Raises ProblemRefused (with the field) outside the return rule
    and for pieces that are not there, KeyReused for the same key with other content.
    """
    part = OrderPart.objects.select_for_update().filter(pk=problem.part_id).first()
    message = sealed(problem.frozen())
    if claim_message(key=problem.key, door=REPORT, body=message, by=by, now=now) is not None:
        return problem.key
    if part is None or part.sale_id is None:
        raise ProblemRefused(_("Paket ini belum dibayar atau tidak ada."))
    check_problem(problem, most=left_of(part), open_problems=open_problems(part))
    check_windows(problem, part, now=now)
    made = Problem.objects.create(
        id=problem.key,
        part=part,
        fault=problem.fault.value,
        reported_at=now,
        reported_by=str(by),
    )
    ProblemLine.objects.bulk_create(
        ProblemLine(problem_id=problem.key, line_id=line, pieces=pieces)
        for line, pieces in sorted(problem.pieces.items())
        if pieces
    )
    ProblemText.objects.create(
        problem_id=problem.key, text=problem.text.strip(), photo=problem.photo
    )
    _record("report_problem", made, {"fault": problem.fault}, by=by, now=now)
    return problem.key


@transaction.atomic
def withdraw_problem(*, problem_id: UUID, by: Actor, now: dt.datetime) -> None:
    """Take a problem back before it is answered. Raises ProblemRefused; a repeat is harmless."""
    problem, answer = locked_problem(problem_id), NewAnswer(Verdict.WITHDRAWN)
    if not _is_answered(problem, answer):
        _answer(problem, answer, by=by, now=now)


@transaction.atomic
def answer_problem(
    *, problem_id: UUID, unit_id: int, answer: NewAnswer, by: Actor, now: dt.datetime
) -> None:
    """Accept or refuse a problem, once; what need not come back is settled with it, and moves.

    The same answer again changes nothing. Raises ProblemRefused (with the field), LookupError for
    a problem that is not of the unit.
    """
    problem = locked_problem(problem_id, unit_id=unit_id)
    if _is_answered(problem, answer):
        return
    reported = dict(problem.lines.values_list("line_id", "pieces"))
    check_answer(
        answer,
        reported=reported,
        fault=Fault(problem.fault),
        shipping_left=shipping_left_of(problem.part),
    )
    lock_goods(problem.part, by=by, now=now)
    _answer(problem, answer, by=by, now=now)
    if answer.verdict is Verdict.ACCEPTED and answer.where is not None:
        goods, is_known = at_once(answer.pieces, answer.where)
        if is_known:
            reason = str(FAULT_LABELS[Fault(problem.fault)])
            settle(problem, goods, reason=reason, by=by, now=now)


@transaction.atomic
def settle_goods(
    *,
    problem_id: UUID,
    unit_id: int,
    goods: Mapping[int, Settled],
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Say what became of the goods of an accepted problem, once; then the money may go back.

    What may be sold again is on the shelf with it, and what may not is written off.
    The same again changes nothing. Raises ProblemRefused (with the field), also for something else
    than what stands, and LookupError for a problem that is not of the unit.
    """
    problem = locked_problem(problem_id, unit_id=unit_id)
    answer = Answer.objects.filter(problem=problem, verdict=Verdict.ACCEPTED.value).first()
    if answer is None:
        raise ProblemRefused("Laporan ini belum diterima.")
    taken = dict(answer.lines.values_list("line_id", "pieces"))
    told = {line: each for line, each in goods.items() if each.pieces or line in taken}
    settled = GoodsBack.objects.filter(answer=answer).first()
    if settled is not None:
        _check_settled(settled, told)
        return
    check_goods(told, taken=taken, reason=reason)
    settle(problem, told, reason=reason.strip(), by=by, now=now)


def accept_at_once(
    problem: Problem,
    answer: NewAnswer,
    goods: Mapping[int, Settled],
    *,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Accept what a unit itself says is wrong, and settle its goods. Joins the transaction."""
    lock_goods(problem.part, by=by, now=now)
    _answer(problem, answer, by=by, now=now)
    settle(problem, goods, reason=answer.reason, by=by, now=now)


@transaction.atomic
def name_payee(*, order_id: UUID, payee: NewPayee, by: Actor, now: dt.datetime) -> None:
    """Keep where a buyer wants money back to; the last word counts.

    Raises ProblemRefused (with the field) for what cannot be paid into.
    """
    values = {name: read_payee(name, text) for name, text in vars(payee).items()}
    Payee.objects.update_or_create(
        order_id=order_id, defaults={**values, "said_at": now, "said_by": str(by)}
    )


def locked_problem(problem_id: UUID, *, unit_id: int | None = None) -> Problem:
    """A problem, with its part locked, so that all that is done to it comes in one order."""
    found = Problem.objects.filter(pk=problem_id).values_list("part_id", flat=True).first()
    part = OrderPart.objects.select_for_update().filter(pk=found).first() if found else None
    if part is None or (unit_id is not None and part.unit_id != unit_id):
        raise LookupError(f"there is no problem {problem_id} here")
    return Problem.objects.select_related("part__order").get(pk=problem_id)


def _is_answered(problem: Problem, answer: NewAnswer) -> bool:
    """Whether the same answer stands already. Raises ProblemRefused for another one."""
    first = Answer.objects.filter(problem=problem).first()
    if first is None:
        return False
    where = answer.where.value if answer.where else ""
    told = (answer.verdict.value, answer.reason.strip(), where, answer.shipping)
    pieces = {line: count for line, count in answer.pieces.items() if count}
    is_same = told == (first.verdict, first.reason, first.where, first.shipping)
    if not is_same or pieces != dict(first.lines.values_list("line_id", "pieces")):
        raise ProblemRefused(_("Laporan ini sudah dijawab."))
    return True


def _check_settled(settled: GoodsBack, told: Mapping[int, Settled]) -> None:
    """Raises ProblemRefused where other numbers stand than those that are told now."""
    lines = settled.lines.values_list("line_id", "to_stock", "written_off")
    if {line: Settled(to_stock, lost) for line, to_stock, lost in lines} != told:
        raise ProblemRefused("Barang laporan ini sudah dicatat dengan jumlah lain.")


def _answer(problem: Problem, answer: NewAnswer, *, by: Actor, now: dt.datetime) -> None:
    """Write an answer down."""
    made = Answer.objects.create(
        problem=problem,
        verdict=answer.verdict.value,
        reason=answer.reason.strip(),
        where=answer.where.value if answer.where else "",
        shipping=answer.shipping,
        answered_at=now,
        answered_by=str(by),
    )
    AnswerLine.objects.bulk_create(
        AnswerLine(answer=made, line_id=line, pieces=pieces)
        for line, pieces in sorted(answer.pieces.items())
        if pieces
    )
    detail = {"verdict": answer.verdict, "shipping": answer.shipping, "where": answer.where}
    _record("answer_problem", problem, detail, by=by, now=now)


def _record(
    act: str, problem: Problem, detail: Mapping[str, object], *, by: Actor, now: dt.datetime
) -> None:
    audit.record(
        chain=chain_of_place(problem.part.unit_id),
        action=f"shop.{act}",
        object_key=f"problem:{problem.id}",
        detail={"part": problem.part_id, **detail},
        by=by,
        now=now,
    )
