"""What the facts sum to; kept in the same transaction, and rebuilt from them."""

from typing import ClassVar

from django.db import models

from bekal.foundation.personal import NONE


class Sums(models.Model):
    """What both summaries count, in rupiah and pieces.

    gross and returned are separate, so that net is always gross - returned; the six parts are net
    of what was taken back. `sample_gross` is the part of gross that is simulated ("data contoh").
    """

    gross = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    pieces = models.BigIntegerField(default=0)
    pieces_returned = models.BigIntegerField(default=0)
    sample_gross = models.BigIntegerField(default=0)
    pnbp = models.BigIntegerField(default=0)
    premi = models.BigIntegerField(default=0)
    cost_recovery = models.BigIntegerField(default=0)
    capital = models.BigIntegerField(default=0)
    operating = models.BigIntegerField(default=0)
    partner = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


class Leaf(Sums):
    """A unit's day by category, channel and buyer class; rebuilt from the facts."""

    personal_data = NONE

    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    category = models.CharField(max_length=40)
    channel = models.CharField(max_length=12)
    buyer_class = models.CharField(max_length=12)
    lines = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "day", "category", "channel", "buyer_class"],
                name="sales_leaf_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["day", "unit"], name="sales_leaf_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.category}"


class UnitDay(Sums):
    """The fold of the leaves: a unit's day in one row, which the tree is summed from."""

    personal_data = NONE

    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    receipts = models.IntegerField(default=0)
    refunds = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "day"], name="sales_unitday_once")
        ]
        indexes: ClassVar = [models.Index(fields=["day", "unit"], name="sales_unitday_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"
