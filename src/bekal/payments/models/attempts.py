"""Payments that were opened at a gateway for an ask, one after the other, and how each ended."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise
from bekal.payments.attempts import End
from bekal.payments.models.asks import Request


class Attempt(models.Model):
    """A payment of an ask that was opened at the gateway; `page` is where its buyer pays.

    `called` is what the gateway calls it. The next is opened only after the one before it ended
    unpaid, so that nobody is led to two pages; money of an earlier one is taken in all the same.
    """

    personal_data = NONE

    request = models.ForeignKey(
        Request, on_delete=models.PROTECT, related_name="attempts", db_index=False
    )
    number = models.SmallIntegerField()
    called = models.CharField(max_length=50, unique=True)
    amount = models.BigIntegerField()
    page = models.CharField(max_length=600)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "number"], name="payments_attempt_one_after_the_other"
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0, amount__gt=0) & ~Q(page="") & ~Q(called=""),
                name="payments_attempt_is_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["opened_at"], name="payments_attempt_opened")]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="follows_an_end",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                if not exists (select from payments_request
                    where id = new.request_id and method = 'gateway'
                      and starts_with(new.called, id::text)) then
                  raise exception 'a gateway opens what is asked through it, by the name of the ask'
                    using errcode = '23514';
                end if;
                if new.number > 1 and not exists (
                    select from payments_attempt a
                    join payments_attemptend e on e.attempt_id = a.id and e.how = 'unpaid'
                    where a.request_id = new.request_id and a.number = new.number - 1) then
                  raise exception 'the next attempt follows one that ended unpaid'
                    using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.called


class AttemptEnd(models.Model):
    """That an attempt ended: paid, or given up by the gateway. Money that comes later is taken in.

    `ended_by` is who was told.
    """

    personal_data = NONE

    attempt = models.OneToOneField(
        Attempt, primary_key=True, on_delete=models.PROTECT, related_name="end"
    )
    how = models.CharField(max_length=8)
    ended_at = models.DateTimeField()
    ended_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(how__in=[end.value for end in End]),
                name="payments_attemptend_how_known",
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.how}"
