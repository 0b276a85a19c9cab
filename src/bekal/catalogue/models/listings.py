"""What a product is for a buyer: its words, its shelf, and what buyers said of it."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bekal.catalogue.models.products import Product
from bekal.catalogue.rules import (
    COMPOSITION_LENGTH,
    DESCRIPTION_LENGTH,
    FEW,
    MOST_STARS,
    NAME_LENGTH,
    NET_CONTENT_LENGTH,
    NOTE_LENGTH,
    REVIEW_LENGTH,
    TEXT_LENGTH,
    Halal,
    Making,
    Origin,
    ReviewStatus,
    ShelfState,
)
from bekal.catalogue.search_text import english_name, offered_on_shelf, offered_when_shown
from bekal.foundation.personal import NONE
from bekal.foundation.triggers import Promise, not_deleted, not_emptied

_SAID = r"\S"


class Listing(models.Model):
    """A product as it is described to buyers; `is_published` is the officer's word, not the day's.

    Weights are grams, sizes centimetres of the packed piece. `buyer_limit` is how many pieces one
    buyer may order in 30 days. `is_food` is null until somebody has said whether it is processed
    food. What of a food must be there when it is published stands in the constraints; whether its
    permits hold on a day is asked on reading (`goods_for_sale`).
    """

    personal_data = NONE

    product = models.OneToOneField(
        Product, primary_key=True, on_delete=models.PROTECT, related_name="listing"
    )
    is_published = models.BooleanField(default=False)
    name_en = models.CharField(max_length=NAME_LENGTH, blank=True)
    description = models.TextField(max_length=DESCRIPTION_LENGTH, blank=True)
    description_en = models.TextField(max_length=DESCRIPTION_LENGTH, blank=True)
    origin = models.CharField(max_length=10, blank=True)
    making = models.CharField(max_length=10, default=Making.STOCK)
    weight_g = models.PositiveIntegerField(null=True)
    length_cm = models.PositiveSmallIntegerField(null=True)
    width_cm = models.PositiveSmallIntegerField(null=True)
    height_cm = models.PositiveSmallIntegerField(null=True)
    material = models.CharField(max_length=TEXT_LENGTH, blank=True)
    measure = models.CharField(max_length=TEXT_LENGTH, blank=True)
    care = models.CharField(max_length=TEXT_LENGTH, blank=True)
    buyer_limit = models.PositiveSmallIntegerField(null=True)
    is_food = models.BooleanField(null=True)
    composition = models.TextField(max_length=COMPOSITION_LENGTH, blank=True)
    net_content = models.CharField(max_length=NET_CONTENT_LENGTH, blank=True)
    allergens = models.CharField(max_length=TEXT_LENGTH, blank=True)
    storage = models.CharField(max_length=TEXT_LENGTH, blank=True)
    shelf_life_days = models.PositiveSmallIntegerField(null=True)
    halal = models.CharField(max_length=12, blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = [not_deleted, not_emptied, english_name, offered_when_shown]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(origin__in=["", *Origin]), name="catalogue_listing_origin_known"
            ),
            models.CheckConstraint(
                condition=Q(making__in=list(Making)), name="catalogue_listing_making_known"
            ),
            models.CheckConstraint(
                condition=Q(halal__in=["", *Halal]), name="catalogue_listing_halal_known"
            ),
            models.CheckConstraint(
                condition=Q(is_published=False)
                | (Q(description__regex=_SAID, weight_g__isnull=False) & ~Q(origin="")),
                name="catalogue_listing_published_is_described",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(is_food__isnull=False),
                name="catalogue_listing_published_says_whether_food",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False)
                | Q(is_food=False)
                | (
                    Q(composition__regex=_SAID, net_content__regex=_SAID, storage__regex=_SAID)
                    & Q(shelf_life_days__isnull=False)
                    & ~Q(halal="")
                ),
                name="catalogue_listing_published_food_is_labelled",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": 0}),
                    name=f"catalogue_listing_{name}_positive",
                )
                for name in (
                    "weight_g",
                    "length_cm",
                    "width_cm",
                    "height_cm",
                    "buyer_limit",
                    "shelf_life_days",
                )
            ),
        ]

    def __str__(self) -> str:
        return f"listing of product {self.product_id}"


class Shelf(models.Model):
    """What buyers are told of how many there are: told by whoever counts the stock, never counted.

    `left` is a number only when few are left, `days` only when pieces are made to order, and
    `sentence` says why, only when the unit pauses.
    """

    personal_data = NONE

    product = models.OneToOneField(
        Product, primary_key=True, on_delete=models.PROTECT, related_name="shelf"
    )
    state = models.CharField(max_length=10)
    left = models.PositiveSmallIntegerField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    sentence = models.CharField(max_length=TEXT_LENGTH, blank=True)
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = [offered_on_shelf]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=list(ShelfState)), name="catalogue_shelf_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ShelfState.FEW, left__isnull=False, left__range=(1, FEW))
                | (~Q(state=ShelfState.FEW) & Q(left__isnull=True)),
                name="catalogue_shelf_left_when_few",
            ),
            models.CheckConstraint(
                condition=Q(state=ShelfState.MADE, days__isnull=False, days__gt=0)
                | (~Q(state=ShelfState.MADE) & Q(days__isnull=True)),
                name="catalogue_shelf_days_when_made",
            ),
            models.CheckConstraint(
                condition=Q(state=ShelfState.PAUSED) | Q(sentence=""),
                name="catalogue_shelf_sentence_when_paused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.state}"


class Review(models.Model):
    """What somebody who bought a product says of it. Who that is, is not kept here.

    `key` is the proof of purchase, "part:<uuid>:<product>": one part of an order, one review of
    each product in it. Its words and stars stay as written; only its status changes, once.
    """

    personal_data = NONE

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="reviews")
    key = models.CharField(max_length=80, unique=True)
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=REVIEW_LENGTH, blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)
    status = models.CharField(max_length=10, default=ReviewStatus.WAITING)
    reason = models.CharField(max_length=NOTE_LENGTH, blank=True)
    moderated_at = models.DateTimeField(null=True)
    moderated_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                F("status"), F("written_at").desc(), F("id").desc(), name="catalogue_review_waiting"
            ),
        ]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            Promise(
                name="judged_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                if old.status <> 'waiting' or new.status = 'waiting' or
                   to_jsonb(new) - array['status', 'reason', 'moderated_at', 'moderated_by'] <>
                   to_jsonb(old) - array['status', 'reason', 'moderated_at', 'moderated_by'] then
                  raise exception 'a review is judged once, and its words stay'
                    using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stars__range=(1, MOST_STARS)), name="catalogue_review_one_to_five_stars"
            ),
            models.CheckConstraint(
                condition=Q(status=ReviewStatus.WAITING, moderated_at__isnull=True, moderated_by="")
                | (
                    Q(status__in=[ReviewStatus.SHOWN, ReviewStatus.REFUSED])
                    & Q(moderated_at__isnull=False)
                    & ~Q(moderated_by="")
                ),
                name="catalogue_review_moderated_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status=ReviewStatus.REFUSED, reason__regex=_SAID)
                | (~Q(status=ReviewStatus.REFUSED) & Q(reason="")),
                name="catalogue_review_refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.stars}"
