"""What happened to money: it came in, was known, was owed back, went out. Never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, not_emptied
from bekal.payments.models import promises
from bekal.payments.models.asks import Request
from bekal.payments.rules import DoubtKind, From, Means

_MEANS = [means.value for means in Means]


class Receipt(models.Model):
    """Money that came in, once for what its provider calls it.

    `request` is the ask that it came for, where that was known when it came.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    amount = models.BigIntegerField()
    means = models.CharField(max_length=12)
    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=120)
    request = models.ForeignKey(Request, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "reference"], name="payments_receipt_reference_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="payments_receipt_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(means__in=_MEANS), name="payments_receipt_means_known"
            ),
            models.CheckConstraint(
                condition=~Q(provider="") & ~Q(reference=""), name="payments_receipt_has_reference"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-received_at"], name="payments_receipt_of_unit")
        ]
        triggers: ClassVar = [*FACTS, promises.opens_rest]

    def __str__(self) -> str:
        return f"{self.provider} {self.reference}"


IS_LOOSE = Q(left_over__gt=0) & ~Q(left_over=F("expected"))


class Rest(models.Model):
    """What of a receipt belongs to no ask yet and is not owed back; follows from the facts.

    `expected` are the unique digits of the ask that the receipt named: they are left over by
    design, and no work for anybody.
    """

    personal_data = NONE

    receipt = models.OneToOneField(Receipt, primary_key=True, on_delete=models.PROTECT)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    amount = models.BigIntegerField()
    left_over = models.BigIntegerField()
    expected = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(left_over__gte=0, left_over__lte=F("amount")),
                name="payments_rest_never_more_than_came_in",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit"], condition=IS_LOOSE, name="payments_rest_loose")
        ]
        triggers: ClassVar = [not_emptied, promises.level_follows_facts]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.left_over}"


class Application(models.Model):
    """Money of a receipt that belongs to an ask; undone by a second one with the opposite sum."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="applications")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="applications")
    amount = models.BigIntegerField()
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    applied_at = models.DateTimeField()
    applied_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, undoes__isnull=True)
                | Q(amount__lt=0, undoes__isnull=False),
                name="payments_application_sign",
            )
        ]
        triggers: ClassVar = [*FACTS, promises.moves_money]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.amount}"


class Debt(models.Model):
    """What a unit owes back to a buyer, and why; `receipt` where it is of one that fits no ask.

    `surplus` is what of an advance's `amount` is beyond its ask, and stands in `receipt`.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    subject = models.CharField(max_length=80)
    label = models.CharField(max_length=25, blank=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    surplus = models.BigIntegerField(default=0)
    source = models.CharField(max_length=10)
    receipt = models.ForeignKey(Receipt, null=True, on_delete=models.PROTECT, related_name="debts")
    why = models.CharField(max_length=200)
    owed_at = models.DateTimeField()
    owed_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_debt_amount_positive"),
            models.CheckConstraint(condition=~Q(why=""), name="payments_debt_has_reason"),
            models.CheckConstraint(
                condition=Q(source=From.ADVANCE, receipt__isnull=True, surplus=0)
                | Q(
                    source=From.ADVANCE,
                    receipt__isnull=False,
                    surplus__gt=0,
                    surplus__lt=F("amount"),
                )
                | Q(source=From.UNAPPLIED, receipt__isnull=False, surplus=0),
                name="payments_debt_source",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["subject"], name="payments_debt_subject")]
        triggers: ClassVar = [*FACTS, promises.takes_from_rest]

    def __str__(self) -> str:
        return f"{self.subject} {self.amount}"

    @property
    def loose(self) -> int:
        """What of it stands in its receipt's rest; the other part was an advance."""
        return self.surplus if self.source == From.ADVANCE else self.amount


class PayOut(models.Model):
    """A debt that was paid, once, with the proof of it."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    debt = models.OneToOneField(Debt, on_delete=models.PROTECT, related_name="payout")
    means = models.CharField(max_length=12)
    proof = models.CharField(max_length=80)
    paid_on = models.DateField()
    paid_at = models.DateTimeField()
    paid_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(means__in=_MEANS), name="payments_payout_means_known"
            ),
            models.CheckConstraint(condition=~Q(proof=""), name="payments_payout_has_proof"),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.debt_id} {self.proof}"


class UnitTransfer(models.Model):
    """What one unit paid another of what it owed it for goods sold together."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    payer = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    payee = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    proof = models.CharField(max_length=80)
    paid_on = models.DateField()
    paid_at = models.DateTimeField()
    paid_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(payer=F("payee")) & ~Q(proof=""),
                name="payments_unittransfer_is_whole",
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.payer_id} {self.payee_id} {self.amount}"


class Doubt(models.Model):
    """What came in and does not fit, kept for a person of the unit to look at."""

    personal_data = NONE

    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=120)
    amount = models.BigIntegerField(null=True)
    receipt = models.ForeignKey(Receipt, null=True, on_delete=models.PROTECT, related_name="doubts")
    sentence = models.CharField(max_length=300)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in DoubtKind]),
                name="payments_doubt_kind_known",
            ),
            models.UniqueConstraint(
                fields=["kind", "provider", "reference", "amount"],
                nulls_distinct=False,
                name="payments_doubt_once",
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class DoubtCheck(models.Model):
    """A person looked at a doubt."""

    personal_data = NONE

    doubt = models.OneToOneField(
        Doubt, primary_key=True, on_delete=models.PROTECT, related_name="check_made"
    )
    checked_at = models.DateTimeField()
    checked_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.doubt_id}"
