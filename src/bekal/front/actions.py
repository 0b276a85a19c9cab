"""What a person settles at the desk."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation import actions as messages
from bekal.foundation import queries as kept
from bekal.foundation.actors import Actor
from bekal.foundation.messages import scope_of_place
from bekal.front.rules import NotTheirTask


@transaction.atomic
def settle_conflict(
    *, unit_id: int, conflict_id: int, doors: Collection[str], by: Actor, now: dt.datetime
) -> None:
    """Say that a message of a unit that came with a used key was looked at.

    Its content is not carried out: what is missing is recorded anew. A repeat adds one more line
    to the audit trail and nothing else. Raises LookupError when the unit has no such conflict, and
    NotTheirTask when it came to none of these doors.
    """
    scope = scope_of_place(unit_id)
    if kept.door_of_conflict(conflict_id=conflict_id, scope=scope) not in doors:
        raise NotTheirTask
    messages.check_conflict(conflict_id=conflict_id, scope=scope, by=by, now=now)
    audit.record(
        chain=chain_of_place(unit_id),
        action="front.settle_conflict",
        object_key=f"conflict:{conflict_id}",
        detail={},
        by=by,
        now=now,
    )
