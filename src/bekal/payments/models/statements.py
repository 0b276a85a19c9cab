"""What banks say: statements that were imported, their lines, and what was made of each."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekal.foundation.personal import NONE, PersonalData
from bekal.foundation.triggers import FACTS, Promise, not_deleted, not_emptied
from bekal.payments.models import promises
from bekal.payments.models.facts import Receipt
from bekal.payments.rules import LineState


class StatementImport(models.Model):
    """A file that was imported for a unit; the same bytes are imported once."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    rows = models.IntegerField()
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "digest"], name="payments_statementimport_bytes_once"
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.unit_id} {self.name}"


class StatementLine(models.Model):
    """Money that came into a unit's account by its bank's word; told apart by `reference`.

    `state` follows from the newest verdict. The bank's text is emptied when its time is over;
    nothing else changes.
    """

    personal_data = {
        "text": PersonalData(
            _("apa yang ditulis bank tentang pengirim, untuk mencocokkan uang dengan pesanan"),
            _("satu tahun sesudah uangnya cocok, lalu dikosongkan"),
            _("Keterangan bank"),
        )
    }

    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    source = models.ForeignKey(StatementImport, on_delete=models.PROTECT, related_name="lines")
    row = models.IntegerField()
    day = models.DateField()
    amount = models.BigIntegerField()
    text = models.CharField(max_length=300, blank=True)
    bank_reference = models.CharField(max_length=60, blank=True)
    reference = models.CharField(max_length=40)
    state = models.CharField(max_length=8, default=LineState.OPEN)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "reference"], name="payments_statementline_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="payments_statementline_amount_positive"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in LineState]),
                name="payments_statementline_state_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-day", "-id"], name="payments_line_of_unit"),
            models.Index(
                fields=["unit"], condition=Q(state=LineState.OPEN), name="payments_line_open"
            ),
        ]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            Promise(
                name="only_decided_or_emptied",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                if to_jsonb(new) - array['state', 'text'] <> to_jsonb(old) - array['state', 'text']
                   or (new.text <> old.text and new.text <> '')
                   or (new.state <> old.state and pg_trigger_depth() < 2) then
                  raise exception 'what a bank said is final' using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.amount}"


class Verdict(models.Model):
    """What somebody made of a line: money of a receipt, none of ours, or open again."""

    personal_data = NONE

    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="verdicts")
    state = models.CharField(max_length=8)
    receipt = models.OneToOneField(
        Receipt, null=True, on_delete=models.PROTECT, related_name="verdict"
    )
    reason = models.CharField(max_length=16, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=LineState.MATCHED, receipt__isnull=False, reason="")
                | (Q(state=LineState.ASIDE, receipt__isnull=True) & ~Q(reason=""))
                | Q(state=LineState.OPEN, receipt__isnull=True, reason=""),
                name="payments_verdict_is_whole",
            )
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="decides_line",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[("before", "text")],
                func="""
                select state into before from payments_statementline
                where id = new.line_id for update;
                if (before = 'open') = (new.state = 'open')
                   or (before = 'matched' and not exists (
                     select from payments_mistake m
                     where m.receipt_id = (select v.receipt_id from payments_verdict v
                       where v.line_id = new.line_id and v.id <> new.id
                       order by v.id desc limit 1))) then
                  raise exception 'a line is decided once or opened again'
                    using errcode = '23514';
                end if;
                if new.receipt_id is not null and not exists (
                  select from payments_receipt r
                  join payments_statementline l on l.id = new.line_id
                  where r.id = new.receipt_id and (r.unit_id, r.amount) = (l.unit_id, l.amount))
                then
                  raise exception 'a line is the money of its receipt' using errcode = '23514';
                end if;
                update payments_statementline set state = new.state where id = new.line_id;
                return null;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.state}"


class Mistake(models.Model):
    """That the money of a line was taken in by mistake: what was posted of it is posted back.

    It belongs to nothing any more, and its line is decided anew.
    """

    personal_data = NONE

    receipt = models.OneToOneField(
        Receipt, primary_key=True, on_delete=models.PROTECT, related_name="mistake"
    )
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = [*FACTS, promises.takes_back_whole]

    def __str__(self) -> str:
        return str(self.receipt_id)
