"""What kind of work a workshop does, and its tools; each a fact that a later one follows."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS
from bekal.production.models.capacity import Workshop
from bekal.production.rules.tools import Condition, Trade


class WorkshopTrade(models.Model):
    """That a workshop is of a kind; the newest row holds."""

    personal_data = NONE

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="+")
    trade = models.CharField(max_length=20)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(trade__in=[trade.value for trade in Trade]),
                name="production_workshoptrade_known",
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.workshop_id}: {self.trade}"


class Tool(models.Model):
    """A kind of tool in a workshop, by its name."""

    personal_data = NONE

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(F("workshop"), Lower("name"), name="production_tool_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="production_tool_has_name"),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return self.name


class ToolFact(models.Model):
    """So many of a tool were there from a day on, and how they were; the newest row holds."""

    personal_data = NONE

    tool = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="+")
    count = models.IntegerField()
    condition = models.CharField(max_length=10)
    since = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(count__gte=0, condition__in=[one.value for one in Condition]),
                name="production_toolfact_says_how_many_and_how",
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.count} of {self.tool_id}: {self.condition}"
