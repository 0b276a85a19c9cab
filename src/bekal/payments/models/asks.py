"""Who takes money, what was asked of whom, and what was asked less since."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, not_deleted, not_emptied
from bekal.payments.models import promises
from bekal.payments.rules import MOST_DIGITS, SUBJECT, Closed, Method


class Merchant(models.Model):
    """Where a unit takes money: its QRIS and its bank account, both in the unit's name.

    `static_qris` is the text of the code that its acquirer gave it; name and NMID are read off it.
    What belongs to a sample is no real account and says so.
    """

    personal_data = NONE

    unit = models.OneToOneField(
        "places.Place", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=25, blank=True)
    nmid = models.CharField(max_length=15, blank=True)
    static_qris = models.CharField(max_length=512, blank=True)
    bank = models.CharField(max_length=60, blank=True)
    account_number = models.CharField(max_length=24, blank=True)
    holder = models.CharField(max_length=80, blank=True)
    is_sample = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(static_qris="", name="", nmid="")
                | (~Q(static_qris="") & ~Q(name="") & ~Q(nmid="")),
                name="payments_merchant_qris_has_name_and_nmid",
            ),
            models.CheckConstraint(
                condition=Q(account_number="", bank="", holder="")
                | (~Q(account_number="") & ~Q(bank="") & ~Q(holder="")),
                name="payments_merchant_account_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.name}"


IS_UNSETTLED = Q(settled__lt=F("amount") - F("reduced"))
IS_OPEN = Q(closed_as="") & IS_UNSETTLED


class Request(models.Model):
    """A payment that was asked for. What was asked never changes; money may come after its end.

    `amount` is owed to the subject; `payable` is what the buyer pays, with the unique digits of a
    transfer (`extra`) on top. `settled` follows from the applications, `reduced` from the credit
    notes; what had come in beyond the rest when a note was written is owed back.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    subject = models.CharField(max_length=80)
    label = models.CharField(max_length=25, blank=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    extra = models.IntegerField()
    payable = models.BigIntegerField()
    method = models.CharField(max_length=12)
    payload = models.CharField(max_length=600, blank=True)
    expires_at = models.DateTimeField(null=True)
    settled = models.BigIntegerField(default=0)
    reduced = models.BigIntegerField(default=0, db_default=0)
    closed_as = models.CharField(max_length=12, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(method__in=[method.value for method in Method]),
                name="payments_request_method_known",
            ),
            models.CheckConstraint(
                condition=Q(subject__regex=SUBJECT), name="payments_request_subject_is_a_key"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, payable=F("amount") + F("extra")),
                name="payments_request_payable_is_amount_and_digits",
            ),
            models.CheckConstraint(
                condition=Q(method=Method.TRANSFER, extra__gt=0, extra__lte=MOST_DIGITS)
                | (~Q(method=Method.TRANSFER) & Q(extra=0)),
                name="payments_request_digits_of_transfer",
            ),
            models.CheckConstraint(
                condition=Q(settled__gte=0, settled__lte=F("amount")),
                name="payments_request_settled_at_most_by_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(reduced__gte=0, reduced__lte=F("amount")),
                name="payments_request_reduced_at_most_by_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(closed_as="", closed_at__isnull=True, closed_by="")
                | (
                    Q(closed_as__in=[closed.value for closed in Closed], closed_at__isnull=False)
                    & ~Q(closed_by="")
                ),
                name="payments_request_closed_at_and_by",
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=IS_OPEN, name="payments_request_one_open_a_subject"
            ),
            models.UniqueConstraint(
                fields=["unit", "payable"],
                condition=Q(method=Method.TRANSFER) & IS_OPEN,
                name="payments_request_open_transfers_differ",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject", "asked_at"], name="payments_request_subject"),
            models.Index(fields=["unit", "payable"], name="payments_request_payable"),
            models.Index(
                fields=["unit", "label"], condition=IS_UNSETTLED, name="payments_request_label"
            ),
            models.Index(
                fields=["unit", "amount"], condition=IS_UNSETTLED, name="payments_request_amount"
            ),
            models.Index(
                fields=["unit", "expires_at"], condition=IS_OPEN, name="payments_request_open"
            ),
        ]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            promises.starts_unsettled,
            promises.only_closed_or_settled,
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.payable}"

    @property
    def due(self) -> int:
        """Rupiah of all that it asks for since its credit notes."""
        return self.amount - self.reduced


class CreditNote(models.Model):
    """That an invoice asks less, by how much and why: some of it is not delivered, or came back.

    `about` is the key of the part that fell out or of the problem that gives back, once each.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="credit_notes")
    about = models.CharField(max_length=80, unique=True)
    amount = models.BigIntegerField()
    why = models.CharField(max_length=200)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(about__regex=SUBJECT), name="payments_creditnote_about_is_a_key"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(why=""), name="payments_creditnote_is_whole"
            ),
        ]
        triggers: ClassVar = [*FACTS, promises.asks_less, promises.owes_beyond]

    def __str__(self) -> str:
        return f"{self.about} {self.amount}"
