"""Messages that may come twice, and attempts that are counted."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bekal.foundation.actors import Actor
from bekal.foundation.messages import frozen_bytes as frozen_bytes
from bekal.foundation.models import Attempts, ConflictCheck, MessageConflict
from bekal.foundation.refusals import KeyReused

_CLAIM = """
insert into foundation_message (key, door, body, sent_by, received_at, scope)
values (%s, %s, %s, %s, %s, %s)
on conflict (key) do nothing
returning true
"""
_FIRST = "select door, body, answer::text from foundation_message where key = %s"
_ANSWER = "update foundation_message set answer = %s::jsonb where key = %s and answer is null"
_COUNT = """
insert into foundation_attempts as a (subject, window_ends_at, count) values (%s, %s, 1)
on conflict (subject) do update set
  count = case when a.window_ends_at <= %s then 1 else a.count + 1 end,
  window_ends_at = case when a.window_ends_at <= %s then excluded.window_ends_at
                        else a.window_ends_at end
returning count, window_ends_at
"""


@dataclass(frozen=True)
class Counted:
    """How many attempts a window has seen, this one included, and when it ends."""

    count: int
    ends_at: dt.datetime


def claim_message(
    *, key: UUID, door: str, body: bytes, by: Actor, now: dt.datetime, scope: str = ""
) -> dict[str, Any] | None:
    """Take a message in, once; call it first inside the transaction that carries it out.

    Returns None when the message is new: carry it out, then `answer_message` unless the key itself
    leads to the answer. Returns the first answer (empty when none was kept) when the same bytes
    came before through the same door. A twin still under way is waited
    for. Raises KeyReused when the key came before with other bytes; the door then calls
    `keep_conflict`. `by` is not part of the comparison: a colleague may repeat what was sent.
    `scope` ("place:17") names whose work it was, where how long it takes is to be learned: the key
    tells when its form was opened.
    Raises TransactionManagementError outside a transaction, where a claim would outlive a failure.
    """
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [key, door, body, str(by), now, scope])
        if cursor.fetchone():
            return None
        cursor.execute(_FIRST, [key])
        first_door, first_body, answer = cursor.fetchone()
    if first_door != door or bytes(first_body) != body:
        raise KeyReused
    first: dict[str, Any] = json.loads(answer or "{}")
    return first


def keep_pace(*, key: UUID, door: str, scope: str, by: Actor, now: dt.datetime) -> None:
    """Keep when an act without a message was begun, which its key tells, and when it was done.

    For acts that are harmless to repeat by themselves. A key that was seen before changes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [key, door, b"", str(by), now, scope])


def answer_message(*, key: UUID, answer: Mapping[str, Any], by: Actor, now: dt.datetime) -> None:
    """Keep the answer to a claimed message, in the same transaction.

    Raises LookupError when the message was never claimed or has its answer: the first one stands.
    """
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER, [json.dumps(answer, default=str), key])
        if cursor.rowcount != 1:
            raise LookupError(f"message {key} is not waiting for an answer")


def keep_conflict(
    *, key: UUID, door: str, scope: str, body: bytes, by: Actor, now: dt.datetime
) -> None:
    """Keep what came under a used key with other bytes, for a person of `scope` to look at.

    `scope` names whose task it is, such as "place:17". Call it outside the refused transaction.
    """
    MessageConflict.objects.create(
        key=key, door=door, scope=scope, body=body, sent_by=str(by), received_at=now
    )


def check_conflict(*, conflict_id: int, scope: str, by: Actor, now: dt.datetime) -> None:
    """Mark a conflict of a scope as looked at; the first check stands, a repeat changes nothing.

    Raises LookupError when the scope has no such conflict.
    """
    if not MessageConflict.objects.filter(pk=conflict_id, scope=scope).exists():
        raise LookupError(f"{scope} has no conflict {conflict_id}")
    check = ConflictCheck(conflict_id=conflict_id, checked_at=now, checked_by=str(by))
    ConflictCheck.objects.bulk_create([check], ignore_conflicts=True)


def count_attempt(*, subject: str, window: dt.timedelta, by: Actor, now: dt.datetime) -> int:
    """Count one more attempt at `subject` and return how many there were in its window.

    One statement, so parallel attempts are never lost. The window opens with the first attempt;
    the first attempt after its end opens the next one.
    """
    return count_in_window(subject=subject, window=window, by=by, now=now).count


def count_in_window(*, subject: str, window: dt.timedelta, by: Actor, now: dt.datetime) -> Counted:
    """As `count_attempt`, and tell when the window ends."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [subject, now + window, now, now])
        return Counted(*cursor.fetchone())


def forget_attempts(*, subject: str, by: Actor, now: dt.datetime) -> None:
    """Start counting a subject anew, as after a success."""
    Attempts.objects.filter(subject=subject).delete()


def forget_past_attempts(*, by: Actor, now: dt.datetime) -> int:
    """Delete the counts whose window has ended, which count for nothing; returns how many."""
    deleted, _ = Attempts.objects.filter(window_ends_at__lt=now).delete()
    return deleted


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("claim and answer inside one transaction")
