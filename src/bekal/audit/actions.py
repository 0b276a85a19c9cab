"""Writing down who did what, in the transaction in which it was done."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from bekal.audit.rules import canonical
from bekal.foundation.actors import Actor

# seq, previous and seal are the trigger's; the values here only satisfy "not null".
_INSERT = """
insert into audit_event (chain, seq, at, actor, action, object_key, detail, previous, seal)
values (%s, 0, %s, %s, %s, %s, %s, '', '')
"""
_INSERT_ALL = """
insert into audit_event (chain, seq, at, actor, action, object_key, detail, previous, seal)
select chain, 0, %(now)s, %(by)s, action, object_key, detail, '', ''
from unnest(%(chains)s::text[], %(actions)s::text[], %(keys)s::text[], %(details)s::text[])
  with ordinality as e (chain, action, object_key, detail, place)
order by place
"""


@dataclass(frozen=True)
class NewEvent:
    """An event to be written down; see `record`."""

    chain: str
    action: str
    object_key: str
    detail: Mapping[str, Any]


def record(
    *,
    chain: str,
    action: str,
    object_key: str,
    detail: Mapping[str, Any],
    by: Actor,
    now: dt.datetime,
) -> None:
    """Append one event to a chain; call it inside the transaction of the thing itself.

    `chain` is `rules.chain_of_place(id)` for what belongs to a unit, `rules.NATION` else. The
    chain's head stays locked until the transaction ends: record last, after all other locks.
    `detail` must hold no personal data.
    """
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [chain, now, str(by), action, object_key, canonical(detail)])


def record_all(*, events: Sequence[NewEvent], by: Actor, now: dt.datetime) -> None:
    """Append several events in their order, by one statement; name the chains in one order."""
    values: dict[str, Any] = {
        "chains": [event.chain for event in events],
        "actions": [event.action for event in events],
        "keys": [event.object_key for event in events],
        "details": [canonical(event.detail) for event in events],
        "now": now,
        "by": str(by),
    }
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_ALL, values)
