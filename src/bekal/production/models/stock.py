"""Goods: moves, the level that they make, and holds."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, not_deleted, not_emptied
from bekal.production.models import promises
from bekal.production.rules import EITHER, IN, OUT, HoldStatus, Reason


class Stock(models.Model):
    """The level of a product that is tracked: what is there, and what of it is held.

    A product is tracked from its first move on. The row is changed by the triggers of moves and
    holds alone, so the level is the sum of its moves and `held` that of its open holds. A sale may
    leave less than nothing, or less than is held: it is a fact, and a discrepancy for a person.
    Sales of days before `since` are in the level already, for it was counted after them.
    """

    personal_data = NONE

    product = models.OneToOneField(
        "catalogue.Product", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    on_hand = models.IntegerField()
    held = models.IntegerField()
    low_mark = models.IntegerField()
    since = models.DateField()
    told = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(held__gte=0), name="production_stock_held_positive"),
            models.CheckConstraint(
                condition=Q(low_mark__gte=0), name="production_stock_low_mark_positive"
            ),
        ]
        triggers: ClassVar = [promises.only_by_facts, not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.on_hand}, {self.held} held"


class StockMove(models.Model):
    """So many pieces came or went, for a reason, once for each source. Never changed."""

    personal_data = NONE

    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    pieces = models.IntegerField()
    reason = models.CharField(max_length=12)
    source = models.CharField(max_length=80)
    note = models.CharField(max_length=200, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "product", "reason"], name="production_stockmove_once"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=[reason.value for reason in Reason]),
                name="production_stockmove_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=sorted(IN), pieces__gt=0)
                | Q(reason__in=sorted(OUT), pieces__lt=0)
                | (Q(reason__in=sorted(EITHER)) & ~Q(pieces=0))
                | Q(reason=Reason.COUNTED),
                name="production_stockmove_sign_fits_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("product"), F("id").desc(), name="production_stockmove_newest")
        ]
        triggers: ClassVar = [*FACTS, promises.moves_the_level]

    def __str__(self) -> str:
        return f"{self.pieces} of {self.product_id}: {self.reason}"


class Hold(models.Model):
    """Pieces that a group (the part of an order) keeps from others, until an instant or its end.

    No more can be held than is there: the trigger refuses it whoever asks.
    """

    personal_data = NONE

    group = models.UUIDField(db_column="group_id")
    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    pieces = models.IntegerField()
    until = models.DateTimeField(null=True)
    status = models.CharField(max_length=10)
    held_at = models.DateTimeField()
    held_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "product"], name="production_hold_once"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="production_hold_has_pieces"),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in HoldStatus]),
                name="production_hold_status_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["product", "until"],
                condition=Q(status=HoldStatus.HELD),
                name="production_hold_open",
            )
        ]
        triggers: ClassVar = [
            promises.hold_is_a_fact,
            promises.holds_the_level,
            promises.moves_the_hold,
            not_deleted,
            not_emptied,
        ]

    def __str__(self) -> str:
        return f"{self.pieces} of {self.product_id} {self.status}"
