"""What buyers are to be told, and each try to tell them. Neither names a person.

Whom a notice goes to is read when it goes out, so that an erased buyer is told nothing.
"""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise, not_deleted, not_emptied
from bekal.shop.models.orders import Order
from bekal.shop.rules import Event, Outcome, Way

DEAD = "dead"
"""Of a notice whose tries are used up: a person of the unit has to see to it."""
SURPLUS = "surplus"
"""What a notice is about that tells of money paid too much: this, and the id of the debt."""
_ENDS = [Outcome.SENT.value, Outcome.DROPPED.value]


class Notice(models.Model):
    """An event that a buyer is told of by one way, once; `about` is the text key of what happened.

    `due_at` is when it is tried next: empty for what a person sends, and at the end. `outcome` is
    empty while it waits. Tries alone change both.
    """

    personal_data = NONE

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="notices")
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    about = models.CharField(max_length=60)
    event = models.CharField(max_length=12)
    way = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    due_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField()
    outcome = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["about", "event", "way"], name="shop_notice_once_for_each_way"
            ),
            models.CheckConstraint(
                condition=Q(event__in=[event.value for event in Event]),
                name="shop_notice_event_known",
            ),
            models.CheckConstraint(
                condition=Q(way__in=[way.value for way in Way]), name="shop_notice_way_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", DEAD, *_ENDS])
                & (Q(outcome="") | Q(due_at__isnull=True)),
                name="shop_notice_ends_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="shop_notice_due"
            ),
            models.Index(
                fields=["unit", "made_at"],
                condition=Q(outcome=DEAD) | Q(outcome="", way=Way.WHATSAPP.value),
                name="shop_notice_for_a_person",
            ),
        ]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            Promise(
                name="follows_tries",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                if pg_trigger_depth() < 2 then
                  raise exception 'a notice follows from its tries' using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.event} {self.way}"


class NoticeTry(models.Model):
    """That a notice was sent, failed, or was dropped; `reason` is the kind of failure in a word.

    `next_at` is when a failed one is tried again; without it the tries are used up.
    """

    personal_data = NONE

    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="all_tries", db_index=False
    )
    number = models.SmallIntegerField()
    outcome = models.CharField(max_length=8)
    reason = models.CharField(max_length=60, blank=True)
    next_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField()
    tried_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "number"], name="shop_noticetry_in_order"),
            models.UniqueConstraint(
                fields=["notice"],
                condition=Q(outcome__in=_ENDS),
                name="shop_noticetry_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.FAILED.value)
                | Q(outcome__in=_ENDS, next_at__isnull=True),
                name="shop_noticetry_outcome_known",
            ),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="moves_notice",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                update shop_notice set
                  tries = new.number,
                  due_at = new.next_at,
                  outcome = case when new.outcome <> 'failed' then new.outcome
                                 when new.next_at is null then 'dead' else '' end
                where id = new.notice_id and tries = new.number - 1
                  and outcome not in ('sent', 'dropped');
                if not found then
                  raise exception 'notice % is told already', new.notice_id using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.outcome}"
