"""Sellers, categories, products, and the dated sheets of prices and costs."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Lower

from bekal.catalogue.rules import HOURS_LENGTH, POINT_LENGTH
from bekal.catalogue.search_text import name_words, offered_once_priced, price_spans, search_text
from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, not_deleted, not_emptied

SAMPLES_AFTER = 2**52
"""By so much simulated products stand behind real ones in the order of the list."""


class Seller(models.Model):
    """Who sells: the workshop of a unit."""

    personal_data = NONE

    unit = models.OneToOneField("places.Place", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"seller of place {self.unit_id}"


class Contact(models.Model):
    """How buyers reach a unit: its WhatsApp number, and where and when orders are picked up.

    The office's own, which its head publishes: they are of nobody in particular. A number is empty
    where it takes no messages (any more), a pick-up point where nobody has written it yet.
    """

    personal_data = NONE

    seller = models.OneToOneField(
        Seller, primary_key=True, on_delete=models.PROTECT, related_name="contact"
    )
    number = models.CharField(max_length=16, blank=True)
    pickup_point = models.CharField(max_length=POINT_LENGTH, blank=True)
    pickup_hours = models.CharField(max_length=HOURS_LENGTH, blank=True)
    is_sample = models.BooleanField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(number="") | Q(number__regex=r"^\+[1-9][0-9]{7,14}$"),
                name="catalogue_contact_number_can_be_called",
            ),
            models.CheckConstraint(
                condition=Q(pickup_hours="") | ~Q(pickup_point=""),
                name="catalogue_contact_hours_are_of_a_point",
            ),
        ]
        triggers: ClassVar = [not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"contact of seller {self.seller_id}"


class Category(models.Model):
    """A kind of product, by the word the sources use."""

    personal_data = NONE

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=60, unique=True)

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """Something a workshop makes and sells, or a service it does.

    `code` is the short code on price tags, made of the id. Names are told apart without case.
    `source_price_low/high` is what the source says of the price, in rupiah; it is shown, never
    sold at: what a product is sold at stands in its price sheet. `is_sample` marks products of
    simulated sales ("data contoh"). `search_plain` and `search_stems` are kept by a trigger: its
    words as they are written (name and English name A, category B, unit and region D) and their
    Indonesian stems (name C, the rest D). The stemmer takes "kemeja" for "meja", so plain words go
    first. `is_offered` is kept by triggers too: its unit shows it, its shelf says that there are
    some or that some are made, and its price sheet has a row. On which day that price begins, and
    whether permits hold, is not looked at: then the list needs no writing when a day comes. So what
    gets its first price next month stands among what can be bought from today on, without a price
    until then.
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
    is_offered = models.BooleanField(default=False, db_default=False, editable=False)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    search_plain = SearchVectorField(null=True, editable=False)
    search_stems = SearchVectorField(null=True, editable=False)

    class Meta:
        indexes: ClassVar = [
            # One number for each order of the list (queries.sieve).
            models.Index(
                F("id") - Cast("is_sample", models.IntegerField()) * SAMPLES_AFTER,
                name="catalogue_product_listed",
            ),
            models.Index(
                F("id")
                + Cast("is_offered", models.IntegerField()) * (2 * SAMPLES_AFTER)
                - Cast("is_sample", models.IntegerField()) * SAMPLES_AFTER,
                name="catalogue_product_offered",
            ),
            GinIndex("search_plain", name="catalogue_product_plain", fastupdate=False),
            GinIndex("search_stems", name="catalogue_product_stems", fastupdate=False),
        ]
        triggers: ClassVar = [search_text, name_words]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "seller", Lower("name"), name="catalogue_product_name_once_per_seller"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="catalogue_product_name_not_empty"),
            models.CheckConstraint(
                condition=Q(source_price_low__isnull=True, source_price_high__isnull=True)
                | Q(
                    source_price_low__isnull=False,
                    source_price_high__isnull=False,
                    source_price_low__gt=0,
                    source_price_high__gte=F("source_price_low"),
                ),
                name="catalogue_product_source_price_is_a_range",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Word(models.Model):
    """A word of some product's search text, for finding what a mistyped word was meant to be.

    Kept by the trigger of the products. A word may stand twice; a word never goes.
    """

    personal_data = NONE

    word = models.CharField(max_length=40, db_index=True)

    class Meta:
        indexes: ClassVar = [
            GistIndex(OpClass("word", name="gist_trgm_ops"), name="catalogue_word_nearest")
        ]

    def __str__(self) -> str:
        return self.word


class NameWord(models.Model):
    """A word of a product's name; kept by the trigger of the products.

    With it a bounded stretch of the newest products of each word is read, however common it is.
    """

    personal_data = NONE

    word = models.CharField(max_length=40)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["word", "product"], name="catalogue_nameword_once")
        ]

    def __str__(self) -> str:
        return self.word


class SheetRow(models.Model):
    """One row of a dated sheet: an amount in rupiah for one piece, in force from a day on.

    In force on a day is the row with the latest `valid_from` up to it and, of several for that
    `valid_from`, the one written last (highest id). So a mistyped amount is put right by writing
    the row of that day again; nothing is edited.
    """

    personal_data: ClassVar = NONE

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="%(class)ss")
    amount = models.BigIntegerField()
    valid_from = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        abstract = True
        indexes: ClassVar = [
            models.Index(
                fields=["product", "-valid_from", "-id"], name="%(app_label)s_%(class)s_in_force"
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.product_id} {self.amount} from {self.valid_from}"


class Price(SheetRow):
    """The price sheet: what one piece is sold at, in rupiah, from a day on, until the next row."""

    class Meta(SheetRow.Meta):
        triggers: ClassVar = [*FACTS, price_spans, offered_once_priced]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="catalogue_price_positive"),
        ]


class PriceSpan(models.Model):
    """From which day until which (excluded) a product has a price: the price sheet, read out.

    Derived by a trigger of the price sheet, so that lists can be ordered by the price of a day.
    """

    personal_data = NONE

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(F("amount"), F("product_id") * -1, name="catalogue_pricespan_listed"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "since"], name="catalogue_pricespan_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="catalogue_pricespan_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.amount} from {self.since}"


class Cost(SheetRow):
    """The cost sheet: material and expenses of one piece, in rupiah, from a day on."""

    class Meta(SheetRow.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="catalogue_cost_not_negative"),
        ]
