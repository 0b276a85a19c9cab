"""QRIS money that reached the bank: which line of a statement, for which days, with which fee."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS
from bekal.treasury.rules.settling import REASON_LENGTH


class QrisSettlement(models.Model):
    """A line of a bank statement that is QRIS money of some days, once; never changed.

    `during` is empty where a person said by hand that it is QRIS money, with a reason.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    line = models.OneToOneField(
        "payments.StatementLine", on_delete=models.PROTECT, related_name="+"
    )
    amount = models.BigIntegerField()
    fee = models.BigIntegerField()
    during = DateRangeField(null=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    settled_at = models.DateTimeField()
    settled_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, fee__gte=0), name="treasury_qrissettlement_sums"
            ),
            models.CheckConstraint(
                condition=Q(fee=0, during__isnull=False) | Q(reason__regex=r"\S"),
                name="treasury_qrissettlement_has_reason",
            ),
            ExclusionConstraint(
                name="treasury_qrissettlement_day_once",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.line_id} {self.amount}"
