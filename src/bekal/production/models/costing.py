"""Price sheets of products: dated, with their lines, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS
from bekal.production.models import costing_promises as promises
from bekal.production.models.material_promises import purchase_stamp


class CostSheet(models.Model):
    """What a product costs to make from a day on, for `pieces` at once, and why it has its price.

    The cost of one piece went onto the catalogue's own dated sheet in the same transaction, where
    the rules of splitting find it. `price` is the one in force on `valid_from`, if there is one.
    """

    personal_data = NONE

    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    key = models.UUIDField(unique=True)
    valid_from = models.DateField()
    pieces = models.IntegerField()
    minutes = models.IntegerField()
    labour = models.BigIntegerField()
    labour_reason = models.CharField(max_length=200, blank=True)
    total = models.BigIntegerField()
    cost = models.BigIntegerField()
    price = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)
    xid = models.BigIntegerField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pieces__gt=0, minutes__gte=0, labour__gte=0, total__gte=F("labour")),
                name="production_costsheet_positive",
            ),
            models.CheckConstraint(
                condition=Q(cost=(F("total") * 2 + F("pieces")) / (F("pieces") * 2)),
                name="production_costsheet_cost_of_one",
            ),
            models.CheckConstraint(
                condition=Q(labour=0) | ~Q(labour_reason=""),
                name="production_costsheet_labour_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | ~Q(reason=""),
                name="production_costsheet_price_has_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("product"), F("id").desc(), name="production_costsheet_newest")
        ]
        triggers: ClassVar = [*FACTS, purchase_stamp, promises.sheet_sums_its_lines]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.cost} from {self.valid_from}"


class CostLine(models.Model):
    """A line of a price sheet: a material at the average of that moment, or another cost."""

    personal_data = NONE

    sheet = models.ForeignKey(CostSheet, on_delete=models.PROTECT, related_name="+")
    material = models.ForeignKey(
        "production.Material", null=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(max_length=80, blank=True)
    quantity = models.BigIntegerField(null=True)
    rate_value = models.BigIntegerField()
    rate_quantity = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "material"], name="production_costline_once"),
            models.CheckConstraint(
                condition=Q(
                    material__isnull=False,
                    words="",
                    quantity__gt=0,
                    rate_value__gte=0,
                    rate_quantity__gt=0,
                    amount__gte=0,
                )
                | (
                    Q(
                        material__isnull=True,
                        quantity__isnull=True,
                        rate_value=0,
                        rate_quantity=0,
                        amount__gt=0,
                    )
                    & ~Q(words="")
                ),
                name="production_costline_material_or_other",
            ),
        ]
        triggers: ClassVar = [*FACTS, promises.with_its_sheet]

    def __str__(self) -> str:
        return f"{self.words or self.material_id}: {self.amount}"
