"""Premi before it is paid: by which rules, from which lines of receipts, to whom."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, not_deleted, not_emptied
from bekal.treasury.models import premi_promises as promises
from bekal.treasury.rules.premi_terms import (
    CITATION_LENGTH,
    FUNDS,
    NAME_LENGTH,
    NUMBER_LENGTH,
    AgreementKind,
)

_MONTHLY = Q(kind=AgreementKind.MONTHLY)
_PER_PIECE = Q(kind=AgreementKind.PER_PIECE)


class SavingRule(models.Model):
    """How much of premi a unit keeps for its makers until release, from a day until the next row.

    A decision of the unit with its ground: sources tell of a half and of three quarters.
    """

    personal_data = NONE

    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    percent = models.SmallIntegerField()
    citation = models.CharField(max_length=CITATION_LENGTH)
    valid_from = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="treasury_savingrule_percent"
            ),
            models.CheckConstraint(
                condition=Q(citation__regex=r"\S"), name="treasury_savingrule_is_cited"
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.percent}% from {self.valid_from}"


class PremiAgreement(models.Model):
    """A fixed sum for the makers of a workshop a month, or of a product a piece; not a share.

    `account` is the fund of the unit that bears it.
    """

    personal_data = NONE

    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_LENGTH)
    kind = models.CharField(max_length=10)
    amount = models.BigIntegerField()
    workshop = models.ForeignKey(
        "production.Workshop", on_delete=models.PROTECT, related_name="+", null=True
    )
    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, related_name="+", null=True
    )
    account = models.CharField(max_length=20)
    number = models.CharField(max_length=NUMBER_LENGTH)
    citation = models.CharField(max_length=CITATION_LENGTH)
    during = DateRangeField()
    agreed_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="treasury_premiagreement_one_a_workshop",
                expressions=[
                    ("workshop", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="treasury_premiagreement_one_a_product",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("product", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=_MONTHLY & Q(workshop__isnull=False, product__isnull=True)
                | _PER_PIECE & Q(workshop__isnull=True, product__isnull=False),
                name="treasury_premiagreement_for_a_workshop_or_a_product",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="treasury_premiagreement_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(account__in=[account.value for account in FUNDS]),
                name="treasury_premiagreement_account_is_a_fund",
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"\S", citation__regex=r"\S"),
                name="treasury_premiagreement_is_cited",
            ),
            models.CheckConstraint(
                condition=Q(during__startswith__isnull=False),
                name="treasury_premiagreement_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="")
                | Q(ended_at__isnull=False) & ~Q(ended_by=""),
                name="treasury_premiagreement_ended_at_and_by",
            ),
        ]
        triggers: ClassVar = [promises.only_shortened, not_deleted, not_emptied]

    def __str__(self) -> str:
        return self.name


class Allocation(models.Model):
    """One act that gave premi to makers: of lines of receipts, or by an agreement.

    Its key is that of its entry in the ledger.
    """

    personal_data = NONE

    key = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(
        PremiAgreement, on_delete=models.PROTECT, related_name="+", null=True
    )
    on = models.DateField()
    allocated_at = models.DateTimeField()
    allocated_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.unit_id} on {self.on}"


class AllocatedLine(models.Model):
    """A line of a receipt, or of a return, whose premi is divided; once.

    `pieces` and `amount` are those of this line alone, of a return negative. What came back before
    the line was divided is taken off it, and its return stands with zeros. `is_lost`: the pieces
    came back and cannot be sold again.
    """

    personal_data = NONE

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="lines")
    source = models.CharField(max_length=40, unique=True)
    sale_line = models.ForeignKey("sales.SaleLine", on_delete=models.PROTECT, related_name="+")
    refund_line = models.OneToOneField(
        "sales.RefundLine", on_delete=models.PROTECT, related_name="+", null=True
    )
    pieces = models.IntegerField()
    amount = models.BigIntegerField()
    is_lost = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sale_line"],
                condition=Q(refund_line__isnull=True),
                name="treasury_allocatedline_once",
            ),
            models.CheckConstraint(
                condition=Q(refund_line__isnull=True, pieces__gte=0, amount__gte=0, is_lost=False)
                | Q(refund_line__isnull=False, pieces__lte=0, amount__lte=0),
                name="treasury_allocatedline_sign",
            ),
        ]
        triggers: ClassVar = [promises.shared_in_full, *FACTS]

    def __str__(self) -> str:
        return f"{self.source}: {self.amount}"


class AllocatedPart(models.Model):
    """What a batch has to do with an allocated line: amount = earned + repaid - borne.

    `repaid` goes to the fund of the workshop for what it bore before; `borne` is what the fund
    bears because the premi stands in a payment and stays with its maker.
    """

    personal_data = NONE

    line = models.ForeignKey(
        AllocatedLine, on_delete=models.PROTECT, related_name="parts", db_index=False
    )
    batch = models.UUIDField()
    pieces = models.IntegerField()
    amount = models.BigIntegerField()
    repaid = models.BigIntegerField()
    borne = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "batch"], name="treasury_allocatedpart_once"),
            models.CheckConstraint(
                condition=Q(borne__gte=0), name="treasury_allocatedpart_borne_not_negative"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["batch"], name="treasury_part_of_batch")]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.batch}: {self.pieces}"


class PremiEarning(models.Model):
    """Premi of one maker from one source, by a batch or a month.

    Negative where goods came back, or a batch or the work of a maker was corrected after an
    agreement had claimed it.

    It is in one run at most: `run` is the only thing about it that changes, and only a run that was
    cancelled lets go of it. `minutes` of `minutes_of_all` say the maker's part of a batch, or days
    of a month by an agreement; in a correction, by how many they differ.
    """

    personal_data = NONE

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="earnings")
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    maker = models.ForeignKey(
        "people.Maker", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    line = models.ForeignKey(
        AllocatedLine, on_delete=models.PROTECT, related_name="earnings", null=True
    )
    source = models.CharField(max_length=60)
    batch = models.UUIDField(null=True)
    pieces = models.IntegerField()
    minutes = models.IntegerField()
    minutes_of_all = models.IntegerField()
    amount = models.BigIntegerField()
    earned_on = models.DateField()
    run = models.ForeignKey(
        "treasury.PremiRun", on_delete=models.PROTECT, related_name="earnings", null=True
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["maker", "source", "batch"],
                nulls_distinct=False,
                name="treasury_premiearning_once",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="treasury_premiearning_not_zero"),
            models.CheckConstraint(
                condition=Q(amount__gt=0)
                | Q(line__isnull=False)
                | Q(batch__isnull=False)
                | Q(source__regex=r"^agreement:\d+:\d{4}-\d\d:\d+$"),
                name="treasury_premiearning_falls_by_returns_or_corrections",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes_of_all__gte=F("minutes")),
                name="treasury_premiearning_part_of_all",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "maker", "earned_on"], name="treasury_earning_of_maker"),
            models.Index(
                fields=["unit", "earned_on"],
                condition=Q(run__isnull=True),
                name="treasury_earning_open",
            ),
        ]
        triggers: ClassVar = [promises.only_taken_by_a_run, not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"{self.maker_id} {self.amount} of {self.source}"
