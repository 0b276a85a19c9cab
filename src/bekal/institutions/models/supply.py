"""Agreements on recurring supply, deliveries, and what vendors bought in a month. All facts."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bekal.foundation.actors import ActorKind
from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise
from bekal.institutions.rules import SUPPLY_NOTE_LENGTH, DeliveryKind


class Supply(models.Model):
    """That a unit supplies a vendor with so many pieces of a product on some weekdays.

    `weekdays` has one bit for each day, Monday the lowest.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    institution = models.ForeignKey(
        "shop.Institution", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    product_name = models.CharField(max_length=120)
    pieces = models.IntegerField()
    unit_price = models.BigIntegerField()
    weekdays = models.PositiveSmallIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    term_days = models.PositiveSmallIntegerField()
    is_sample = models.BooleanField()
    agreed_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pieces__gt=0, unit_price__gt=0), name="institutions_supply_of_something"
            ),
            models.CheckConstraint(
                condition=Q(weekdays__range=(1, 127)), name="institutions_supply_has_weekdays"
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="institutions_supply_not_inverted"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "last_on"], name="institutions_supply_of_unit")
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.pieces} x {self.product_name}"


class SupplyEnd(models.Model):
    """That an agreement ended before its last day, and why."""

    personal_data = NONE

    supply = models.OneToOneField(
        Supply, primary_key=True, on_delete=models.PROTECT, related_name="end"
    )
    last_on = models.DateField()
    reason = models.CharField(max_length=SUPPLY_NOTE_LENGTH)
    ended_at = models.DateTimeField()
    ended_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="institutions_supplyend_has_reason"
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.supply_id} until {self.last_on}"


class SupplyDelivery(models.Model):
    """What became of the delivery of a day, once: an order with its sale on credit, or nothing."""

    personal_data = NONE

    supply = models.ForeignKey(
        Supply, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    due_on = models.DateField()
    kind = models.CharField(max_length=10)
    pieces = models.IntegerField(null=True)
    order = models.OneToOneField(
        "shop.Order", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=SUPPLY_NOTE_LENGTH, blank=True)
    told_at = models.DateTimeField()
    told_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["supply", "due_on"], name="institutions_supplydelivery_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=DeliveryKind.DELIVERED, pieces__gt=0, order__isnull=False)
                | Q(
                    kind=DeliveryKind.MISSED,
                    pieces__isnull=True,
                    order__isnull=True,
                    reason__regex=r"\S",
                ),
                name="institutions_supplydelivery_delivered_or_missed",
            ),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="on_its_day",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                if not exists (
                  select from institutions_supply s
                  left join institutions_supplyend e on e.supply_id = s.id
                  where s.id = new.supply_id
                   and new.due_on between s.first_on and least(s.last_on, e.last_on)
                   and s.weekdays & (1 << (extract(isodow from new.due_on)::int - 1)) > 0) then
                  raise exception 'nothing is due on %', new.due_on using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supply_id} {self.due_on} {self.kind}"


class Purchases(models.Model):
    """What a vendor bought in a month: from the unit, by our books, and in all, by its document.

    `bought` is the numerator and `total` the denominator of the rule; neither changes. A correction
    is the next number, with its reason; the newest holds.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    institution = models.ForeignKey(
        "shop.Institution", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField()
    number = models.PositiveSmallIntegerField()
    bought = models.BigIntegerField()
    total = models.BigIntegerField()
    reason = models.CharField(max_length=SUPPLY_NOTE_LENGTH, blank=True)
    declared_at = models.DateTimeField()
    declared_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "unit", "month", "number"],
                name="institutions_purchases_number_once",
            ),
            models.CheckConstraint(
                condition=Q(total__gt=0, bought__gte=0, total__gte=F("bought")),
                name="institutions_purchases_a_part_of_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | Q(reason__regex=r"\S"),
                name="institutions_purchases_corrected_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1), name="institutions_purchases_of_a_month"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "month"], name="institutions_purchases_month")
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="follow",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                if new.number <> 1 + coalesce((
                     select max(number) from institutions_purchases
                     where institution_id = new.institution_id and unit_id = new.unit_id
                      and month = new.month), 0) then
                  raise exception 'declarations follow each other' using errcode = '23514';
                end if;
                return new;
                """,
            ),
            Promise(
                name="with_a_document",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                if not exists (
                     select from institutions_purchasespaper where purchases_id = new.id) then
                  raise exception 'a total is declared with its document' using errcode = '23514';
                end if;
                return null;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.month} #{self.number}"

    @property
    def is_by_vendor(self) -> bool:
        """Whether the vendor declared it by itself."""
        return self.declared_by.startswith(f"{ActorKind.BUYER.value}:")


class PurchasesPaper(models.Model):
    """The document with which a vendor's total was declared; its bytes are here."""

    personal_data = NONE

    purchases = models.OneToOneField(
        Purchases, primary_key=True, on_delete=models.PROTECT, related_name="paper"
    )
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return self.name
