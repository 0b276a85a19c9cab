"""Choosing from the answers: one of them, or several that share the pieces, as one order."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.catalogue import queries as catalogue
from bekal.foundation.actions import answer_message, claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.institutions.actions.asking import locked_request
from bekal.institutions.actions.ordering import foresee, place
from bekal.institutions.models import Answer, Choice, Outcome, Request
from bekal.institutions.queries import newest_answers, next_number, outcome_of
from bekal.institutions.rules import (
    AnswerKind,
    OutcomeKind,
    Part,
    already_ended,
    changed_answer,
    check_parts,
    check_po_number,
    check_term,
    lapsed_answer,
    no_such_request,
    too_many_of_answer,
    without_cost,
)
from bekal.places import queries as places

CHOOSE = "institutions.choose"


@dataclass(frozen=True)
class NewChoice:
    """What an institution takes of the answers; `key` becomes the id of the outcome.

    `po_number` is the number of its own order.
    """

    key: UUID
    request_id: UUID
    parts: tuple[Part, ...]
    due_on: dt.date
    po_number: str = ""

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        parts = {str(part.answer_id): part.pieces for part in self.parts}
        return frozen_bytes(
            {
                "request": self.request_id,
                "parts": parts,
                "due": self.due_on,
                "po": self.po_number,
            }
        )


@transaction.atomic
def choose_answers(*, choice: NewChoice, by: Actor, now: dt.datetime) -> str:
    """Order what was chosen: one order with a part for each workshop; returns the order's code.

    A request is ordered from once, whoever clicks how often, and again only when that order was
    cancelled; the same key answers the order that it made, whatever became of it. Raises
    RequestRefused when the request is ended, when an answer has changed, lapsed or offers less, and
    what the shop refuses; KeyReused for the same key with other content.
    """
    message = choice.frozen()
    first = claim_message(key=choice.key, door=CHOOSE, body=message, by=by, now=now)
    if first is not None:
        return str(first["order"])
    request = locked_request(choice.request_id)
    answers = _checked(choice, request=request, now=now)
    placed = place(
        request=request,
        parts=[(answers[part.answer_id], part.pieces) for part in choice.parts],
        due_on=choice.due_on,
        po_number=choice.po_number.strip(),
        key=choice.key,
        by=by,
        now=now,
    )
    _write(choice, request=request, order_id=placed.order_id, by=by, now=now)
    answer_message(key=choice.key, answer={"order": placed.code}, by=by, now=now)
    audit.record(
        chain=NATION,
        action=CHOOSE,
        object_key=f"request:{request.pk}",
        detail={"order": placed.order_id, "parts": len(choice.parts)},
        by=by,
        now=now,
    )
    return placed.code


def foresee_choice(*, choice: NewChoice, by: Actor, now: dt.datetime) -> None:
    """Refuse what choosing would refuse, before the last page; nothing is written.

    Raises RequestRefused, and OrderChanged where a unit pauses or its goods are not sold.
    """
    request = Request.objects.filter(pk=choice.request_id).first()
    if request is None:
        raise no_such_request()
    answers = _checked(choice, request=request, now=now)
    foresee([(answers[part.answer_id], part.pieces) for part in choice.parts], now=now)


def _checked(choice: NewChoice, *, request: Request, now: dt.datetime) -> Mapping[UUID, Answer]:
    """The answers that are taken, by id; refuses what cannot be."""
    if ended := outcome_of(request_id=request.pk):
        raise already_ended(OutcomeKind(ended.kind))
    check_parts(choice.parts, wanted=request.pieces)
    today = local_day(now, Zone.WIB)
    check_term(choice.due_on, today=today)
    check_po_number(choice.po_number)
    answers = _answers(choice.parts, request=request, today=today)
    _check_costs([answers[part.answer_id] for part in choice.parts], today=today)
    return answers


def _answers(parts: Sequence[Part], *, request: Request, today: dt.date) -> Mapping[UUID, Answer]:
    """The chosen answers by id; each must be the newest of its workshop, hold and suffice."""
    newest = {answer.pk: answer for answer in newest_answers(request_id=request.pk)}
    for part in parts:
        answer = newest.get(part.answer_id)
        if answer is None or answer.kind != AnswerKind.OFFER:
            raise changed_answer()
        if answer.valid_until is None or answer.valid_until < today:
            raise lapsed_answer()
        if part.pieces > (answer.pieces or 0):
            raise too_many_of_answer(answer.product_name, answer.pieces or 0)
    return newest


def _check_costs(answers: Sequence[Answer], *, today: dt.date) -> None:
    """Refuse what could not be sold when it is handed over: a rule or a cost may have changed."""
    ids = [answer.product_id or 0 for answer in answers]
    splittable = catalogue.can_be_split(product_ids=ids, on=today)
    for answer in answers:
        if answer.product_id not in splittable:
            unit_id = answer.invitation.unit_id
            _code, unit = places.last_called(place_ids=[unit_id], on=today)[unit_id]
            raise without_cost(unit=unit, product=answer.product_name)


def _write(
    choice: NewChoice, *, request: Request, order_id: UUID, by: Actor, now: dt.datetime
) -> None:
    outcome = Outcome.objects.create(
        id=choice.key,
        request=request,
        number=next_number(request_id=request.pk),
        kind=OutcomeKind.ORDERED,
        order_id=order_id,
        po_number=choice.po_number.strip(),
        due_on=choice.due_on,
        ended_at=now,
        ended_by=str(by),
    )
    Choice.objects.bulk_create(
        Choice(outcome=outcome, answer_id=part.answer_id, pieces=part.pieces)
        for part in choice.parts
    )
