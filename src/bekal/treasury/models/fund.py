"""Papers of the capital fund: what was asked, what was paid with which receipt, what came back."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise, not_deleted, not_emptied
from bekal.treasury.models.papers import decided_by_another, only_decided, starts_undecided
from bekal.treasury.rules.closing import NOTE_LENGTH
from bekal.treasury.rules.fund import RECEIPT_LENGTH, WHAT_LENGTH, Pays, Purpose

_MEANS = [means.value for means in Pays]

# The request is locked, so that it is not decided meanwhile.
paid_as_approved = Promise(
    name="paid_as_approved",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("asked", "treasury_fundrequest%ROWTYPE")],
    func="""
    select * into asked from treasury_fundrequest where id = new.request_id for share;
    if asked.decided_as <> 'approved' or asked.unit_id <> new.unit_id
       or new.amount > asked.estimate or new.paid_by in (asked.asked_by, asked.decided_by) then
      raise exception 'what was approved is paid, by a third person' using errcode = '23514';
    end if;
    return new;
    """,
)

never_more_than_was_paid = Promise(
    name="never_more_than_was_paid",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    if not exists (
      select from treasury_fundpayment p
      where p.id = new.payment_id and p.unit_id = new.unit_id and p.amount >= new.amount) then
      raise exception 'no more comes back than was paid' using errcode = '23514';
    end if;
    return new;
    """,
)


class FundRequest(models.Model):
    """Somebody asks to buy something from the capital fund; the head approves or refuses."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    workshop = models.ForeignKey(
        "production.Workshop", null=True, on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(max_length=8)
    what = models.CharField(max_length=WHAT_LENGTH)
    estimate = models.BigIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    decided_as = models.CharField(max_length=8, blank=True)
    decided_why = models.CharField(max_length=NOTE_LENGTH, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(estimate__gt=0, what__regex=r"\S"),
                name="treasury_fundrequest_says_what",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=[purpose.value for purpose in Purpose]),
                name="treasury_fundrequest_purpose_known",
            ),
            models.CheckConstraint(
                condition=decided_by_another("asked_by"),
                name="treasury_fundrequest_by_two_persons",
            ),
        ]
        triggers: ClassVar = [only_decided, starts_undecided, not_deleted, not_emptied]

    def __str__(self) -> str:
        return self.what


class FundPayment(models.Model):
    """What was paid for a request, once, with the number of its receipt and perhaps its picture."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(FundRequest, on_delete=models.PROTECT, related_name="payment")
    amount = models.BigIntegerField()
    means = models.CharField(max_length=4)
    receipt_number = models.CharField(max_length=RECEIPT_LENGTH)
    file_name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    content = models.BinaryField(null=True)
    paid_on = models.DateField()
    paid_at = models.DateTimeField()
    paid_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, means__in=_MEANS, receipt_number__regex=r"\S"),
                name="treasury_fundpayment_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(content__isnull=True, file_name="", media_type="")
                | Q(content__isnull=False) & ~Q(file_name="") & ~Q(media_type=""),
                name="treasury_fundpayment_file_is_whole",
            ),
        ]
        triggers: ClassVar = [*FACTS, paid_as_approved]

    def __str__(self) -> str:
        return self.receipt_number


class FundChange(models.Model):
    """What of a payment came back to the fund, once."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    payment = models.OneToOneField(FundPayment, on_delete=models.PROTECT, related_name="change")
    amount = models.BigIntegerField()
    means = models.CharField(max_length=4)
    returned_on = models.DateField()
    returned_at = models.DateTimeField()
    returned_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, means__in=_MEANS),
                name="treasury_fundchange_is_whole",
            ),
        ]
        triggers: ClassVar = [*FACTS, never_more_than_was_paid]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.amount}"
