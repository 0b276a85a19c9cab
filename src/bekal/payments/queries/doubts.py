"""What came in and does not fit, for a person of the unit to look at."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from bekal.foundation.clock import Zone, local_day
from bekal.payments.models import Doubt
from bekal.payments.queries.desk import PAGE_SIZE
from bekal.payments.rules import DOUBT_ADVICE, DoubtKind
from bekal.places import queries as places


@dataclass(frozen=True)
class DoubtShown:
    """What did not fit and nobody has looked at; `ask_id` and `label` are of its ask, if any."""

    id: int
    kind: DoubtKind
    sentence: str
    provider: str
    reference: str
    amount: int | None
    noted_at: dt.datetime
    day: dt.date
    ask_id: UUID | None = None
    label: str = ""

    @property
    def advice(self) -> str:
        """What a person does about it; nothing where the sentence says so."""
        return DOUBT_ADVICE.get(self.kind, "")

    @property
    def is_unknown_money(self) -> bool:
        """Whether it is money that can be taken in for nothing that is known yet."""
        return self.kind is DoubtKind.UNKNOWN_ORDER and self.amount is not None


def doubts_of(*, unit_id: int) -> list[DoubtShown]:
    """What did not fit at a unit and nobody has looked at, the oldest first."""
    rows = Doubt.objects.filter(unit_id=unit_id, check_made__isnull=True)
    known = rows.select_related("receipt__request").order_by("noted_at", "id")[:PAGE_SIZE]
    zone = places.zone_of(unit_id=unit_id)
    return [_shown_doubt(row, zone=zone) for row in known]


def _shown_doubt(row: Doubt, *, zone: Zone) -> DoubtShown:
    ask = row.receipt.request if row.receipt else None
    return DoubtShown(
        id=row.pk,
        kind=DoubtKind(row.kind),
        sentence=row.sentence,
        provider=row.provider,
        reference=row.reference,
        amount=row.amount,
        noted_at=row.noted_at,
        day=local_day(row.noted_at, zone),
        ask_id=ask.id if ask else None,
        label=ask.label if ask else "",
    )
