"""What the nightly look for broken promises found. Inserted once, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS
from bekal.treasury.rules.checks import NAME_LENGTH


class CheckRun(models.Model):
    """One run of all checks: when it began, how many checks it made, how many problems it found."""

    personal_data = NONE

    ran_at = models.DateTimeField(unique=True)
    checks = models.IntegerField()
    problems = models.IntegerField()
    ran_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(checks__gt=0, problems__gte=0), name="treasury_checkrun_counts"
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.ran_at}: {self.problems}"


class CheckOutcome(models.Model):
    """What one check found: how many problems, and the first sentences of them."""

    personal_data = NONE

    run = models.ForeignKey(CheckRun, on_delete=models.PROTECT, related_name="outcomes")
    name = models.CharField(max_length=NAME_LENGTH)
    problems = models.IntegerField()
    sentences = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "name"], name="treasury_checkoutcome_once"),
            models.CheckConstraint(
                condition=Q(problems__gte=0), name="treasury_checkoutcome_counts"
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.name}: {self.problems}"
