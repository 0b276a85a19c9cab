"""Requests with their answers: for the institution that compares, and for the workshops asked."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from bekal.foundation.private import digest_of, private_key
from bekal.institutions.models import Answer, Choice, Invitation, Request, RequestFile
from bekal.institutions.queries.outcomes import standing, told_of_end
from bekal.institutions.rules import (
    AnswerKind,
    State,
    state_of,
)
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.shop import queries as shop
from bekal.shop.rules import INSTITUTION_KEY


@dataclass(frozen=True)
class RequestRow:
    """A request in the list of its institution, with how many were asked and how many answered.

    `was_cancelled`: an order that came of it was, so that it may be ordered from again.
    """

    id: UUID
    number: str
    title: str
    pieces: int
    measure: str
    needed_on: dt.date
    answer_until: dt.datetime
    asked_at: dt.datetime
    state: State
    asked: int
    offers: int
    was_cancelled: bool


@dataclass(frozen=True)
class Compared:
    """One workshop in the comparison: its newest answer, or that it has said nothing yet."""

    unit: PlaceNow
    answer: Answer | None
    chosen: int

    @property
    def is_offer(self) -> bool:
        """Whether there is something to choose."""
        return self.answer is not None and self.answer.kind == AnswerKind.OFFER

    @property
    def total(self) -> int:
        """Rupiah of all pieces that are offered, with what sending costs."""
        if self.answer is None:
            return 0
        goods = (self.answer.pieces or 0) * (self.answer.unit_price or 0)
        return goods + (self.answer.fee or 0)

    def lasts(self, *, today: dt.date) -> bool:
        """Whether the offer still holds on a day."""
        until = self.answer.valid_until if self.answer else None
        return until is not None and until >= today


def request_by_key(*, key: str) -> Request | None:
    """The request whose private address has this key, with its end and file; one statement."""
    return (
        Request.objects.filter(key_digest=digest_of(key))
        .select_related("file")
        .defer("file__content")
        .annotate(**told_of_end("pk"))
        .first()
    )


def sample_addresses() -> list[tuple[str, str]]:
    """The institutions of a demo with the keys of their private addresses; one statement."""
    return [
        (one.name, private_key(INSTITUTION_KEY, one.pk, version=one.key_version))
        for one in shop.sample_institutions()
    ]


def file_of(*, request_id: UUID) -> RequestFile | None:
    """The file that came with a request, bytes and all."""
    return RequestFile.objects.filter(pk=request_id).first()


def state_now(request: Request, *, now: dt.datetime) -> State:
    """Where a request stands; how it is ended (`told_of_end`) must have been read with it."""
    told: Any = request
    return state_of(outcome=told.ended_as, answer_until=request.answer_until, now=now)


def requests_of(*, institution_id: UUID, now: dt.datetime) -> list[RequestRow]:
    """All requests of an institution, newest first; one statement."""
    newest = Answer.objects.filter(invitation__request_id=OuterRef("pk"))
    offering = (
        newest.filter(kind=AnswerKind.OFFER, number=newest_number("invitation_id"))
        .order_by()
        .values("invitation__request_id")
        .annotate(n=Count("pk"))
        .values("n")
    )
    found = (
        Request.objects.filter(institution_id=institution_id)
        .annotate(asked=Count("invitations"), offers=Coalesce(Subquery(offering), 0))
        .annotate(**told_of_end("pk"))
        .order_by("-asked_at", "id")
    )
    return [_request_row(request, now=now) for request in found]


def comparison(*, request: Request, on: dt.date) -> list[Compared]:
    """Every workshop that was asked with its newest answer, by name; four statements.

    What was chosen of it is that of the outcome that stands.
    """
    invitations = Invitation.objects.filter(request=request).values_list("id", "unit_id")
    answers = {answer.invitation_id: answer for answer in newest_answers(request_id=request.pk)}
    stands = standing().filter(request=request)
    choices = Choice.objects.filter(outcome__in=stands)
    chosen = dict(choices.values_list("answer_id", "pieces"))
    units = places.standing(on=on)
    rows = [
        Compared(units[unit_id], answer, chosen.get(answer.pk, 0) if answer else 0)
        for invitation_id, unit_id in invitations
        if unit_id in units
        for answer in (answers.get(invitation_id),)
    ]
    return sorted(rows, key=lambda row: (row.unit.name, row.unit.id))


def newest_answers(*, request_id: UUID) -> list[Answer]:
    """The newest answer of each workshop that has answered, with its invitation; one statement."""
    return list(
        Answer.objects.filter(
            invitation__request_id=request_id, number=newest_number("invitation_id")
        )
        .select_related("invitation")
        .order_by("id")
    )


def newest_number(outer: str) -> Subquery:
    """The number of the newest answer to an invitation; `outer` names the invitation's id."""
    same = Answer.objects.filter(invitation_id=OuterRef(outer)).order_by("-number")
    return Subquery(same.values("number")[:1])


def _request_row(request: Request, *, now: dt.datetime) -> RequestRow:
    counted: Any = request  # with what requests_of annotated
    return RequestRow(
        id=request.pk,
        number=str(request),
        title=request.title,
        pieces=request.pieces,
        measure=request.measure,
        needed_on=request.needed_on,
        answer_until=request.answer_until,
        asked_at=request.asked_at,
        state=state_now(request, now=now),
        asked=counted.asked,
        offers=counted.offers,
        was_cancelled=counted.was_cancelled,
    )
