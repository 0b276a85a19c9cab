"""Messages that wait for a person."""

import datetime as dt
from collections.abc import Collection
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


def _open(scope: str, doors: Collection[str]) -> QuerySet[MessageConflict]:
    return MessageConflict.objects.filter(scope=scope, door__in=doors, checked__isnull=True)


def count_open_conflicts(*, scope: str, doors: Collection[str]) -> int:
    """How many conflicts of a scope ("place:17") at these doors nobody has looked at."""
    return _open(scope, doors).count()


def door_of_conflict(*, conflict_id: int, scope: str) -> str:
    """The door that a conflict came to. Raises LookupError when the scope has no such conflict."""
    found = MessageConflict.objects.filter(pk=conflict_id, scope=scope)
    door = found.values_list("door", flat=True).first()
    if door is None:
        raise LookupError(f"{scope} has no conflict {conflict_id}")
    return door


def open_conflicts(*, scope: str, doors: Collection[str], limit: int) -> list[Conflict]:
    """The conflicts of a scope at these doors that nobody has looked at, oldest first.

    One statement.
    """
    first = Message.objects.filter(key=OuterRef("key"))
    found = _open(scope, doors).annotate(
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
