"""What must be so for work, what is known of each maker, and what they have agreed to."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bekal.foundation.personal import NONE, PersonalData
from bekal.foundation.triggers import not_deleted, not_emptied
from bekal.people.models import promises
from bekal.people.models.makers import Maker
from bekal.people.rules import Purpose

_WHILE_HERE = _("selama di unit, dan 90 hari sesudah pulang, lalu dihapus")
_UNTIL = _("tetap ada dengan kode saja, sebagai bukti bahwa izinnya ada")


class Requirement(models.Model):
    """What must be so for somebody to work, with its legal ground, from a day to a day."""

    personal_data = NONE

    code = models.SlugField(max_length=20)
    label = models.CharField(max_length=60)
    sentence = models.CharField(max_length=200)
    citation = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    needs_number = models.BooleanField()
    needs_until = models.BooleanField()
    during = DateRangeField()
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="people_requirement_one_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=~Q(citation="") & ~Q(code="") & ~Q(sentence=""),
                name="people_requirement_has_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__startswith__isnull=False),
                name="people_requirement_has_days",
            ),
        ]
        triggers: ClassVar = [promises.only_ended, not_deleted, not_emptied]

    def __str__(self) -> str:
        return self.code


class Fact(models.Model):
    """What was found of a maker under a requirement; the last one found by a day counts for it.

    No more than the answer, its number, its day and its end: no diagnosis, no case, no birth date.
    """

    personal_data = {
        "holds": PersonalData(_("siapa yang boleh bekerja"), _WHILE_HERE, _("Syarat terpenuhi")),
        "number": PersonalData(_("dasar keputusan"), _WHILE_HERE, _("Nomor keputusan")),
        "known_on": PersonalData(_("sejak kapan diketahui"), _WHILE_HERE, _("Tanggal catatan")),
        "until": PersonalData(_("kapan diperiksa lagi"), _WHILE_HERE, _("Masa berlaku")),
    }

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="facts")
    code = models.SlugField(max_length=20)
    holds = models.BooleanField()
    number = models.CharField(max_length=60, blank=True)
    known_on = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("known_on")),
                name="people_fact_ends_later",
            ),
            models.CheckConstraint(condition=~Q(code=""), name="people_fact_has_code"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["maker", "code", "-id"], name="people_fact_last"),
        ]
        triggers: ClassVar = [promises.final, promises.kept_while_here, not_emptied]

    def __str__(self) -> str:
        return f"{self.maker_id}: {self.code}"


class Consent(models.Model):
    """That a maker agreed to be shown so, on a signed form, until a day; withdrawn at once."""

    personal_data = {
        "purpose": PersonalData(_("apa yang boleh ditampilkan"), _UNTIL, _("Tujuan persetujuan")),
        "during": PersonalData(_("selama apa boleh ditampilkan"), _UNTIL, _("Masa persetujuan")),
        "form_number": PersonalData(_("menemukan formulirnya"), _UNTIL, _("Nomor formulir")),
    }

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=12)
    during = DateRangeField()
    form_number = models.CharField(max_length=60)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="people_consent_one_at_a_time",
                expressions=[
                    ("maker", RangeOperators.EQUAL),
                    ("purpose", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=[p.value for p in Purpose]),
                name="people_consent_purpose_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    during__isempty=False,
                    during__startswith__isnull=False,
                    during__endswith__isnull=False,
                ),
                name="people_consent_ends",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by=""),
                name="people_consent_withdrawn_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(form_number=""), name="people_consent_has_form"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["withdrawn_at"],
                condition=Q(withdrawn_at__isnull=False),
                name="people_consent_withdrawn",
            )
        ]
        triggers: ClassVar = [promises.only_withdrawn, not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"{self.maker_id}: {self.purpose}"
