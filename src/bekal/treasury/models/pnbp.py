"""Deposits of the state's share: billed by a code, paid with an NTPN or called off, and proved."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise, not_deleted, not_emptied
from bekal.treasury.rules import BILLING_CODE, NTPN, REASON_LENGTH, DepositMeans, DepositState


class Deposit(models.Model):
    """That PNBP is to be paid by a billing code, so much of it, the oldest first.

    `state` follows from what became of it; nothing else changes. A code that was called off may be
    written down again, since it was perhaps the wrong deposit that it stood on.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    amount = models.BigIntegerField()
    billing_code = models.CharField(max_length=15)
    expires_at = models.DateTimeField()
    more_reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    state = models.CharField(max_length=10, default=DepositState.BILLED)
    is_sample = models.BooleanField(default=False)
    billed_at = models.DateTimeField()
    billed_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="treasury_deposit_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(billing_code__regex=BILLING_CODE),
                name="treasury_deposit_code_of_15_digits",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DepositState]),
                name="treasury_deposit_state_known",
            ),
            models.UniqueConstraint(
                fields=["billing_code"],
                condition=~Q(state=DepositState.CANCELLED),
                name="treasury_deposit_code_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-billed_at", "-id"], name="treasury_deposit_of_unit"),
            models.Index(
                fields=["unit", "expires_at"],
                condition=Q(state=DepositState.BILLED),
                name="treasury_deposit_open",
            ),
        ]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            Promise(
                name="begins_billed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                if new.state <> 'billed' then
                  raise exception 'a deposit begins with its code' using errcode = '23514';
                end if;
                return new;
                """,
            ),
            Promise(
                name="only_its_state",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                if to_jsonb(new) - 'state' <> to_jsonb(old) - 'state'
                   or pg_trigger_depth() < 2 or old.state <> 'billed' then
                  raise exception 'a deposit changes by what became of it'
                    using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.billing_code} {self.amount}"


class DepositPayment(models.Model):
    """That a deposit was paid: its NTPN, the day, who wrote it down, and what was more than owed.

    `oldest_on` is the day of the oldest sale whose PNBP it paid, as the books stood then. A payment
    after the code's last day says how it came about.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    deposit = models.OneToOneField(Deposit, on_delete=models.PROTECT, related_name="payment")
    ntpn = models.CharField(max_length=16)
    means = models.CharField(max_length=8)
    paid_on = models.DateField()
    overpaid = models.BigIntegerField()
    oldest_on = models.DateField(null=True)
    late_reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    paid_at = models.DateTimeField()
    paid_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ntpn"], name="treasury_depositpayment_ntpn_once"),
            models.CheckConstraint(
                condition=Q(ntpn__regex=NTPN), name="treasury_depositpayment_ntpn_of_16_signs"
            ),
            models.CheckConstraint(
                condition=Q(means__in=[means.value for means in DepositMeans]),
                name="treasury_depositpayment_means_known",
            ),
            models.CheckConstraint(
                condition=Q(overpaid__gte=0), name="treasury_depositpayment_overpaid_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(paid_by=""), name="treasury_depositpayment_paid_by_somebody"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["paid_on"], name="treasury_depositpayment_day"),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="pays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("deposit", "treasury_deposit%ROWTYPE"), ("clock", "text")],
                func="""
                select * into deposit from treasury_deposit where id = new.deposit_id for update;
                if deposit.state <> 'billed' then
                  raise exception 'a deposit is paid or called off once' using errcode = '23514';
                end if;
                select coalesce(p.zone, 'WIB') into clock
                from places_place u left join places_province p on p.code = u.province_id
                where u.id = deposit.unit_id;
                if new.overpaid > deposit.amount then
                  raise exception 'no more is overpaid than was paid' using errcode = '23514';
                end if;
                if btrim(new.late_reason) = '' and new.paid_on > (deposit.expires_at at time zone
                   case clock when 'WIT' then 'Asia/Jayapura' when 'WITA' then 'Asia/Makassar'
                   else 'Asia/Jakarta' end)::date then
                  raise exception 'a payment by a dead code needs its reason'
                    using errcode = '23514';
                end if;
                update treasury_deposit set state = 'paid' where id = deposit.id;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ntpn} {self.paid_on}"


class DepositCall(models.Model):
    """That a deposit was called off before it was paid, and why."""

    personal_data = NONE

    deposit = models.OneToOneField(
        Deposit, primary_key=True, on_delete=models.PROTECT, related_name="call"
    )
    reason = models.CharField(max_length=REASON_LENGTH)
    called_at = models.DateTimeField()
    called_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"), name="treasury_depositcall_has_reason"
            )
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="calls_off",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("deposit", "treasury_deposit%ROWTYPE")],
                func="""
                select * into deposit from treasury_deposit where id = new.deposit_id for update;
                if deposit.state <> 'billed' then
                  raise exception 'a deposit is paid or called off once' using errcode = '23514';
                end if;
                update treasury_deposit set state = 'cancelled' where id = deposit.id;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deposit_id} called off"


class DepositProof(models.Model):
    """A paper that proves a deposit, private to those who see the books; the newest counts."""

    personal_data = NONE

    deposit = models.ForeignKey(
        Deposit, on_delete=models.PROTECT, related_name="proofs", db_index=False
    )
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["deposit", "digest"], name="treasury_depositproof_bytes_once"
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return self.name


class SetOff(models.Model):
    """That what was deposited too much pays what is owed now, by a document of the treasury."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    document = models.CharField(max_length=REASON_LENGTH)
    set_on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="treasury_setoff_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(document__regex=r"\S"), name="treasury_setoff_has_document"
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.unit_id} {self.amount}"
