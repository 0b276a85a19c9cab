"""Forgetting buyers when their time is over; money, goods and counts of what they bought stay."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.foundation.actors import Actor
from bekal.shop.actions import statements
from bekal.shop.models import Payee, ProblemText
from bekal.shop.rules import ENDED, ended_before

_AT_ONCE = 500


@transaction.atomic
def erase_buyers(*, today: dt.date, by: Actor, now: dt.datetime) -> int:
    """Erase who ordered, where the order ended longer ago than the period; returns how many.

    With them go what they reported, their pictures, and where they wanted money back to. At most
    500 at once: jobs call it until none is left. A row that somebody holds is left for another
    time. The period is settings.BEKAL_BUYER_DATA_DAYS.
    """
    ended = [status.value for status in ENDED]
    before = ended_before(today=today, days=settings.BEKAL_BUYER_DATA_DAYS)
    values: dict[str, Any] = {
        "before": before,
        "ended": ended,
        "most": _AT_ONCE,
        "now": now,
        "by": str(by),
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.ERASE_BUYERS, values)
        erased: int = cursor.rowcount
    over = {"status__in": ended, "status_at__lt": before, "buyer__erased_at__isnull": False}
    texts, _ = ProblemText.objects.filter(
        **{f"problem__part__order__{key}": value for key, value in over.items()}
    ).delete()
    payees, _ = Payee.objects.filter(
        **{f"order__{key}": value for key, value in over.items()}
    ).delete()
    if erased or texts or payees:
        audit.record(
            chain=NATION,
            action="shop.erase_buyers",
            object_key=f"day:{today}",
            detail={"buyers": erased, "reports": texts, "payees": payees},
            by=by,
            now=now,
        )
    return erased
