"""Sheets of sales, and what became of each of their rows."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import Promise, not_deleted, not_emptied

_STATES = ("waiting", "recorded", "refused")
_only_decided = Promise(
    name="only_decided",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if old.state = 'recorded' or new.cells <> old.cells or new.line <> old.line
       or new.sheet_id <> old.sheet_id then
      raise exception 'what a row said stays, and a row that became a sale is done'
        using errcode = '23514';
    end if;
    return new;
    """,
)


class SalesSheet(models.Model):
    """A sheet that an officer sent; the same bytes are one sheet of a unit. Never changed.

    `started_by` recorded its good rows, or lets the job do so; `sure` also takes what may be
    double.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=80)
    started_at = models.DateTimeField(null=True)
    started_by = models.CharField(max_length=80, blank=True)
    is_sure = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "digest"], name="sales_salessheet_once"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="sales_salessheet_digest_is_one"
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True, started_by="")
                | Q(started_at__isnull=False) & ~Q(started_by=""),
                name="sales_salessheet_started_at_and_by",
            ),
        ]
        triggers: ClassVar = [not_deleted, not_emptied]

    def __str__(self) -> str:
        return self.name


class SheetRow(models.Model):
    """One row as it was written; `sale_id` is the sale that it became.

    `twin` is a digest of a row with a note number, the same in whatever file it stands.
    """

    personal_data = NONE

    sheet = models.ForeignKey(SalesSheet, on_delete=models.PROTECT, related_name="rows")
    line = models.IntegerField()
    cells = models.JSONField()
    twin = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, default="waiting")
    problem = models.CharField(max_length=300, blank=True)
    sale_id = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "line"], name="sales_sheetrow_once"),
            models.CheckConstraint(
                condition=Q(state__in=_STATES), name="sales_sheetrow_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="recorded", sale_id__isnull=False)
                | ~Q(state="recorded") & Q(sale_id__isnull=True),
                name="sales_sheetrow_recorded_has_sale",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(problem=""),
                name="sales_sheetrow_refused_has_problem",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["twin"], condition=~Q(twin=""), name="sales_sheetrow_twin"),
            models.Index(
                fields=["sheet", "line"],
                condition=Q(state="waiting"),
                name="sales_sheetrow_waiting",
            ),
        ]
        triggers: ClassVar = [not_deleted, not_emptied, _only_decided]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.line}"
