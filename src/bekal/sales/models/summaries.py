"""What the facts sum to; kept in the same transaction, and rebuilt from them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE


class Sums(models.Model):
    """What both summaries count, in rupiah and pieces.

    gross and returned are separate, so that net is always gross - returned; the six parts are net
    of what was taken back. `sample_gross` and `sample_returned` are the parts of gross and returned
    that are simulated ("data contoh").
    """

    gross = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    pieces = models.BigIntegerField(default=0)
    pieces_returned = models.BigIntegerField(default=0)
    sample_gross = models.BigIntegerField(default=0)
    sample_returned = models.BigIntegerField(db_default=0)
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


class ProductHour(models.Model):
    """What one product sold, and what of it came back, in one hour of one day.

    `hour` is that of WIB (see rules.hour_of), and null where it is not known ("tanpa jam"). A
    product belongs to one unit, so the lock on the unit's book orders these rows too.
    """

    personal_data = NONE

    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    hour = models.SmallIntegerField(null=True)
    pieces = models.BigIntegerField()
    pieces_returned = models.BigIntegerField()
    gross = models.BigIntegerField()
    returned = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "day", "hour"],
                nulls_distinct=False,
                name="sales_producthour_once",
            ),
            models.CheckConstraint(
                condition=Q(hour__isnull=True) | Q(hour__range=(0, 23)),
                name="sales_producthour_hour_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["day"], name="sales_producthour_day")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.day} {self.hour}"
