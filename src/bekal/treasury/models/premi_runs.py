"""Premi as it is paid: runs, their lines, savings at release, and files for a bank."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, not_deleted, not_emptied
from bekal.treasury.models import premi_promises as promises
from bekal.treasury.rules.premi_files import NewColumns
from bekal.treasury.rules.premi_paying import REASON_LENGTH, MoneyIn, RunKind
from bekal.treasury.rules.premi_terms import CITATION_LENGTH, NAME_LENGTH, NUMBER_LENGTH

_PLACES = [place.value for place in MoneyIn]


class PremiRun(models.Model):
    """A payment of premi to makers: prepared by one, approved by another, paid by a third.

    With a `maker` it pays them alone, who has left the unit. Its id is the key of its form and of
    its entry in the ledger. States only go forwards.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.IntegerField()
    kind = models.CharField(max_length=10)
    maker = models.ForeignKey(
        "people.Maker", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    first = models.DateField()
    last = models.DateField()
    prepared_at = models.DateTimeField()
    prepared_by = models.CharField(max_length=80)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=80, blank=True)
    paid_at = models.DateTimeField(null=True)
    paid_by = models.CharField(max_length=80, blank=True)
    paid_on = models.DateField(null=True)
    paid_from = models.CharField(max_length=10, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.CharField(max_length=80, blank=True)
    cancel_reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "number"], name="treasury_premirun_number"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RunKind]),
                name="treasury_premirun_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(kind=RunKind.LEAVING.value, maker__isnull=False)
                | ~Q(kind=RunKind.LEAVING.value) & Q(maker__isnull=True),
                name="treasury_premirun_of_one_maker_at_leaving",
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="treasury_premirun_has_days"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by="")
                | Q(approved_at__isnull=False)
                & ~Q(approved_by="")
                & ~Q(approved_by=F("prepared_by")),
                name="treasury_premirun_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(paid_at__isnull=True, paid_by="", paid_from="", paid_on__isnull=True)
                | Q(paid_at__isnull=False, approved_at__isnull=False, paid_on__isnull=False)
                & Q(paid_from__in=_PLACES)
                & ~Q(paid_by="")
                & ~Q(paid_by=F("prepared_by"))
                & ~Q(paid_by=F("approved_by")),
                name="treasury_premirun_paid_by_a_third",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by="", cancel_reason="")
                | Q(cancelled_at__isnull=False, paid_at__isnull=True)
                & ~Q(cancelled_by="")
                & Q(cancel_reason__regex=r"\S"),
                name="treasury_premirun_cancelled_before_it_is_paid",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-prepared_at"], name="treasury_run_newest"),
        ]
        triggers: ClassVar = [
            promises.only_forwards,
            promises.is_in_the_books,
            not_deleted,
            not_emptied,
        ]

    def __str__(self) -> str:
        return f"PR-{self.number:03d}"


class PremiRunLine(models.Model):
    """What a run pays to a maker: all that was earned, part to be used and part to be saved."""

    personal_data = NONE

    run = models.ForeignKey(
        PremiRun, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    maker = models.ForeignKey("people.Maker", on_delete=models.PROTECT, related_name="+")
    earned = models.BigIntegerField()
    usable = models.BigIntegerField()
    saved = models.BigIntegerField()
    percent = models.SmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "maker"], name="treasury_premirunline_once"),
            models.CheckConstraint(
                condition=Q(earned__gt=0, usable__gte=0, saved__gte=0)
                & Q(earned=F("usable") + F("saved")),
                name="treasury_premirunline_sums",
            ),
        ]
        triggers: ClassVar = [promises.begins_with_its_run, promises.pays_what_was_earned, *FACTS]

    def __str__(self) -> str:
        return f"{self.maker_id} {self.earned}"


class SavingsPayment(models.Model):
    """Saved premi paid out when a maker went home. Its id is the key of its entry."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    maker = models.ForeignKey("people.Maker", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    paid_from = models.CharField(max_length=10)
    proof = models.CharField(max_length=NUMBER_LENGTH)
    paid_on = models.DateField()
    paid_at = models.DateTimeField()
    paid_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="treasury_savingspayment_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(paid_from__in=_PLACES), name="treasury_savingspayment_from_money"
            ),
            models.CheckConstraint(
                condition=Q(proof__regex=r"\S"), name="treasury_savingspayment_has_proof"
            ),
        ]
        triggers: ClassVar = [promises.saved_money_is_in_the_books, *FACTS]

    def __str__(self) -> str:
        return f"{self.maker_id} {self.amount}"


class PaymentColumns(models.Model):
    """How a unit writes its file of payments: a row of the unit, its columns in order.

    Rows of no unit are templates of the centre, offered to all until they are withdrawn; each says
    where it was read. No row is known by us to be the format of a bank.
    """

    personal_data = NONE

    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=NAME_LENGTH)
    columns = models.JSONField()
    separator = models.CharField(max_length=1)
    has_heading = models.BooleanField()
    source = models.CharField(max_length=CITATION_LENGTH, blank=True)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                nulls_distinct=False,
                condition=Q(withdrawn_at__isnull=True),
                name="treasury_paymentcolumns_name",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(source__regex=r"\S"),
                name="treasury_paymentcolumns_template_says_its_source",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | Q(withdrawn_at__isnull=False, unit__isnull=True) & ~Q(withdrawn_by=""),
                name="treasury_paymentcolumns_withdrawn_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(separator__in=[",", ";", "\t", "|"]),
                name="treasury_paymentcolumns_separator_known",
            ),
        ]
        triggers: ClassVar = [promises.only_withdrawn, not_deleted, not_emptied]

    def __str__(self) -> str:
        return self.name

    @property
    def arranged(self) -> NewColumns:
        """The arrangement as rules know it."""
        pairs = tuple((str(key), str(heading)) for key, heading in self.columns)
        return NewColumns(self.name, pairs, self.separator, self.has_heading, self.source)
