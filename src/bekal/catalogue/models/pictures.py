"""Photographs of products, and the files in which they are served."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Deferrable, Q

from bekal.catalogue.models.products import Product
from bekal.catalogue.rules import ALT_LENGTH, DIGEST_LENGTH, MOST_PICTURES, WIDTHS
from bekal.foundation.personal import NONE
from bekal.foundation.triggers import Promise, not_emptied


class Picture(models.Model):
    """A photograph of a product, shown once an officer has looked at it and said what it shows.

    `digest` names its files; `width` and `height` are those of the widest. Up to eight stand in
    the order of `position`. Hands, tools and goods only: `checked_by` has looked for faces,
    tattoos, keys and walls. What is taken away is gone, files too.
    """

    personal_data = NONE

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="pictures")
    digest = models.CharField(max_length=DIGEST_LENGTH, db_index=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=ALT_LENGTH, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=80, blank=True)

    class Meta:
        triggers: ClassVar = [not_emptied]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "position"],
                name="catalogue_picture_one_at_a_position",
                deferrable=Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["product", "digest"], name="catalogue_picture_once_per_product"
            ),
            models.CheckConstraint(
                condition=Q(position__range=(1, MOST_PICTURES)),
                name="catalogue_picture_position_known",
            ),
            models.CheckConstraint(
                condition=Q(width__range=(1, WIDTHS[-1]), height__gt=0),
                name="catalogue_picture_has_a_size",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by="")
                | (Q(checked_at__isnull=False, alt__regex=r"\S") & ~Q(checked_by="")),
                name="catalogue_picture_checked_says_what_it_shows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.digest}"


class PictureFile(models.Model):
    """A picture encoded by us in one width and kind; written once, never changed.

    The address is made of `digest`, `width` and `kind` and never shows anything else.
    """

    personal_data = NONE

    digest = models.CharField(max_length=DIGEST_LENGTH)
    width = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5)
    content = models.BinaryField()

    class Meta:
        triggers: ClassVar = [
            not_emptied,
            Promise(
                name="not_changed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="raise exception 'a file of a picture never changes' using errcode = '23514';",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["digest", "width", "kind"], name="catalogue_picturefile_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["webp", "avif"]), name="catalogue_picturefile_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.digest}-{self.width}.{self.kind}"


class SharePicture(models.Model):
    """The picture of a product in messages, made anew when what it says has changed.

    One in each language of its page. `digest` is of what it says: name, price, unit, photograph.
    """

    personal_data = NONE

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=DIGEST_LENGTH)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "language"], name="catalogue_sharepicture_one_in_a_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.language} {self.digest}"
