"""E-mails that wait to be sent: to whom and about what, never an address or a word of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import not_emptied
from bekal.institutions.models.requests import Request
from bekal.institutions.rules import LetterKind


class Letter(models.Model):
    """A letter to an institution, written with the act that it tells of and sent by a job.

    The e-mail is put together when it is sent, from what holds then.
    """

    personal_data = NONE

    institution = models.ForeignKey(
        "shop.Institution", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10)
    request = models.ForeignKey(
        Request, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=80)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind=LetterKind.ADDRESS, request__isnull=True)
                | Q(kind=LetterKind.ANSWERS, request__isnull=False),
                name="institutions_letter_says_of_what",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=Q(sent_at__isnull=True), name="institutions_letter_unsent"
            )
        ]
        triggers: ClassVar = [not_emptied]

    def __str__(self) -> str:
        return f"{self.kind} to {self.institution_id}"
