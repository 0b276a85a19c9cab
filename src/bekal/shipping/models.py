from typing import ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Lower

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise, not_deleted, not_emptied
from bekal.shipping.rules import (
    DIVISORS,
    GRAMS,
    HEAVIEST_G,
    LARGEST_FEE,
    LONGEST_DAYS,
    NAME_LENGTH,
)


class Area(models.Model):
    """Where a rate can hold: the nation ("0"), a province ("72"), a regency or city ("7271").

    Codes of Kemendagri. The nation alone has no province.
    """

    personal_data = NONE

    code = models.CharField(max_length=4, primary_key=True)
    name = models.CharField(max_length=80)
    province = models.ForeignKey(
        "places.Province", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code="0", province__isnull=True)
                | Q(
                    code__regex=r"^[0-9]{2}([0-9]{2})?$",
                    province__isnull=False,
                    province=Left("code", 2),
                ),
                name="shipping_area_code_of_its_province",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="shipping_area_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A kecamatan, by its code of Kemendagri ("727103").

    `also` are the other spellings that the source gives. `search` is what is looked in: lower case
    words between blanks, its own name first, then its regency's and its province's.
    """

    personal_data = NONE

    code = models.CharField(max_length=6, primary_key=True)
    name = models.CharField(max_length=60)
    also = models.CharField(max_length=80, blank=True)
    regency = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="districts")
    search = models.CharField(max_length=240)

    class Meta:
        indexes: ClassVar = [
            GinIndex(OpClass("search", name="gin_trgm_ops"), name="shipping_district_search")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{6}$", regency=Left("code", 4)),
                name="shipping_district_code_of_its_regency",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="shipping_district_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Word(models.Model):
    """A word by which some kecamatan is found, and by how many; for reading mistyped ones."""

    personal_data = NONE

    word = models.CharField(max_length=60, primary_key=True)
    used = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [
            GistIndex(OpClass("word", name="gist_trgm_ops"), name="shipping_word_nearest")
        ]

    def __str__(self) -> str:
        return self.word


class Courier(models.Model):
    """A courier as a unit names it; the unit keeps its own table of rates."""

    personal_data = NONE

    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(max_length=NAME_LENGTH)
    is_sample = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = FACTS
        constraints: ClassVar = [
            models.UniqueConstraint("unit", Lower("name"), name="shipping_courier_once_per_unit"),
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="shipping_courier_named"),
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """One way in which a courier carries, such as REG, and how it counts weight.

    What it is stays: a service that counts differently is a new one. `stopped_on` is the first day
    on which it carries nothing, the only thing that is ever written into a row.
    """

    personal_data = NONE

    courier = models.ForeignKey(
        Courier, on_delete=models.PROTECT, related_name="services", db_index=False
    )
    name = models.CharField(max_length=NAME_LENGTH)
    divisor = models.PositiveIntegerField(null=True)
    tolerance_g = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    stopped_on = models.DateField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["courier"], name="shipping_service_of_courier")]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            Promise(
                name="only_stopped",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                if old.stopped_on is not null or new.stopped_on is null
                   or to_jsonb(new) - '{stopped_on,stopped_at,stopped_by}'::text[]
                   <> to_jsonb(old) - '{stopped_on,stopped_at,stopped_by}'::text[] then
                  raise exception 'a service can only be stopped, once' using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "courier",
                Lower("name"),
                condition=Q(stopped_on__isnull=True),
                name="shipping_service_once_per_courier",
            ),
            models.CheckConstraint(condition=Q(name__regex=r"\S"), name="shipping_service_named"),
            models.CheckConstraint(
                condition=Q(divisor__isnull=True) | Q(divisor__range=DIVISORS),
                name="shipping_service_divisor_known",
            ),
            models.CheckConstraint(
                condition=Q(tolerance_g__lt=GRAMS), name="shipping_service_tolerance_below_1kg"
            ),
            models.CheckConstraint(
                condition=Q(stopped_on__isnull=True, stopped_at__isnull=True, stopped_by="")
                | Q(stopped_on__isnull=False, stopped_at__isnull=False, stopped_by__regex=r"\S"),
                name="shipping_service_stopped_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


_EMPTY = Q(
    first_kg__isnull=True,
    next_kg__isnull=True,
    min_weight_g__isnull=True,
    max_weight_g__isnull=True,
    days_min__isnull=True,
    days_max__isnull=True,
)
_WHOLE = Q(
    first_kg__isnull=False,
    next_kg__isnull=False,
    min_weight_g__isnull=False,
    max_weight_g__isnull=False,
    days_min__isnull=False,
    days_max__isnull=False,
    first_kg__range=(1, LARGEST_FEE),
    next_kg__range=(0, LARGEST_FEE),
    min_weight_g__gte=1,
    max_weight_g__gte=F("min_weight_g"),
    max_weight_g__lte=HEAVIEST_G,
    days_max__gte=F("days_min"),
    days_max__lte=LONGEST_DAYS,
)


class Rate(models.Model):
    """What a service takes to an area, from a day on, until the next row of that area.

    In force on a day is, of the smallest area around the address that has rows by then, the row
    with the latest `valid_from` and, of several for that day, the one written last. A row without
    numbers says that the service does not go there from that day on.
    """

    personal_data = NONE

    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="rates", db_index=False
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    first_kg = models.IntegerField(null=True)
    next_kg = models.IntegerField(null=True)
    min_weight_g = models.PositiveIntegerField(null=True)
    max_weight_g = models.PositiveIntegerField(null=True)
    days_min = models.PositiveSmallIntegerField(null=True)
    days_max = models.PositiveSmallIntegerField(null=True)
    valid_from = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = FACTS
        indexes: ClassVar = [
            models.Index(
                fields=["service", "area", "-valid_from", "-id"], name="shipping_rate_in_force"
            )
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=_EMPTY | _WHOLE, name="shipping_rate_whole_or_empty")
        ]

    def __str__(self) -> str:
        return f"{self.service_id} to {self.area_id} from {self.valid_from}"
