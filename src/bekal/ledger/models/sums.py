"""What moved a unit's accounts within a day, a month and a year: made from the lines."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE

SPANS = ("day", "month", "year")
CAUSE_LENGTH = 20


class SpanSum(models.Model):
    """What moved the accounts of one kind at a unit by one cause, within a span of days.

    `cause` is the word before the colon of an entry's source. Debit and credit are both positive.
    `first_line` and `last_line` are the ends of the lines that were summed, so that a page of them
    is found without reading the years before.
    """

    personal_data = NONE

    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    span = models.CharField(max_length=5)
    begins = models.DateField()
    kind = models.CharField(max_length=20)
    cause = models.CharField(max_length=CAUSE_LENGTH)
    debit = models.BigIntegerField()
    credit = models.BigIntegerField()
    lines = models.IntegerField()
    first_line = models.BigIntegerField()
    last_line = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "span", "begins", "kind", "cause"], name="ledger_spansum_once"
            ),
            models.CheckConstraint(
                condition=Q(span__in=list(SPANS)), name="ledger_spansum_span_known"
            ),
            models.CheckConstraint(
                condition=Q(debit__gte=0, credit__gte=0, lines__gt=0),
                name="ledger_spansum_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.span} {self.begins}"


class Summed(models.Model):
    """Up to which line the sums were made; one row."""

    personal_data = NONE

    id = models.SmallIntegerField(primary_key=True, default=1)
    through_line = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="ledger_summed_one_row")
        ]

    def __str__(self) -> str:
        return f"through {self.through_line}"
