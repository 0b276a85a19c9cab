"""What was sold, for a trial of another rule."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Count

from bekal.sales.models import SaleLine


def lines_to_split(
    *, unit_ids: Collection[int], since: dt.date, until: dt.date, activity: str
) -> list[tuple[int, int, int, int | None, int, int]]:
    """What some units sold in days (both included), for a trial of another rule.

    (unit, rule, unit price, unit cost, pieces of a line, how many such lines); "" is any activity.
    """
    lines = SaleLine.objects.filter(
        sale__unit_id__in=unit_ids, sale__sold_on__gte=since, sale__sold_on__lte=until
    )
    if activity:
        lines = lines.filter(category=activity)
    alike = lines.values_list("sale__unit_id", "rule_id", "unit_price", "unit_cost", "pieces")
    return list(alike.annotate(lines=Count("id")).order_by("sale__unit_id", "rule_id"))
