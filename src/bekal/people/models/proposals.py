"""What the centre is about to require of those who work: proposed by one, decided by another."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import not_deleted, not_emptied
from bekal.people.models import promises
from bekal.people.models.facts import Requirement


class RequirementProposal(models.Model):
    """A requirement that one person of the centre proposes; `id` is the key of the form.

    It is to hold from `first_day` on in place of the one of its code, or, with `ends`, that one is
    to hold no more from that day on. `requirement` is what it became, or which it ended.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    code = models.SlugField(max_length=20)
    label = models.CharField(max_length=60)
    sentence = models.CharField(max_length=200)
    citation = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)
    needs_number = models.BooleanField()
    needs_until = models.BooleanField()
    ends = models.BooleanField()
    first_day = models.DateField()
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    verdict = models.CharField(max_length=8, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    requirement = models.ForeignKey(
        Requirement, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")),
                name="people_requirementproposal_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(
                    decided_at__isnull=True, decided_by="", verdict="", requirement__isnull=True
                )
                | Q(decided_at__isnull=False, verdict="refused", requirement__isnull=True)
                & ~Q(decided_by="")
                & Q(reason__regex=r"\S")
                | Q(decided_at__isnull=False, verdict="approved", requirement__isnull=False)
                & ~Q(decided_by=""),
                name="people_requirementproposal_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    citation__regex=r"\S",
                    sentence__regex=r"\S",
                    label__regex=r"\S",
                    code__regex=".",
                ),
                name="people_requirementproposal_has_a_ground",
            ),
        ]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            promises.only_decided,
            promises.never_backwards,
        ]

    def __str__(self) -> str:
        return self.label
