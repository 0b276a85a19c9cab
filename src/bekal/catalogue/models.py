from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.models import append_only
from bekal.foundation.personal import NONE


class Seller(models.Model):
    """Who sells: the workshop of a unit."""

    personal_data = NONE

    unit = models.OneToOneField("places.Place", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"seller of place {self.unit_id}"


class Category(models.Model):
    """A kind of product, by the word the sources use."""

    personal_data = NONE

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """Something a workshop makes and sells, or a service it does.

    `code` is the short code on price tags. `source_price_low/high` is what the source says of the
    price, in rupiah; it is shown, never sold at: what a product is sold at stands in its price
    sheet. `is_sample` marks products of simulated sales ("data contoh").
    """

    personal_data = NONE

    code = models.CharField(max_length=12, unique=True)
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="products")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=400, blank=True)
    source_price_low = models.BigIntegerField(null=True)
    source_price_high = models.BigIntegerField(null=True)
    is_sample = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seller", "name"], name="catalogue_product_name_once_per_seller"
            ),
            models.CheckConstraint(
                condition=Q(source_price_low__isnull=True, source_price_high__isnull=True)
                | Q(source_price_low__gt=0, source_price_high__gte=F("source_price_low")),
                name="catalogue_product_source_price_is_a_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Price(models.Model):
    """The price sheet: what one piece is sold at, in rupiah, from a day on, until the next row."""

    personal_data = NONE

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="prices")
    amount = models.BigIntegerField()
    valid_from = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "valid_from"], name="catalogue_price_one_per_day"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="catalogue_price_positive"),
        ]
        triggers: ClassVar = [append_only]

    def __str__(self) -> str:
        return f"{self.product_id} {self.amount} from {self.valid_from}"


class Cost(models.Model):
    """The cost sheet: material and expenses of one piece, in rupiah, from a day on."""

    personal_data = NONE

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="costs")
    amount = models.BigIntegerField()
    valid_from = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "valid_from"], name="catalogue_cost_one_per_day"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="catalogue_cost_not_negative"),
        ]
        triggers: ClassVar = [append_only]

    def __str__(self) -> str:
        return f"{self.product_id} {self.amount} from {self.valid_from}"
