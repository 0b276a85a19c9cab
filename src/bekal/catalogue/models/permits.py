"""Permits that goods have: P-IRT, BPOM, halal, SNI, registered brands."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bekal.catalogue.models.products import Product, Seller
from bekal.catalogue.rules import NAME_LENGTH, PERMIT_NUMBER_LENGTH, PermitKind
from bekal.foundation.personal import NONE
from bekal.foundation.triggers import Promise, not_deleted, not_emptied


class Permit(models.Model):
    """A permit of a seller and the days on which it holds; None: it names no last day.

    `holder` is an institution, never a person. A permit is renewed by a new row that points at it
    (`renews`), and one that was written wrongly is withdrawn; nothing else of it ever changes.
    """

    personal_data = NONE

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="permits")
    kind = models.CharField(max_length=10)
    number = models.CharField(max_length=PERMIT_NUMBER_LENGTH)
    holder = models.CharField(max_length=NAME_LENGTH)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    renews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="renewal"
    )
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    class Meta:
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            Promise(
                name="only_withdrawn",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                if old.withdrawn_at is not null or
                   to_jsonb(new) - array['withdrawn_at', 'withdrawn_by'] <>
                   to_jsonb(old) - array['withdrawn_at', 'withdrawn_by'] then
                  raise exception 'a permit is only withdrawn, once' using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "number", "valid_from"],
                condition=Q(withdrawn_at__isnull=True),
                name="catalogue_permit_number_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(PermitKind)), name="catalogue_permit_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"\S", holder__regex=r"\S"),
                name="catalogue_permit_has_number_and_holder",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="catalogue_permit_has_days",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="catalogue_permit_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class PermitProduct(models.Model):
    """A product that a permit speaks of; both are of the same seller."""

    personal_data = NONE

    permit = models.ForeignKey(
        Permit, on_delete=models.PROTECT, related_name="goods", db_index=False
    )
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="permits")

    class Meta:
        triggers: ClassVar = [
            not_emptied,
            Promise(
                name="same_seller",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                if (select seller_id from catalogue_permit where id = new.permit_id) <>
                   (select seller_id from catalogue_product where id = new.product_id) then
                  raise exception 'a permit speaks of goods of its own seller'
                    using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["permit", "product"], name="catalogue_permitproduct_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.permit_id} of {self.product_id}"
