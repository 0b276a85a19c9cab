from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, not_deleted, not_emptied
from bekal.ledger import promises
from bekal.ledger.rules import (
    ACTIVITY,
    ACTIVITY_LENGTH,
    CITATION_LENGTH,
    OF_A_MAKER,
    AccountKind,
    Base,
)


class Account(models.Model):
    """A pot of money of one unit; settlement is kept for each other unit, premi for each maker.

    `maker` is the maker's code, a text: the ledger knows nobody.
    """

    personal_data = NONE

    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    counterpart = models.ForeignKey(
        "places.Place", null=True, on_delete=models.PROTECT, related_name="+"
    )
    maker = models.CharField(max_length=20, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "kind", "counterpart", "maker"],
                nulls_distinct=False,
                name="ledger_account_once",
            ),
            models.UniqueConstraint(fields=["id", "unit"], name="ledger_account_id_with_unit"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in AccountKind]),
                name="ledger_account_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(kind=AccountKind.SETTLEMENT, counterpart__isnull=False)
                | (~Q(kind=AccountKind.SETTLEMENT) & Q(counterpart__isnull=True)),
                name="ledger_account_counterpart_of_settlement",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(OF_A_MAKER)) & ~Q(maker="")
                | ~Q(kind__in=sorted(OF_A_MAKER)) & Q(maker=""),
                name="ledger_account_maker_of_premi",
            ),
            models.CheckConstraint(
                condition=~Q(counterpart=F("unit")), name="ledger_account_counterpart_is_another"
            ),
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind}"


class Entry(models.Model):
    """One movement of money. Written once, with its lines, by actions.post_entry; never changed.

    `source` is the text key of what caused it ("sale:<id>"); `xid` is the transaction that made
    it, and the only one that may give it lines. `late_from` is the day on which it happened, where
    the books of that day were closed: it then counts on the first open day, `occurred_on`.
    """

    personal_data = NONE

    key = models.UUIDField(unique=True)
    occurred_on = models.DateField()
    late_from = models.DateField(null=True)
    memo = models.CharField(max_length=200)
    source = models.CharField(max_length=80)
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="reversals"
    )
    posted_at = models.DateTimeField()
    posted_by = models.CharField(max_length=80)
    xid = models.BigIntegerField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "xid"], name="ledger_entry_id_with_xid"),
            models.CheckConstraint(
                condition=Q(late_from__isnull=True) | Q(late_from__lt=F("occurred_on")),
                name="ledger_entry_late_from_before",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source"], name="ledger_entry_source"),
            models.Index(
                fields=["occurred_on"],
                condition=Q(late_from__isnull=False),
                name="ledger_entry_late",
            ),
        ]
        triggers: ClassVar = [
            *FACTS,
            promises.stamped,
            promises.has_lines,
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.memo}"


class EntryLine(models.Model):
    """Rupiah into (positive) or out of (negative) one account.

    Two composite foreign keys stand in the migration: (entry, xid) lets only the transaction that
    made the entry add lines, (account, unit) keeps the copied unit true.
    """

    personal_data = NONE

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="lines", db_constraint=False
    )
    account = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        related_name="lines",
        db_constraint=False,
        db_index=False,
    )
    unit = models.ForeignKey(
        "places.Place",
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    amount = models.BigIntegerField()
    xid = models.BigIntegerField(editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_entryline_not_zero"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "id"], include=["amount"], name="ledger_entryline_sum")
        ]
        triggers: ClassVar = [
            *FACTS,
            promises.stamped,
            promises.balanced,
            promises.on_open_days,
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"


class Checkpoint(models.Model):
    """What an account held after all its lines up to `through_line`; made from the lines."""

    personal_data = NONE

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="checkpoints")
    through_line = models.BigIntegerField()
    balance = models.BigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "through_line"], name="ledger_checkpoint_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.balance}"


class SplitRule(models.Model):
    """How the price of a sale is shared, for a place and all below it, from a day to a day.

    `activity` narrows the rule to one kind of product (its category code); empty means all. The
    nearest rule wins: the unit's before the kanwil's before the nation's, and of one place the one
    for the activity. Shares never change; only an open end may be closed by the next rule.
    """

    personal_data = NONE

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    activity = models.CharField(max_length=ACTIVITY_LENGTH, blank=True)
    name = models.CharField(max_length=120)
    base = models.CharField(max_length=10)
    shares = models.JSONField()
    citation = models.CharField(max_length=CITATION_LENGTH)
    source = models.CharField(max_length=300, blank=True)
    during = DateRangeField()
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="ledger_splitrule_one_at_a_time",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    ("activity", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(base__in=[base.value for base in Base]),
                name="ledger_splitrule_base_known",
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False), name="ledger_splitrule_during_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(citation__regex=r"\S"), name="ledger_splitrule_is_cited"
            ),
            models.CheckConstraint(
                condition=Q(activity__regex=ACTIVITY), name="ledger_splitrule_activity_is_a_code"
            ),
        ]
        triggers: ClassVar = [
            not_emptied,
            not_deleted,
            promises.shares_make_a_whole,
            promises.only_closed,
            promises.closed_by_the_next,
        ]

    def __str__(self) -> str:
        return self.name


class DocumentedSplit(models.Model):
    """A split that a source reports: a choice for `actions.adopt_rule` when it is complete.

    An incomplete one (the source does not say where everything goes) is kept with `gap`, the
    reason why it cannot be chosen.
    """

    personal_data = NONE

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=120)
    base = models.CharField(max_length=10, blank=True)
    shares = models.JSONField(null=True)
    gap = models.CharField(max_length=200, blank=True)
    citation = models.CharField(max_length=300)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(gap="", shares__isnull=False) | (~Q(gap="") & Q(shares__isnull=True)),
                name="ledger_documentedsplit_complete_or_gap",
            )
        ]

    def __str__(self) -> str:
        return self.name
