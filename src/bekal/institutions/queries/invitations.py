"""What a workshop was asked, and where it stands with each request."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from bekal.institutions.models import Answer, Choice, Invitation, Request, RequestFile
from bekal.institutions.queries.outcomes import outcome_of, standing, told_of_end
from bekal.institutions.rules import (
    AnswerKind,
    Offer,
    OutcomeKind,
    Stand,
    State,
    stand_of,
    state_of,
)


@dataclass(frozen=True)
class InvitationRow:
    """A request in the list of a workshop that was asked."""

    request_id: UUID
    number: str
    title: str
    pieces: int
    measure: str
    needed_on: dt.date
    answer_until: dt.datetime
    institution_id: UUID
    stand: Stand
    offered: int | None
    unit_price: int | None


@dataclass(frozen=True)
class Invited:
    """A request before one workshop that was asked: its own answers, newest first.

    `cancelled` are the orders of what was chosen of it before, with their pieces, the newest first;
    `was_cancelled` tells of those to other workshops too.
    """

    request: Request
    state: State
    answers: list[Answer]
    chosen: int
    cancelled: Mapping[UUID, int]
    was_cancelled: bool
    withdrawn_because: str
    file_name: str

    @property
    def newest(self) -> Answer | None:
        """The answer that holds."""
        return self.answers[0] if self.answers else None

    @property
    def stand(self) -> Stand:
        """Where the workshop stands."""
        kind = self.newest.kind if self.newest else None
        return stand_of(state=self.state, answered=kind, is_chosen=bool(self.chosen))

    @property
    def offer(self) -> Offer | None:
        """The offer that holds, if the newest answer is one."""
        found = self.newest
        if found is None or found.kind != AnswerKind.OFFER:
            return None
        values = ("product_id", "pieces", "unit_price", "ready_on", "valid_until", "fee", "note")
        return Offer(**{name: getattr(found, name) for name in values})


@dataclass(frozen=True)
class InvitationFilters:
    """How a workshop narrows what it was asked."""

    stand: Stand | None = None
    text: str = ""
    sort: str = "batas"


ALL_INVITATIONS = InvitationFilters()
SORTS = {
    # What waits for the unit by the time that is left, then the rest, the newest deadline first.
    "batas": ("unanswered", "-request__answer_until", "-id"),
    "terbaru": ("-id",),
    "dibutuhkan": ("request__needed_on", "id"),
    "jumlah": ("-request__pieces", "id"),
}


def invitations_of(
    *, unit_id: int, now: dt.datetime, filters: InvitationFilters = ALL_INVITATIONS
) -> QuerySet[Invitation]:
    """What a workshop was asked, each with `answered`, `is_chosen` and its newest offer.

    What waits for its answer comes first, where no other order was asked for.
    """
    newest = Answer.objects.filter(invitation_id=OuterRef("pk")).order_by("-number")
    found = (
        Invitation.objects.filter(unit_id=unit_id)
        .select_related("request")
        .annotate(
            **told_of_end("request_id"),
            answered=Subquery(newest.values("kind")[:1]),
            offered=Subquery(newest.values("pieces")[:1]),
            unit_price=Subquery(newest.values("unit_price")[:1]),
            is_chosen=Exists(standing().filter(choices__answer__invitation_id=OuterRef("pk"))),
        )
        .annotate(unanswered=_unanswered(now))
    )
    for word in filters.text.split():
        found = found.filter(
            Q(request__title__icontains=word) | Q(request__code__icontains=word.strip("-"))
        )
    if filters.stand is not None:
        found = found.filter(_standing(filters.stand, now=now))
    return found.order_by(*SORTS.get(filters.sort, SORTS["batas"]))


def invitation_row(invitation: Invitation, *, now: dt.datetime) -> InvitationRow:
    """A row of `invitations_of` as the list shows it."""
    shown: Any = invitation  # with what invitations_of annotated
    request: Request = invitation.request
    state = _state(invitation, now=now)
    return InvitationRow(
        request_id=request.pk,
        number=str(request),
        title=request.title,
        pieces=request.pieces,
        measure=request.measure,
        needed_on=request.needed_on,
        answer_until=request.answer_until,
        institution_id=request.institution_id,
        stand=stand_of(state=state, answered=shown.answered, is_chosen=shown.is_chosen),
        offered=shown.offered,
        unit_price=shown.unit_price,
    )


def invited(*, unit_id: int, request_id: UUID, now: dt.datetime) -> Invited | None:
    """A request before a workshop that was asked, or None when it was not.

    Four statements, one more where it is withdrawn.
    """
    invitation = (
        Invitation.objects.filter(unit_id=unit_id, request_id=request_id)
        .select_related("request")
        .annotate(**told_of_end("request_id"))
        .first()
    )
    if invitation is None:
        return None
    read: Any = invitation
    state = _state(invitation, now=now)
    names = RequestFile.objects.filter(pk=request_id).values_list("name", flat=True)
    choices = _choices(invitation)
    return Invited(
        request=invitation.request,
        state=state,
        answers=list(Answer.objects.filter(invitation=invitation).order_by("-number")),
        chosen=sum(pieces for _, pieces, stands in choices if stands),
        cancelled={order: pieces for order, pieces, stands in choices if not stands},
        was_cancelled=read.was_cancelled,
        withdrawn_because=_because(request_id) if state is State.WITHDRAWN else "",
        file_name=names.first() or "",
    )


def _choices(invitation: Invitation) -> list[tuple[UUID, int, bool]]:
    """What was ever chosen of a workshop: order, pieces, and whether that stands."""
    found = Choice.objects.filter(answer__invitation=invitation)
    stands = Exists(standing().filter(pk=OuterRef("outcome_id")))
    told = found.order_by("-outcome__number").annotate(stands=stands)
    return list(told.values_list("outcome__order_id", "pieces", "stands"))


def _because(request_id: UUID) -> str:
    outcome = outcome_of(request_id=request_id)
    return outcome.reason if outcome else ""


def _state(invitation: Invitation, *, now: dt.datetime) -> State:
    """Where its request stands; `told_of_end` must have been read with the invitation."""
    read: Any = invitation
    until = invitation.request.answer_until
    return state_of(outcome=read.ended_as, answer_until=until, now=now)


def _unanswered(now: dt.datetime) -> Case:
    """Until when a request waits for the unit; nothing where it does not."""
    return Case(
        When(_standing(Stand.WAITING, now=now), then=F("request__answer_until")),
        output_field=DateTimeField(),
    )


def _standing(stand: Stand, *, now: dt.datetime) -> Q:
    """What a stand means in rows, the same as `rules.stand_of` says of one."""
    ordered = Q(ended_as=OutcomeKind.ORDERED)
    undecided = Q(ended_as__isnull=True)
    withdrawn = Q(ended_as=OutcomeKind.WITHDRAWN)
    going_on = undecided | ordered
    is_open = undecided & Q(request__answer_until__gt=now)
    silent = Q(answered__isnull=True)
    return {
        Stand.WITHDRAWN: withdrawn,
        Stand.CHOSEN: Q(is_chosen=True),
        Stand.DECLINED: Q(answered=AnswerKind.DECLINE) & going_on,
        Stand.WAITING: silent & is_open,
        Stand.MISSED: silent & ~is_open & going_on,
        Stand.PASSED_OVER: Q(answered=AnswerKind.OFFER, is_chosen=False) & ordered,
        Stand.OFFERED: Q(answered=AnswerKind.OFFER) & undecided,
    }[stand]
