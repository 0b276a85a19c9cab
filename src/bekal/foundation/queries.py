"""Messages that wait for a person."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from bekal.foundation.ids import made_at
from bekal.foundation.models import Attempts, Message, MessageConflict
from bekal.foundation.paces import PACES

_DESK = """
select open.conflicts, timed.door, last.key, last.received_at
from (
  select count(*)::int as conflicts from foundation_messageconflict c
  where c.scope = %(scope)s and c.door = any(%(doors)s) and not exists (
    select from foundation_conflictcheck k where k.conflict_id = c.id)
) open
left join unnest(%(timed)s::text[]) as timed (door) on true
left join lateral (
  select m.key, m.received_at from foundation_message m
  where m.scope = %(scope)s and m.scope <> '' and m.door = timed.door
    and substr(m.key::text, 15, 1) = '7'
  order by m.received_at desc limit %(paces)s
) last on true
"""


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


def attempts_of(*, subject: str, now: dt.datetime) -> int:
    """How often something was tried in the window that is open now; counts nothing itself."""
    found = Attempts.objects.filter(subject=subject, window_ends_at__gt=now)
    return found.values_list("count", flat=True).first() or 0


@dataclass(frozen=True)
class DeskMessages:
    """What messages tell a desk: conflicts to look at, and how long its last work took, by door."""

    conflicts: int = 0
    took: Mapping[str, list[dt.timedelta]] = field(default_factory=dict)


def desk_messages(*, scope: str, doors: Collection[str], timed: Collection[str]) -> DeskMessages:
    """Open conflicts of a scope at `doors`, and how long the last work at `timed` doors took.

    The key of a form is made when its page is opened and holds that millisecond (RFC 9562), so no
    clock of a phone is asked. One statement.
    """
    asked: dict[str, Any] = {
        "scope": scope,
        "doors": list(doors),
        "timed": list(timed),
        "paces": PACES,
    }
    took: dict[str, list[dt.timedelta]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_DESK, asked)
        rows = cursor.fetchall()
    for _, door, key, done_at in rows:
        if (opened_at := made_at(key) if key else None) is not None:
            took.setdefault(door, []).append(done_at - opened_at)
    return DeskMessages(rows[0][0], took)


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
