"""The kind and the tools of a workshop, as they were said last."""

from bekal.production.models import ToolFact, WorkshopTrade
from bekal.production.rules.tools import Trade


def trade_of(*, workshop_id: int) -> Trade | None:
    """Of which kind a workshop is, if anybody said so; one statement."""
    rows = WorkshopTrade.objects.filter(workshop_id=workshop_id).order_by("-id")
    trade = rows.values_list("trade", flat=True).first()
    return Trade(trade) if trade else None


def tools_of(*, workshop_id: int) -> list[ToolFact]:
    """What was said last of each tool of a workshop, by name; one statement."""
    found = ToolFact.objects.filter(tool__workshop_id=workshop_id).select_related("tool")
    newest = found.order_by("tool_id", "-id").distinct("tool_id")
    return sorted(newest, key=lambda fact: fact.tool.name.casefold())
