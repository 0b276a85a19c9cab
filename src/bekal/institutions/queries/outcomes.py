"""How requests end: the outcome that stands, if one does, and those whose order was cancelled."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from bekal.institutions.models import Outcome
from bekal.shop.rules import OrderStatus

_CANCELLED = {"order__moves__status": OrderStatus.CANCELLED.value}


def standing() -> QuerySet[Outcome]:
    """Outcomes that stand: withdrawn, or with an order that was not cancelled; one of a request."""
    return Outcome.objects.exclude(**_CANCELLED)


def outcome_of(*, request_id: UUID) -> Outcome | None:
    """The outcome by which a request is ended, None while it is undecided; one statement."""
    return standing().filter(request_id=request_id).first()


def outcomes_of(*, request_id: UUID) -> list[Outcome]:
    """All outcomes of a request, the newest first; one statement."""
    return list(Outcome.objects.filter(request_id=request_id).order_by("-number"))


def next_number(*, request_id: UUID) -> int:
    """The number of the outcome that a request may have next; one statement."""
    return 1 + Outcome.objects.filter(request_id=request_id).count()


def told_of_end(outer: str) -> dict[str, Subquery | Exists]:
    """What `state_now` asks of a request, to be annotated; `outer` names the request's id.

    `ended_as` is how it is ended, None while it is undecided; `was_cancelled` tells whether an
    order that came of it was cancelled.
    """
    of_it = Outcome.objects.filter(request_id=OuterRef(outer))
    ends = standing().filter(request_id=OuterRef(outer))
    return {
        "ended_as": Subquery(ends.values("kind")[:1]),
        "was_cancelled": Exists(of_it.filter(**_CANCELLED)),
    }
