"""Transfers: what one unit sends another to work on, until it arrives or is taken back."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import not_deleted, not_emptied
from bekal.production.models import transfer_promises as promises
from bekal.production.rules.transfers import TransferOutcome

_OPEN = Q(
    outcome="",
    ended_at__isnull=True,
    ended_by="",
    material__isnull=True,
    came__isnull=True,
    quantity__isnull=True,
    remark="",
)
_ARRIVED = Q(
    outcome=TransferOutcome.ARRIVED,
    ended_at__isnull=False,
    material__isnull=False,
    came__gt=0,
    quantity__gt=0,
)
_BACK = Q(
    outcome=TransferOutcome.BACK,
    ended_at__isnull=False,
    material__isnull=True,
    came__gte=0,
    quantity__isnull=True,
    remark__regex=r"\S",
)


class StockTransfer(models.Model):
    """Pieces of a unit's product on the way to another unit, worth `value` rupiah by their cost.

    They went out of the stock under "transfer:<id>". A transfer ends once: `came` pieces of it
    arrived as `quantity` thousandths of a material of the receiver (under the same source), or are
    the sender's again ("transferback:<id>").
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    pieces = models.IntegerField()
    value = models.BigIntegerField()
    letter = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10, blank=True)
    material = models.ForeignKey(
        "production.Material", null=True, on_delete=models.PROTECT, related_name="+"
    )
    came = models.IntegerField(null=True)
    quantity = models.BigIntegerField(null=True)
    remark = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pieces__gt=0, value__gte=0) & ~Q(unit=F("to_unit")),
                name="production_stocktransfer_of_something_elsewhere",
            ),
            models.CheckConstraint(
                condition=_OPEN | _ARRIVED | _BACK, name="production_stocktransfer_outcome_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(came__isnull=True)
                | Q(came=F("pieces"))
                | Q(came__lt=F("pieces"), remark__regex=r"\S"),
                name="production_stocktransfer_less_has_remark",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("unit"), F("recorded_at").desc(), F("id").desc(), name="production_transfer_sent"
            ),
            models.Index(
                F("to_unit"), F("recorded_at").desc(), F("id").desc(), name="production_transfer_to"
            ),
            models.Index(
                fields=["to_unit"],
                condition=Q(ended_at__isnull=True),
                name="production_transfer_coming",
            ),
        ]
        triggers: ClassVar = [
            promises.sends_what_is_its_own,
            promises.ends_once,
            promises.moves_the_goods,
            not_deleted,
            not_emptied,
        ]

    def __str__(self) -> str:
        return f"{self.pieces} of {self.product_id} to {self.to_unit_id}"
