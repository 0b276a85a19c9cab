"""How requests ended: by an order with its choices, or withdrawn."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise
from bekal.institutions.models.answers import Answer
from bekal.institutions.models.ended import is_ended
from bekal.institutions.models.requests import Request
from bekal.institutions.rules import NOTE_LENGTH, PO_LENGTH, OutcomeKind


class Outcome(models.Model):
    """How a request ended: ordered with its choices, or withdrawn with a reason.

    It stands until its order was cancelled; then the request may end again, and `number` counts.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    request = models.ForeignKey(
        Request, on_delete=models.PROTECT, related_name="outcomes", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    order = models.OneToOneField(
        "shop.Order", null=True, on_delete=models.PROTECT, related_name="+"
    )
    po_number = models.CharField(max_length=PO_LENGTH, blank=True)
    due_on = models.DateField(null=True)
    reason = models.CharField(max_length=NOTE_LENGTH, blank=True)
    ended_at = models.DateTimeField()
    ended_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "number"], name="institutions_outcome_number_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=OutcomeKind.ORDERED, order__isnull=False, due_on__isnull=False)
                | Q(kind=OutcomeKind.WITHDRAWN, order__isnull=True, due_on__isnull=True),
                name="institutions_outcome_orders_or_not",
            ),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="once_at_a_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                perform from institutions_request where id = new.request_id for no key update;
                if {is_ended("new.request_id")}
                   or new.number <> 1 + coalesce((select max(number) from institutions_outcome
                                                  where request_id = new.request_id), 0) then
                  raise exception 'a request ends again only when its order was cancelled'
                    using errcode = '23514';
                end if;
                return new;
                """,  # noqa: S608
            ),
            Promise(
                name="chooses",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                if (new.kind = 'ordered') <> exists (
                     select from institutions_choice where outcome_id = new.id) then
                  raise exception 'what is ordered was chosen' using errcode = '23514';
                end if;
                return null;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} #{self.number} {self.kind}"


class Choice(models.Model):
    """So many pieces of one answer, which became a part of the order."""

    personal_data = NONE

    outcome = models.ForeignKey(
        Outcome, on_delete=models.PROTECT, related_name="choices", db_index=False
    )
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="choices")
    pieces = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outcome", "answer"], name="institutions_choice_once"),
            models.CheckConstraint(
                condition=Q(pieces__gt=0), name="institutions_choice_has_pieces"
            ),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="of_the_newest",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                if not exists (
                  select from institutions_answer a
                  join institutions_invitation i on i.id = a.invitation_id
                  join institutions_outcome o on o.request_id = i.request_id
                  where a.id = new.answer_id and o.id = new.outcome_id
                   and a.kind = 'offer' and a.pieces >= new.pieces
                   and a.number = (select max(number) from institutions_answer
                                   where invitation_id = a.invitation_id)) then
                  raise exception 'chosen is the newest offer of a workshop that was asked'
                    using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pieces} of {self.answer_id}"
