"""Requests for quotation, the answers of workshops, and how a request ended. All are facts."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise
from bekal.institutions.rules import (
    CODE_LENGTH,
    DESTINATION_LENGTH,
    MEASURE_LENGTH,
    SPECIFICATION_LENGTH,
    TITLE_LENGTH,
    request_number,
)


class Request(models.Model):
    """What an institution asks many workshops at once; never edited, ended by its outcomes.

    `key_digest` is what is kept of the private address on which its answers are compared.
    `destination` is where goods are received: an office's place, nobody's home.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    key_digest = models.CharField(max_length=64, unique=True)
    institution = models.ForeignKey(
        "shop.Institution", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    title = models.CharField(max_length=TITLE_LENGTH)
    specification = models.CharField(max_length=SPECIFICATION_LENGTH)
    pieces = models.IntegerField()
    measure = models.CharField(max_length=MEASURE_LENGTH)
    needed_on = models.DateField()
    district_code = models.CharField(max_length=13, blank=True)
    destination = models.CharField(max_length=DESTINATION_LENGTH)
    answer_until = models.DateTimeField()
    is_sample = models.BooleanField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pieces__gt=0), name="institutions_request_has_pieces"
            ),
            models.CheckConstraint(
                condition=Q(answer_until__gt=models.F("asked_at")),
                name="institutions_request_leaves_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "-asked_at"], name="institutions_request_of")
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="asks_somebody",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                if not exists (select from institutions_invitation where request_id = new.id) then
                  raise exception 'request % asks nobody', new.code using errcode = '23514';
                end if;
                return null;
                """,
            ),
        ]

    def __str__(self) -> str:
        return request_number(self.code)


class RequestFile(models.Model):
    """The file that came with a request, checked for its kind; its bytes are here."""

    personal_data = NONE

    request = models.OneToOneField(
        Request, primary_key=True, on_delete=models.PROTECT, related_name="file"
    )
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A workshop that was asked."""

    personal_data = NONE

    request = models.ForeignKey(
        Request, on_delete=models.PROTECT, related_name="invitations", db_index=False
    )
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "unit"], name="institutions_invitation_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-id"], name="institutions_invitation_unit")
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.request_id}: {self.unit_id}"
