"""The payment of an ask that was last opened at the gateway."""

from dataclasses import dataclass
from uuid import UUID

from bekal.payments.attempts import End
from bekal.payments.models import Attempt


@dataclass(frozen=True)
class AttemptShown:
    """A payment at the gateway; `end` is None while its buyer may pay it at `page`."""

    number: int
    amount: int
    page: str
    end: End | None


def last_attempt(*, request_id: UUID) -> AttemptShown | None:
    """The attempt of an ask that was opened last; None before the first. One statement."""
    rows = Attempt.objects.filter(request_id=request_id).select_related("end")
    row = rows.order_by("-number").first()
    if row is None:
        return None
    end = getattr(row, "end", None)
    return AttemptShown(
        number=row.number,
        amount=row.amount,
        page=row.page,
        end=End(end.how) if end else None,
    )
