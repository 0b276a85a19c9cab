"""Which days of a unit's books are closed: each closing and each reopening is a fact."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS
from bekal.ledger import promises
from bekal.ledger.rules import REASON_LENGTH, ClosingAct


class Closing(models.Model):
    """A unit's books were closed through a day, or opened again; the newest one holds.

    `through` is the last closed day from then on (None: none is closed), `before` what it was.
    `last_entry` is the newest entry of the nation when it was written, so that one can tell what
    was posted afterwards. A closing is prepared by one person and decided by another.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.IntegerField()
    act = models.CharField(max_length=6)
    through = models.DateField(null=True)
    before = models.DateField(null=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    prepared_at = models.DateTimeField(null=True)
    prepared_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)
    last_entry = models.BigIntegerField(editable=False)

    class Meta:
        constraints: ClassVar = [
            # Its index is what every posting looks into.
            models.UniqueConstraint(
                fields=["unit", "number"], include=["through"], name="ledger_closing_number_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    Q(before__isnull=True) | Q(through__gt=F("before")),
                    act=ClosingAct.CLOSE,
                    through__isnull=False,
                )
                | Q(
                    Q(through__isnull=True) | Q(through__lt=F("before")),
                    act=ClosingAct.REOPEN,
                    before__isnull=False,
                ),
                name="ledger_closing_goes_on_or_back",
            ),
            models.CheckConstraint(
                condition=Q(
                    ~Q(prepared_by="") & ~Q(prepared_by=F("decided_by")),
                    act=ClosingAct.CLOSE,
                    prepared_at__isnull=False,
                )
                | Q(act=ClosingAct.REOPEN, prepared_at__isnull=True, prepared_by=""),
                name="ledger_closing_by_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(act=ClosingAct.CLOSE) | Q(reason__regex=r"\S"),
                name="ledger_closing_reopened_with_reason",
            ),
        ]
        triggers: ClassVar = [*FACTS, promises.follows_the_last]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.act} {self.through}"
