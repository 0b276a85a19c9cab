"""Writing down who did what, in the transaction in which it was done."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection

from bekal.audit.rules import canonical
from bekal.foundation.actors import Actor

# seq, previous and seal are the trigger's; the values here only satisfy "not null".
_INSERT = """
insert into audit_event (chain, seq, at, actor, action, object_key, detail, previous, seal)
values (%s, 0, %s, %s, %s, %s, %s, '', '')
"""


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
