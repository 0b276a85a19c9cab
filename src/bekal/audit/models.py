from typing import ClassVar

import pgtrigger
from django.db import models

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise, not_deleted, not_emptied


class SplitPart(models.Func):
    """The n-th part of a text between separators."""

    function = "split_part"
    output_field = models.TextField()


class Chain(models.Model):
    """The head of a chain: how long it is and its newest seal."""

    personal_data = NONE

    name = models.CharField(max_length=80, primary_key=True)
    seq = models.BigIntegerField()
    head = models.BinaryField()

    class Meta:
        triggers: ClassVar = [
            not_emptied,
            not_deleted,
            Promise(
                name="only_forward",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                if new.seq < old.seq or new.name <> old.name then
                  raise exception 'a chain only grows' using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.seq})"


class Event(models.Model):
    """One thing that somebody did: who, when, what, to what, with which detail.

    Text keys and no foreign keys, so that the room lies below all others and outlives them.
    `seq`, `previous` and `seal` are written by the trigger; `detail` is canonical JSON as text,
    because the seal is over its exact letters.
    """

    personal_data = NONE

    chain = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=60)
    object_key = models.CharField(max_length=80)
    detail = models.TextField()
    previous = models.BinaryField()
    seal = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "seq"], name="audit_event_seq_once_per_chain")
        ]
        indexes: ClassVar = [
            models.Index(fields=["object_key", "id"], name="audit_event_object"),
            # The newest events of a topic, for `queries.revisions`.
            models.Index(
                SplitPart("action", models.Value("."), models.Value(1)),
                "id",
                name="audit_event_topic",
            ),
        ]
        triggers: ClassVar = [
            *FACTS,
            # The seal is made in the database, so that a row inserted by any hand joins the
            # chain; the chain's head row is the lock that puts its events into one order.
            Promise(
                name="seal",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                insert into audit_chain as c (name, seq, head) values (new.chain, 1, '')
                on conflict (name) do update set seq = c.seq + 1
                returning seq, head into new.seq, new.previous;
                new.seal := sha256(new.previous || convert_to(concat_ws(
                    E'\\x1f', new.chain, new.seq::text,
                    to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
                    new.actor, new.action, new.object_key, new.detail), 'UTF8'));
                update audit_chain set head = new.seal where name = new.chain;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain} #{self.seq} {self.action}"
