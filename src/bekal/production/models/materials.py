"""Materials: what a unit works with, the moves that make its level, and what it bought."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, not_deleted, not_emptied
from bekal.production.models import material_promises as promises
from bekal.production.rules.materials import COMES, EITHER, GOES, Measure
from bekal.production.rules.purchases import Fund, PaidFrom


class Material(models.Model):
    """Something that a unit makes its goods of, in its measure."""

    personal_data = NONE

    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    measure = models.CharField(max_length=10)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(F("unit"), Lower("name"), name="production_material_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="production_material_has_name"),
            models.CheckConstraint(
                condition=Q(measure__in=[measure.value for measure in Measure]),
                name="production_material_measure_known",
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.name} ({self.measure})"


class MaterialEnd(models.Model):
    """That a material is used no more; its moves stay."""

    personal_data = NONE

    material = models.OneToOneField(
        Material, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=200)
    ended_at = models.DateTimeField()
    ended_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="production_materialend_says_why")
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.material_id} ended"


class MaterialLevel(models.Model):
    """What is there of a material in thousandths, and what it is worth in rupiah.

    The row is changed by the trigger of moves alone. `rate_value` for `rate_quantity` is the moving
    average after the last that came: uses are taken at it. More may be used than was written to
    come, for use is a fact; then nothing is left to be worth anything, and a person counts.
    """

    personal_data = NONE

    material = models.OneToOneField(
        Material, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    quantity = models.BigIntegerField()
    value = models.BigIntegerField()
    rate_value = models.BigIntegerField()
    rate_quantity = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value__gte=0) & (Q(quantity__gt=0) | Q(value=0)),
                name="production_materiallevel_value_of_what_is_there",
            ),
            models.CheckConstraint(
                condition=Q(rate_value__gte=0, rate_quantity__gt=0)
                | Q(rate_value=0, rate_quantity=0),
                name="production_materiallevel_rate_is_one",
            ),
        ]
        triggers: ClassVar = [promises.only_by_moves, not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"{self.material_id}: {self.quantity}"


class MaterialMove(models.Model):
    """So many thousandths came or went, worth so many rupiah, once for each source and reason."""

    personal_data = NONE

    material = models.ForeignKey(
        Material, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    quantity = models.BigIntegerField()
    value = models.BigIntegerField()
    why = models.CharField(max_length=10)
    source = models.CharField(max_length=80)
    note = models.CharField(max_length=250, blank=True)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "material", "why"], name="production_materialmove_once"
            ),
            models.CheckConstraint(
                condition=Q(why__in=sorted(COMES), quantity__gt=0, value__gte=0)
                | Q(why__in=sorted(GOES), quantity__lt=0, value__lte=0)
                | Q(why__in=sorted(EITHER), quantity__gte=0, value__gte=0)
                | Q(why__in=sorted(EITHER), quantity__lte=0, value__lte=0),
                name="production_materialmove_sign_fits_why",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("material"), F("id").desc(), name="production_materialmove_newest")
        ]
        triggers: ClassVar = [*FACTS, promises.moves_the_material]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.material_id}: {self.why}"


class Purchase(models.Model):
    """Material that a unit bought by one receipt, or was given. Its lines sum to its total.

    The money is an entry of the ledger under the same key, with the source "purchase:<id>". Only
    organisations are named as suppliers. `xid` is the transaction that wrote it, with its lines.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    supplier = models.CharField(max_length=80)
    receipt = models.CharField(max_length=60, blank=True)
    bought_on = models.DateField()
    total = models.BigIntegerField()
    fund = models.CharField(max_length=20, blank=True)
    paid_from = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    xid = models.BigIntegerField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(supplier=""), name="production_purchase_has_supplier"
            ),
            models.CheckConstraint(
                condition=Q(fund__in=sorted(Fund), paid_from__in=sorted(PaidFrom), total__gt=0)
                | (Q(fund="", paid_from="", total=0) & ~Q(note="")),
                name="production_purchase_paid_or_given",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("unit"), F("bought_on").desc(), F("id").desc(), name="production_purchase_newest"
            )
        ]
        triggers: ClassVar = [*FACTS, promises.purchase_stamp, promises.sums_its_lines]

    def __str__(self) -> str:
        return f"{self.supplier} {self.receipt}"


class PurchaseLine(models.Model):
    """So much of a material for so many rupiah, on a receipt; written with it."""

    personal_data = NONE

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="+")
    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["purchase", "material"], name="production_purchaseline_once"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, amount__gte=0),
                name="production_purchaseline_positive",
            ),
        ]
        triggers: ClassVar = [*FACTS, promises.with_its_purchase]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.material_id} for {self.amount}"


class PurchaseUndone(models.Model):
    """That a purchase was written down wrong: its money and its material went back, with a reason.

    The money is an entry that takes the first one back, under this row's `key`.
    """

    personal_data = NONE

    purchase = models.OneToOneField(
        Purchase, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.UUIDField(unique=True)
    reason = models.CharField(max_length=200)
    undone_at = models.DateTimeField()
    undone_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="production_purchaseundone_says_why"
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.purchase_id} undone"
