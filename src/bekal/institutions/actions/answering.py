"""A workshop answers a request: it offers, or says why it cannot. The newest answer holds."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.foundation.messages import scope_of_place
from bekal.institutions.actions.asking import locked_request
from bekal.institutions.actions.binding import deliverable
from bekal.institutions.actions.letters import write_letter
from bekal.institutions.models import Answer, Invitation, Request
from bekal.institutions.queries import outcome_of
from bekal.institutions.rules import (
    AnswerKind,
    AnswerRefused,
    LetterKind,
    Offer,
    check_offer,
    check_open,
    check_price,
    check_reason,
    state_of,
)
from bekal.places import queries as places

ANSWER = "institutions.answer"


@dataclass(frozen=True)
class NewAnswer:
    """An answer as it arrives; `key` becomes its id. Without an offer, `reason` says why not."""

    key: UUID
    request_id: UUID
    unit_id: int
    offer: Offer | None
    reason: str = ""

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        offer = vars(self.offer) if self.offer else {"reason": self.reason}
        return frozen_bytes({"request": self.request_id, "unit": self.unit_id, **offer})


@transaction.atomic
def answer_request(*, answer: NewAnswer, by: Actor, now: dt.datetime) -> UUID:
    """Record what a workshop answers; returns the answer's id, which is its key.

    A later answer takes the place of an earlier one, for as long as the request is open. Raises
    AnswerRefused (with the field) and RequestRefused for a request that it was not asked, and
    KeyReused for the same key with other content.
    """
    message = answer.frozen()
    scope = scope_of_place(answer.unit_id)
    first = claim_message(key=answer.key, door=ANSWER, body=message, by=by, now=now, scope=scope)
    if first is not None:
        return answer.key
    request = locked_request(answer.request_id)
    invitation = Invitation.objects.filter(request=request, unit_id=answer.unit_id).first()
    if invitation is None:
        raise AnswerRefused("Permintaan ini tidak dikirim kepada unit Anda.")
    _check_open(request, now=now)
    said = _said(answer, request=request, now=now)
    last = Answer.objects.filter(invitation=invitation).order_by("-number").first()
    made = Answer.objects.create(
        id=answer.key,
        invitation=invitation,
        number=last.number + 1 if last else 1,
        answered_at=now,
        answered_by=str(by),
        **said,
    )
    _tell(made, request=request, unit_id=answer.unit_id, by=by, now=now)
    return answer.key


def _tell(made: Answer, *, request: Request, unit_id: int, by: Actor, now: dt.datetime) -> None:
    """Write to the institution, and in the unit's chain."""
    write_letter(
        kind=LetterKind.ANSWERS,
        institution_id=request.institution_id,
        request_id=request.pk,
        by=by,
        now=now,
    )
    audit.record(
        chain=chain_of_place(unit_id),
        action=ANSWER,
        object_key=f"request:{request.pk}",
        detail={"answer": made.pk, "number": made.number, "kind": made.kind},
        by=by,
        now=now,
    )


def _check_open(request: Request, *, now: dt.datetime) -> None:
    ended = outcome_of(request_id=request.pk)
    kind = ended.kind if ended else None
    check_open(state_of(outcome=kind, answer_until=request.answer_until, now=now))


def _said(answer: NewAnswer, *, request: Request, now: dt.datetime) -> dict[str, object]:
    """What the answer is made of, checked."""
    offer = answer.offer
    if offer is None:
        check_reason(answer.reason)
        return {"kind": AnswerKind.DECLINE, "note": answer.reason.strip()}
    today = local_day(now, places.zone_of(unit_id=answer.unit_id))
    check_offer(offer, wanted=request.pieces, today=today)
    terms = deliverable(
        product_id=offer.product_id, unit_id=answer.unit_id, on=today, refusal=AnswerRefused
    )
    check_price(offer.unit_price, price=terms.price or 0, cost=terms.cost, refusal=AnswerRefused)
    return {
        "kind": AnswerKind.OFFER,
        "product_id": offer.product_id,
        "product_name": terms.name,
        "pieces": offer.pieces,
        "unit_price": offer.unit_price,
        "fee": offer.fee,
        "ready_on": offer.ready_on,
        "valid_until": offer.valid_until,
        "note": offer.note.strip(),
    }
