"""Papers by which something that stands wrong in the books is settled: one proposes, one decides.

What a decision settles is never more than stands: PostgreSQL looks at the entry and the accounts
when a paper is approved, and holds both accounts until that is committed.
"""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import Promise, not_deleted, not_emptied
from bekal.treasury.models.papers import decided_by_another, only_decided, starts_undecided
from bekal.treasury.rules.clearing import PAPER_LENGTH, Way
from bekal.treasury.rules.closing import NOTE_LENGTH
from bekal.treasury.rules.overpaid import REASON_LENGTH, WAYS, WRITTEN_OFF

# The accounts are held first; what they hold is read by a statement of its own, which sees what was
# posted while they were waited for. Afterwards the one that is settled holds nothing of the other
# sign, and what settles it was there.
_SETTLES = """
    if new.decided_as <> 'approved' then return new; end if;
    moved := MOVED;
    other := OTHER;
    perform from ledger_account a
    where a.unit_id = new.unit_id and a.counterpart_id is null
      and (a.kind, a.maker) in ((ACCOUNT), (other, ''))
    order by a.id for update;
    select count(*) filter (where p.posted = case p.kind when other then moved else -moved end),
      bool_and(case when p.kind <> other then moved * p.held >= 0 else IS_ENOUGH end)
    into told, fine
    from (
      select a.kind, (
        select sum(l.amount) from ledger_entry e join ledger_entryline l on l.entry_id = e.id
        where e.key = new.id and l.account_id = a.id) as posted,
        coalesce(c.balance, 0) + coalesce((
          select sum(l.amount) from ledger_entryline l
          where l.account_id = a.id and l.id > coalesce(c.through_line, 0)), 0) as held
      from ledger_account a left join lateral (
        select through_line, balance from ledger_checkpoint
        where account_id = a.id order by through_line desc limit 1) c on true
      where a.unit_id = new.unit_id and a.counterpart_id is null
        and (a.kind, a.maker) in ((ACCOUNT), (other, ''))
    ) p;
    if told <> 2 then
      raise exception 'a clearing that is approved stands in the books' using errcode = '23514';
    end if;
    if fine is not true then
      raise exception 'no more is settled than stands' using errcode = '23514';
    end if;
    return new;
"""


def _settles_what_stands(**words: str) -> Promise:
    """What is asked when a paper is approved, after its entry was posted.

    ACCOUNT (kind and maker) is settled by OTHER, which takes MOVED; IS_ENOUGH is asked of OTHER.
    """
    func = _SETTLES
    for word, sql in words.items():
        func = func.replace(word, sql)
    return Promise(
        name="settles_what_stands",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        declare=[("moved", "bigint"), ("other", "text"), ("told", "bigint"), ("fine", "boolean")],
        func=func,
    )


class Clearing(models.Model):
    """How `amount` rupiah are settled and on which paper; the head approves or refuses.

    `paper` is the number of the minutes or the letter on which it rests, as a person wrote it.
    """

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    paper = models.CharField(max_length=PAPER_LENGTH)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    decided_as = models.CharField(max_length=8, blank=True)
    decided_why = models.CharField(max_length=NOTE_LENGTH, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True


class CashClearing(Clearing):
    """How `amount` rupiah of a unit's difference of cash are settled."""

    personal_data = NONE

    way = models.CharField(max_length=8)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, paper__regex=r"\S"),
                name="treasury_cashclearing_rests_on_paper",
            ),
            models.CheckConstraint(
                condition=Q(way__in=[way.value for way in Way]),
                name="treasury_cashclearing_way_known",
            ),
            models.CheckConstraint(
                condition=decided_by_another("proposed_by"),
                name="treasury_cashclearing_by_two_persons",
            ),
        ]
        triggers: ClassVar = [
            only_decided,
            starts_undecided,
            _settles_what_stands(
                ACCOUNT="'cash_difference', ''",
                MOVED="case when new.way in ('replaced', 'borne') then 1 else -1 end * new.amount",
                OTHER="case when new.way in ('borne', 'added') then 'capital' else 'cash' end",
                IS_ENOUGH="case new.way when 'borne' then p.held <= 0"
                " when 'given' then p.held >= 0 else true end",
            ),
            not_deleted,
            not_emptied,
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.way} {self.amount}"


class PremiClearing(Clearing):
    """How `amount` rupiah that a maker who left was paid too much are settled.

    `way` is the account that takes it: money that came in, or the fund that bears it, with the
    reason.
    """

    personal_data = NONE

    maker = models.ForeignKey("people.Maker", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=20)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, paper__regex=r"\S"),
                name="treasury_premiclearing_rests_on_paper",
            ),
            models.CheckConstraint(
                condition=Q(way__in=[way.value for way in WAYS]),
                name="treasury_premiclearing_way_known",
            ),
            models.CheckConstraint(
                condition=~Q(way__in=[way.value for way in WRITTEN_OFF]) | Q(reason__regex=r"\S"),
                name="treasury_premiclearing_written_off_with_reason",
            ),
            models.CheckConstraint(
                condition=decided_by_another("proposed_by"),
                name="treasury_premiclearing_by_two_persons",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-proposed_at"], name="treasury_premiclearing_newest"),
        ]
        triggers: ClassVar = [
            only_decided,
            starts_undecided,
            _settles_what_stands(
                ACCOUNT="'premi_payable', new.maker_id",
                MOVED="new.amount",
                OTHER="new.way",
                IS_ENOUGH="new.way in ('cash', 'bank') or p.held <= 0",
            ),
            not_deleted,
            not_emptied,
        ]

    def __str__(self) -> str:
        return f"{self.maker_id} {self.way} {self.amount}"
