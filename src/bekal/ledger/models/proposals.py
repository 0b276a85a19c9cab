"""Rules of splitting that the centre is about to set."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import Promise, not_deleted, not_emptied
from bekal.ledger import promises
from bekal.ledger.models.books import SplitRule
from bekal.ledger.rules import ACTIVITY, ACTIVITY_LENGTH, CITATION_LENGTH, Base

_only_decided = Promise(
    name="only_decided",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
    if old.decided_at is not null
       or to_jsonb(new) - array['decided_at', 'decided_by', 'verdict', 'reason', 'rule_id']
          <> to_jsonb(old) - array['decided_at', 'decided_by', 'verdict', 'reason', 'rule_id']
    then
      raise exception 'a proposal is decided once, and nothing else of it changes'
        using errcode = '23514';
    end if;
    return new;
    """,
)


class RuleProposal(models.Model):
    """A rule that one person of the centre proposes and another decides on; `id` is the form's key.

    With `is_choice` it is to be one that units may choose; else it is to hold for `place` and all
    below it from `first_day` on. `rule` is what it became.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    is_choice = models.BooleanField()
    activity = models.CharField(max_length=ACTIVITY_LENGTH, blank=True)
    name = models.CharField(max_length=120)
    base = models.CharField(max_length=10)
    shares = models.JSONField()
    citation = models.CharField(max_length=CITATION_LENGTH)
    source = models.CharField(max_length=300, blank=True)
    first_day = models.DateField()
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    verdict = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    rule = models.ForeignKey(SplitRule, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")), name="ledger_ruleproposal_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by="", verdict="", rule__isnull=True)
                | Q(decided_at__isnull=False, verdict="refused", rule__isnull=True)
                & ~Q(decided_by="")
                & Q(reason__regex=r"\S")
                | Q(decided_at__isnull=False, verdict="approved", is_choice=True, rule__isnull=True)
                & ~Q(decided_by="")
                | Q(decided_at__isnull=False, verdict="approved", is_choice=False)
                & Q(rule__isnull=False)
                & ~Q(decided_by=""),
                name="ledger_ruleproposal_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(base__in=[base.value for base in Base]),
                name="ledger_ruleproposal_base_known",
            ),
            models.CheckConstraint(
                condition=Q(citation__regex=r"\S"), name="ledger_ruleproposal_is_cited"
            ),
            models.CheckConstraint(
                condition=Q(activity__regex=ACTIVITY),
                name="ledger_ruleproposal_activity_is_a_code",
            ),
        ]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            promises.shares_make_a_whole,
            _only_decided,
        ]

    def __str__(self) -> str:
        return self.name
