"""A campaign, what it was declared to be, and of which units a record is expected."""

import datetime as dt
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from bekal.campaigns.rules import HIGHEST_HBP, NAME_LENGTH, REASON_LENGTH, SLUG_LENGTH
from bekal.foundation.clock import Period
from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise, not_deleted, not_emptied


class Campaign(models.Model):
    """What stays the same of a campaign: its address, and whether it is simulated."""

    personal_data = NONE

    slug = models.SlugField(max_length=SLUG_LENGTH, unique=True)
    is_sample = models.BooleanField()
    declared_at = models.DateTimeField()
    declared_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="is_defined",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                if not exists (select from campaigns_definition where campaign_id = new.id) then
                  raise exception 'campaign % says nothing of itself', new.slug
                    using errcode = '23514';
                end if;
                return null;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Definition(models.Model):
    """What a campaign is: name, period, target. The first was declared, later ones correct it.

    `number` counts from 1. A correction is a new row and closes the one before it by
    `superseded_at`, the only thing that is ever written into a row. The one that is open holds:
    there is one for each campaign, and no two campaigns share a day.
    """

    personal_data = NONE

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="definitions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=NAME_LENGTH)
    hbp_number = models.PositiveSmallIntegerField(null=True)
    during = DateRangeField()
    target = models.BigIntegerField()
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    declared_at = models.DateTimeField()
    declared_by = models.CharField(max_length=80)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "number"], name="campaigns_definition_number_once"
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(superseded_at__isnull=True),
                name="campaigns_definition_one_holds",
            ),
            ExclusionConstraint(
                name="campaigns_definition_one_at_a_time",
                expressions=[("during", RangeOperators.OVERLAPS)],
                condition=Q(superseded_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(
                    during__isempty=False,
                    during__lower_inf=False,
                    during__upper_inf=False,
                ),
                name="campaigns_definition_has_days",
            ),
            models.CheckConstraint(
                condition=Q(target__gt=0), name="campaigns_definition_target_positive"
            ),
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"), name="campaigns_definition_has_name"
            ),
            models.CheckConstraint(
                condition=Q(hbp_number__isnull=True) | Q(hbp_number__range=(1, HIGHEST_HBP)),
                name="campaigns_definition_hbp_known",
            ),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | Q(number__gt=1, reason__regex=r"\S"),
                name="campaigns_definition_correction_has_reason",
            ),
        ]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            Promise(
                name="only_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                if old.superseded_at is not null or new.superseded_at is null
                   or to_jsonb(new) - 'superseded_at' <> to_jsonb(old) - 'superseded_at' then
                  raise exception 'a definition is only closed, once, by its correction'
                    using errcode = '23514';
                end if;
                return new;
                """,
            ),
            Promise(
                name="follows",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                if new.superseded_at is not null or new.number <> 1 + coalesce(
                     (select max(number) from campaigns_definition
                      where campaign_id = new.campaign_id), 0) then
                  raise exception 'definitions follow each other' using errcode = '23514';
                end if;
                return new;
                """,
            ),
            Promise(
                name="closed_by_the_next",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func="""
                if not exists (select from campaigns_definition
                               where campaign_id = new.campaign_id and number = new.number + 1) then
                  raise exception 'a definition is closed by its correction alone'
                    using errcode = '23514';
                end if;
                return null;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.number}"

    @property
    def period(self) -> Period:
        """Its days, both ends included."""
        return Period(self.during.lower, self.during.upper - dt.timedelta(days=1))


class ExpectedUnit(models.Model):
    """A unit of which a record is expected, by one definition of a campaign."""

    personal_data = NONE

    definition = models.ForeignKey(
        Definition, on_delete=models.PROTECT, related_name="expected", db_index=False
    )
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["definition", "unit"], name="campaigns_expectedunit_once"
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.definition_id}: {self.unit_id}"
