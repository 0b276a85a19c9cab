"""Messages that wait for a person."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from bekal.foundation.models import Message, MessageConflict


@dataclass(frozen=True)
class Conflict:
    """Two messages with one key: `first` was carried out, `second` was only kept.

    Both are the frozen bytes that came in; the doors say what kind of message each one is.
    """

    id: int
    key: UUID
    first_door: str
    first: bytes
    first_at: dt.datetime
    second_door: str
    second: bytes
    second_at: dt.datetime


def _open(scope: str) -> QuerySet[MessageConflict]:
    return MessageConflict.objects.filter(scope=scope, checked__isnull=True)


def count_open_conflicts(*, scope: str) -> int:
    """How many conflicts of a scope ("place:17") nobody has looked at."""
    return _open(scope).count()


def open_conflicts(*, scope: str, limit: int) -> list[Conflict]:
    """The conflicts of a scope that nobody has looked at, oldest first; one statement."""
    first = Message.objects.filter(key=OuterRef("key"))
    found = _open(scope).annotate(
        first_door=Subquery(first.values("door")),
        first=Subquery(first.values("body")),
        first_at=Subquery(first.values("received_at")),
    )
    rows = found.order_by("received_at", "id").values_list(
        "id", "key", "first_door", "first", "first_at", "door", "body", "received_at"
    )
    return [
        Conflict(pk, key, door, bytes(first), at, second_door, bytes(second), second_at)
        for pk, key, door, first, at, second_door, second, second_at in rows[:limit]
    ]
