"""The problems of a unit as a list: those that wait for somebody of it, and those that are over."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from bekal.shop.models import Problem
from bekal.shop.queries.reported import all_problems
from bekal.shop.rules import Fault, ProblemState, Verdict


class ProblemSorting(StrEnum):
    """By what the list is sorted; the values stand in addresses."""

    OLDEST = "terlama"
    NEWEST = "terbaru"


PROBLEM_SORTING_LABELS = {
    ProblemSorting.OLDEST: "Yang paling lama menunggu dulu",
    ProblemSorting.NEWEST: "Laporan terbaru dulu",
}
_ORDERS = {
    ProblemSorting.OLDEST: ("reported_at", "id"),
    ProblemSorting.NEWEST: ("-reported_at", "id"),
}
_ACCEPTED = Q(answer__verdict=Verdict.ACCEPTED.value)
_STATES = {
    ProblemState.OPEN: Q(answer__isnull=True),
    ProblemState.AWAITING_GOODS: _ACCEPTED & Q(answer__goods__isnull=True),
    ProblemState.TO_REFUND: _ACCEPTED & Q(answer__goods__isnull=False, answer__refund__isnull=True),
    ProblemState.OWED: Q(answer__refund__is_credited=False, answer__refund__paid__isnull=True),
    ProblemState.PAID: Q(answer__refund__paid__isnull=False),
    ProblemState.CREDITED: Q(answer__refund__is_credited=True),
    ProblemState.REFUSED: Q(answer__verdict=Verdict.REFUSED.value),
    ProblemState.WITHDRAWN: Q(answer__verdict=Verdict.WITHDRAWN.value),
}
_OVER = (
    _STATES[ProblemState.REFUSED]
    | _STATES[ProblemState.WITHDRAWN]
    | Q(answer__refund__isnull=False)
)


@dataclass(frozen=True)
class ProblemFilters:
    """What a person narrows the problems of a unit by; `text` is a part of the order's code.

    `is_open` are those that wait for somebody of the unit, the others are over for it.
    """

    is_open: bool = True
    text: str = ""
    fault: Fault | None = None
    state: ProblemState | None = None
    sorting: ProblemSorting = ProblemSorting.OLDEST

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.text or self.fault or self.state)


def problems_of_unit(*, unit_id: int, filters: ProblemFilters) -> QuerySet[Problem]:
    """The problems with parts of a unit, narrowed and sorted; `shown_problems` shows them."""
    found = all_problems().filter(part__unit_id=unit_id)
    found = found.exclude(_OVER) if filters.is_open else found.filter(_OVER)
    if filters.fault is not None:
        found = found.filter(fault=filters.fault.value)
    if filters.state is not None:
        found = found.filter(_STATES[filters.state])
    if filters.text:
        code = filters.text.upper().replace(" ", "")
        found = found.filter(part__order__code__icontains=code)
    return found.order_by(*_ORDERS[filters.sorting])
