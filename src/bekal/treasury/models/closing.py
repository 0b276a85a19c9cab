"""Papers that ask for a month of a unit to be closed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import not_deleted, not_emptied
from bekal.treasury.models.papers import decided_by_another, only_decided, starts_undecided
from bekal.treasury.rules.closing import NOTE_LENGTH


class MonthPaper(models.Model):
    """A treasurer asks to close a month; the head approves or refuses.

    `open_points` are sentences about what was still open when it was prepared, `note` why it is
    closed nevertheless.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    open_points = models.JSONField()
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    prepared_at = models.DateTimeField()
    prepared_by = models.CharField(max_length=80)
    decided_as = models.CharField(max_length=8, blank=True)
    decided_why = models.CharField(max_length=NOTE_LENGTH, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(decided_as=""),
                name="treasury_monthpaper_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="treasury_monthpaper_month_by_its_first"
            ),
            models.CheckConstraint(
                condition=decided_by_another("prepared_by"),
                name="treasury_monthpaper_by_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(open_points=[]) | Q(note__regex=r"\S"),
                name="treasury_monthpaper_open_points_noted",
            ),
        ]
        triggers: ClassVar = [only_decided, starts_undecided, not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"
