"""What is said of workshops: their kind, and their tools."""

import datetime as dt

from django.db import transaction

from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.production.actions.recording import record
from bekal.production.models import Tool, ToolFact, Workshop, WorkshopTrade
from bekal.production.rules.tools import NewTool, ToolRefused, Trade, check_tool


@transaction.atomic
def set_trade(*, unit_id: int, workshop_id: int, trade: Trade, by: Actor, now: dt.datetime) -> None:
    """Say of which kind a workshop of the unit is; the same again is written once.

    Raises ToolRefused for a workshop of another unit.
    """
    workshop = _locked(workshop_id, unit_id=unit_id)
    rows = WorkshopTrade.objects.filter(workshop=workshop).order_by("-id")
    if rows.values_list("trade", flat=True).first() == trade:
        return
    WorkshopTrade.objects.create(workshop=workshop, trade=trade, set_at=now, set_by=str(by))
    key = f"workshop:{workshop_id}"
    record("set_trade", key, unit_id=unit_id, detail={"trade": trade}, by=by, now=now)


@transaction.atomic
def tell_tool(*, unit_id: int, workshop_id: int, new: NewTool, by: Actor, now: dt.datetime) -> None:
    """Say how many of a tool a workshop has and how they are; the same again is written once.

    A name is one tool, whatever its case. Raises ToolRefused with the field.
    """
    check_tool(new, today=local_day(now, Zone.WIT))
    workshop = _locked(workshop_id, unit_id=unit_id)
    tool = Tool.objects.filter(workshop=workshop, name__iexact=new.name).first()
    if tool is None:
        tool = Tool.objects.create(
            workshop=workshop, name=new.name, opened_at=now, opened_by=str(by)
        )
    told = {
        "count": new.count,
        "condition": new.condition.value,
        "since": new.since,
        "note": new.note,
    }
    if ToolFact.objects.filter(tool=tool).order_by("-id").values(*told).first() == told:
        return
    ToolFact.objects.create(tool=tool, told_at=now, told_by=str(by), **told)
    key = f"tool:{tool.pk}"
    record("tell_tool", key, unit_id=unit_id, detail={"name": tool.name, **told}, by=by, now=now)


def _locked(workshop_id: int, *, unit_id: int) -> Workshop:
    found = Workshop.objects.select_for_update(no_key=True).filter(pk=workshop_id, unit_id=unit_id)
    workshop = found.first()
    if workshop is None:
        raise ToolRefused("Bengkel ini tidak ada di unit Anda.")
    return workshop
