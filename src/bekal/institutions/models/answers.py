"""What workshops answered. The newest answer of a workshop holds."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise
from bekal.institutions.models.ended import is_ended
from bekal.institutions.models.requests import Invitation
from bekal.institutions.rules import NOTE_LENGTH, AnswerKind


class Answer(models.Model):
    """What a workshop answered; the newest of its answers holds, and `number` counts them.

    `fee` is what sending costs, null where goods are fetched. `product_name` is what the product
    was called then.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    invitation = models.ForeignKey(
        Invitation, on_delete=models.PROTECT, related_name="answers", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8)
    product = models.ForeignKey(
        "catalogue.Product", null=True, on_delete=models.PROTECT, related_name="+"
    )
    product_name = models.CharField(max_length=120, blank=True)
    pieces = models.IntegerField(null=True)
    unit_price = models.BigIntegerField(null=True)
    fee = models.BigIntegerField(null=True)
    ready_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invitation", "number"], name="institutions_answer_number_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=AnswerKind.OFFER,
                    product__isnull=False,
                    pieces__gt=0,
                    unit_price__gt=0,
                    ready_on__isnull=False,
                    valid_until__isnull=False,
                )
                | Q(
                    kind=AnswerKind.DECLINE,
                    product__isnull=True,
                    pieces__isnull=True,
                    unit_price__isnull=True,
                    fee__isnull=True,
                    ready_on__isnull=True,
                    valid_until__isnull=True,
                    note__regex=r"\S",
                ),
                name="institutions_answer_offers_or_declines",
            ),
            models.CheckConstraint(
                condition=Q(fee__isnull=True) | Q(fee__gte=0),
                name="institutions_answer_fee_not_negative",
            ),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="in_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("asked", "institutions_request%ROWTYPE")],
                func=f"""
                select r.* into asked from institutions_request r
                join institutions_invitation i on i.request_id = r.id
                where i.id = new.invitation_id for no key update of r;
                if new.answered_at >= asked.answer_until
                   or {is_ended("asked.id")}
                   or new.pieces > asked.pieces
                   or new.number <> 1 + coalesce((select max(number) from institutions_answer
                                                  where invitation_id = new.invitation_id), 0) then
                  raise exception 'answers follow each other while the request is open'
                    using errcode = '23514';
                end if;
                return new;
                """,  # noqa: S608
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id} #{self.number}"
