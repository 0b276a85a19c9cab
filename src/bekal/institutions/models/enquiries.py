"""Enquiries from abroad, to whom they went, and what was answered. All are facts."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise, not_deleted, not_emptied
from bekal.institutions.rules import (
    CODE_LENGTH,
    DOCUMENTS_LENGTH,
    GOODS_LENGTH,
    MEASURE_LENGTH,
    PLACE_LENGTH,
    REPLY_LENGTH,
    Incoterm,
    ReplyKind,
    enquiry_number,
)

_DOCUMENTS = r"^([a-z]+(,[a-z]+)*)?$"


class Enquiry(models.Model):
    """What a buyer abroad asks. Who that is stands in `shop.Contact` and is erased there.

    `key_digest` is what is kept of the private address. `documents` are codes of rules.Document.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    key_digest = models.CharField(max_length=64, unique=True)
    contact = models.OneToOneField("shop.Contact", on_delete=models.PROTECT, related_name="+")
    goods = models.CharField(max_length=GOODS_LENGTH)
    pieces = models.IntegerField()
    measure = models.CharField(max_length=MEASURE_LENGTH)
    country = models.CharField(max_length=2)
    incoterm = models.CharField(max_length=3)
    named_place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    wants_samples = models.BooleanField()
    documents = models.CharField(max_length=DOCUMENTS_LENGTH, blank=True)
    is_sample = models.BooleanField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pieces__gt=0), name="institutions_enquiry_has_pieces"
            ),
            models.CheckConstraint(
                condition=Q(incoterm__in=[term.value for term in Incoterm]),
                name="institutions_enquiry_incoterm_known",
            ),
            models.CheckConstraint(
                condition=Q(country__regex=r"^[A-Z]{2}$") & ~Q(country="ID"),
                name="institutions_enquiry_from_abroad",
            ),
            models.CheckConstraint(
                condition=Q(documents__regex=_DOCUMENTS),
                name="institutions_enquiry_documents_listed",
            ),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="reaches_somebody",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                if not exists (select from institutions_enquiryplace where enquiry_id = new.id) then
                  raise exception 'enquiry % reaches nobody', new.code using errcode = '23514';
                end if;
                return null;
                """,
            ),
        ]

    def __str__(self) -> str:
        return enquiry_number(self.code)


class EnquiryProduct(models.Model):
    """A product that an enquiry names."""

    personal_data = NONE

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.PROTECT, related_name="products", db_index=False
    )
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enquiry", "product"], name="institutions_enquiryproduct_once"
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.product_id}"


class EnquiryPlace(models.Model):
    """A unit whose product is named, or the centre, to whom an enquiry went."""

    personal_data = NONE

    enquiry = models.ForeignKey(
        Enquiry, on_delete=models.PROTECT, related_name="places", db_index=False
    )
    place = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enquiry", "place"], name="institutions_enquiryplace_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["place", "-id"], name="institutions_enquiryplace_of")
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.place_id}"


class Reply(models.Model):
    """What was answered to a buyer abroad; the newest reply of a place holds.

    `unit_price` is rupiah for one, `least` the smallest order, `lead_days` days after ordering.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    to = models.ForeignKey(
        EnquiryPlace, on_delete=models.PROTECT, related_name="replies", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    unit_price = models.BigIntegerField(null=True)
    least = models.IntegerField(null=True)
    lead_days = models.PositiveSmallIntegerField(null=True)
    incoterm = models.CharField(max_length=3, blank=True)
    named_place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    documents = models.CharField(max_length=DOCUMENTS_LENGTH, blank=True)
    sends_samples = models.BooleanField(default=False)
    valid_until = models.DateField(null=True)
    note = models.CharField(max_length=REPLY_LENGTH, blank=True)
    replied_at = models.DateTimeField()
    replied_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["to", "number"], name="institutions_reply_number_once"),
            models.CheckConstraint(
                condition=Q(
                    kind=ReplyKind.TERMS,
                    unit_price__gt=0,
                    least__gt=0,
                    lead_days__gt=0,
                    incoterm__in=[term.value for term in Incoterm],
                    valid_until__isnull=False,
                )
                | Q(
                    kind=ReplyKind.DECLINE,
                    unit_price__isnull=True,
                    least__isnull=True,
                    lead_days__isnull=True,
                    incoterm="",
                    valid_until__isnull=True,
                    note__regex=r"\S",
                ),
                name="institutions_reply_terms_or_decline",
            ),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="follows",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                perform from institutions_enquiryplace where id = new.to_id for no key update;
                if new.number <> 1 + coalesce((select max(number) from institutions_reply
                                               where to_id = new.to_id), 0) then
                  raise exception 'replies follow each other' using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_id} #{self.number}"


class EnquiryLetter(models.Model):
    """An e-mail to who asked, that waits to be sent: its address, or that there is a reply."""

    personal_data = NONE

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_reply = models.BooleanField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                condition=Q(sent_at__isnull=True),
                name="institutions_enquiryletter_due",
            )
        ]
        triggers: ClassVar = [not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"letter about {self.enquiry_id}"
