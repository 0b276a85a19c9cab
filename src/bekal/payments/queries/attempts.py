"""The payment of an ask that was last opened at the gateway."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from bekal.payments.attempts import End
from bekal.payments.models import Attempt, Receipt
from bekal.payments.rules import Means


@dataclass(frozen=True)
class AttemptShown:
    """A payment at the gateway; `end` is None while its buyer may pay it at `page`.

    `has_money`: money of the ask came in through the gateway, by whichever attempt.
    """

    number: int
    amount: int
    page: str
    end: End | None
    has_money: bool


def last_attempt(*, request_id: UUID) -> AttemptShown | None:
    """The attempt of an ask that was opened last; None before the first. One statement."""
    money = Receipt.objects.filter(request=OuterRef("request"), means=Means.GATEWAY)
    rows = Attempt.objects.filter(request_id=request_id).annotate(has_money=Exists(money))
    row = rows.select_related("end").order_by("-number").first()
    if row is None:
        return None
    end = getattr(row, "end", None)
    return AttemptShown(
        number=row.number,
        amount=row.amount,
        page=row.page,
        end=End(end.how) if end else None,
        has_money=row.has_money,
    )
