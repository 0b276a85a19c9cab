"""Runs of premi and what can be paid."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from bekal.treasury.models import PremiEarning, PremiRun, PremiRunLine
from bekal.treasury.rules.premi_paying import RunKind, RunState, state_of


class RunSort(StrEnum):
    """The orders of the list; the values stand in the address."""

    NEWEST = "terbaru"
    LARGEST = "terbesar"


@dataclass(frozen=True)
class RunFilters:
    """What the list of runs is narrowed to, and how it is sorted."""

    state: RunState | None = None
    kind: RunKind | None = None
    sort: RunSort = RunSort.NEWEST
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether some runs are left out."""
        return self.state is not None or self.kind is not None


@dataclass(frozen=True)
class Payable:
    """What a maker has earned and stands in no run."""

    maker: str
    amount: int
    count: int
    oldest: dt.date


_STATES: dict[RunState, dict[str, bool]] = {
    RunState.PREPARED: {"approved_at__isnull": True, "cancelled_at__isnull": True},
    RunState.APPROVED: {
        "approved_at__isnull": False,
        "paid_at__isnull": True,
        "cancelled_at__isnull": True,
    },
    RunState.PAID: {"paid_at__isnull": False},
    RunState.CANCELLED: {"cancelled_at__isnull": False},
}


def run_state(run: PremiRun) -> RunState:
    """Where a run stands."""
    return state_of(approved_at=run.approved_at, paid_at=run.paid_at, cancelled_at=run.cancelled_at)


def runs_of(*, unit_id: int, filters: RunFilters) -> QuerySet[PremiRun]:
    """A unit's runs as filtered and sorted, each with `earned`, `usable`, `saved` and `makers`."""
    lines = PremiRunLine.objects.filter(run_id=OuterRef("pk")).order_by().values("run_id")
    found = PremiRun.objects.filter(unit_id=unit_id)
    if filters.state is not None:
        found = found.filter(**_STATES[filters.state])
    if filters.kind is not None:
        found = found.filter(kind=filters.kind)
    summed = found.annotate(
        earned=Coalesce(Subquery(lines.annotate(n=Sum("earned")).values("n")), 0),
        usable=Coalesce(Subquery(lines.annotate(n=Sum("usable")).values("n")), 0),
        saved=Coalesce(Subquery(lines.annotate(n=Sum("saved")).values("n")), 0),
        makers=Coalesce(Subquery(lines.annotate(n=Count("id")).values("n")), 0),
    )
    first = "-earned" if filters.sort is RunSort.LARGEST else "-prepared_at"
    return summed.order_by(first, "-number")


def run_of(*, unit_id: int, run_id: UUID) -> PremiRun | None:
    """One of a unit, with its sums, or None; one statement."""
    return runs_of(unit_id=unit_id, filters=RunFilters()).filter(pk=run_id).first()


def lines_of_run(*, run_id: UUID) -> list[PremiRunLine]:
    """What a run pays to whom, by code; one statement."""
    return list(PremiRunLine.objects.filter(run_id=run_id).order_by("maker_id"))


def earnings_of_run(*, run_id: UUID) -> dict[str, list[PremiEarning]]:
    """What each maker of a run earned by which work, by code; one statement."""
    found = PremiEarning.objects.filter(run_id=run_id)
    joined = found.select_related("line__sale_line", "allocation__agreement").order_by("id")
    by_maker: dict[str, list[PremiEarning]] = {}
    for earning in joined:
        by_maker.setdefault(earning.maker_id, []).append(earning)
    return by_maker


def payable(
    *, unit_id: int, last: dt.date | None = None, maker: str | None = None
) -> list[Payable]:
    """What each maker earned up to a day and stands in no run, by code; one statement.

    A maker whose open premi does not sum to something positive is left out. None: all days, or all
    makers.
    """
    found = PremiEarning.objects.filter(unit_id=unit_id, run__isnull=True)
    if last is not None:
        found = found.filter(earned_on__lte=last)
    if maker is not None:
        found = found.filter(maker_id=maker)
    rows = (
        found.values("maker_id")
        .annotate(sum=Sum("amount"), count=Count("id"), oldest=Min("earned_on"))
        .order_by("maker_id")
    )
    return [
        Payable(row["maker_id"], row["sum"], row["count"], row["oldest"])
        for row in rows
        if row["sum"] > 0
    ]
