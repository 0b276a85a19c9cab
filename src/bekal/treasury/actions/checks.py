"""Keeping what the checks found, so that a broken promise is on a desk and not only in a log."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from bekal.audit.actions import record
from bekal.audit.rules import NATION
from bekal.foundation.actors import Actor
from bekal.treasury.models import CheckOutcome, CheckRun
from bekal.treasury.rules.checks import NewOutcome


@transaction.atomic
def keep_check_run(*, outcomes: Sequence[NewOutcome], by: Actor, now: dt.datetime) -> int:
    """Keep one run of the checks, begun `now`; returns its id.

    The centre's desk shows its problems until a later run is without any. Of each check the first
    sentences are kept. A second run of the same instant is refused by the database.
    """
    problems = sum(len(outcome.sentences) for outcome in outcomes)
    run = CheckRun.objects.create(
        ran_at=now, checks=len(outcomes), problems=problems, ran_by=str(by)
    )
    CheckOutcome.objects.bulk_create(
        CheckOutcome(
            run=run,
            name=outcome.name,
            problems=len(outcome.sentences),
            sentences=outcome.kept,
        )
        for outcome in outcomes
    )
    record(
        chain=NATION,
        action="treasury.check",
        object_key=f"check:{run.pk}",
        detail={"checks": len(outcomes), "problems": problems},
        by=by,
        now=now,
    )
    return run.pk
