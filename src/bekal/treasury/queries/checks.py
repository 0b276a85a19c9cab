"""What the last runs of the checks found."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from bekal.treasury.models import CheckOutcome, CheckRun


@dataclass(frozen=True)
class Alarm:
    """What the last run found wrong: how much, and the checks that did."""

    ran_at: dt.datetime
    problems: int
    checks: tuple[str, ...]


def check_runs() -> QuerySet[CheckRun]:
    """The runs of the checks, newest first, each with its outcomes, the broken ones first."""
    outcomes = CheckOutcome.objects.order_by("-problems", "id")
    return CheckRun.objects.order_by("-ran_at").prefetch_related(Prefetch("outcomes", outcomes))


def alarm() -> Alarm | None:
    """What the last run found wrong; None when it found nothing, or there was none. Two statements.

    An alarm ends with the next run that finds nothing.
    """
    last = CheckRun.objects.order_by("-ran_at").first()
    if last is None or not last.problems:
        return None
    names = last.outcomes.filter(problems__gt=0).order_by("id").values_list("name", flat=True)
    return Alarm(last.ran_at, last.problems, tuple(names))
