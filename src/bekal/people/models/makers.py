"""Makers, where they stay, and how they move."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bekal.foundation.personal import PersonalData
from bekal.foundation.triggers import FACTS, not_deleted, not_emptied
from bekal.people.models import promises
from bekal.people.rules import REASON_LENGTH, Status

_UNTIL = _("lima tahun sesudah pulang, lalu dihapus; lebih lama hanya selama premi belum dibayar")
CODE_LENGTH = 12

_STAYS = _("tetap ada dengan kode saja; nama dan sidik nomornya dihapus lima tahun sesudah pulang")


class Maker(models.Model):
    """Somebody who works in workshops of units; to all other rooms a code.

    `closed_name` is the name encrypted, `sdp_digest` a keyed digest of the number in the
    corrections database, which itself is never stored. Both are gone once a maker was erased; the
    code stays, since the books name it.
    """

    personal_data = {
        "closed_name": PersonalData(
            _("mengenali pembuat di bengkel dan membayar premi; tersandi"),
            _UNTIL,
            _("Nama pembuat"),
        ),
        "sdp_digest": PersonalData(
            _("menemukan orang yang sama sesudah pindah; sidik berkunci, bukan nomornya"),
            _UNTIL,
            _("Sidik nomor registrasi"),
        ),
        "status": PersonalData(_("siapa yang ada di unit"), _UNTIL, _("Di unit, pindah, pulang")),
    }

    code = models.CharField(max_length=CODE_LENGTH, primary_key=True)
    closed_name = models.BinaryField()
    sdp_digest = models.BinaryField(null=True, unique=True)
    status = models.CharField(max_length=12)
    is_sample = models.BooleanField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)
    erased_at = models.DateTimeField(null=True)
    erased_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^PB-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$"),
                name="people_maker_code_is_one",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Status]), name="people_maker_status_known"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erased_by="", sdp_digest__isnull=False)
                & ~Q(closed_name=b"")
                | Q(erased_at__isnull=False, sdp_digest__isnull=True, closed_name=b"")
                & ~Q(erased_by=""),
                name="people_maker_erased_at_and_by",
            ),
        ]
        triggers: ClassVar = [promises.stays_itself, not_deleted, not_emptied]

    def __str__(self) -> str:
        return self.code


class Stay(models.Model):
    """That a maker is in a unit, from a day on, until the day of leaving; in one unit at a time."""

    personal_data = {
        "during": PersonalData(_("unit mana yang mengurus pembuat"), _STAYS, _("Masa di unit"))
    }

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="stays")
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    during = DateRangeField()
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="people_stay_one_unit_at_a_time",
                expressions=[
                    ("maker", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__startswith__isnull=False),
                name="people_stay_has_days",
            ),
        ]
        triggers: ClassVar = [
            promises.holds_adults,
            promises.only_closed,
            not_deleted,
            not_emptied,
        ]

    def __str__(self) -> str:
        return f"{self.maker_id} in {self.unit_id}"


class StatusMove(models.Model):
    """A step of a maker's status with its ground; the status follows it, by its trigger."""

    personal_data = {
        "reason": PersonalData(_("dasar pindah atau pulang"), _STAYS, _("Nomor surat")),
        "on": PersonalData(_("kapan pindah atau pulang"), _STAYS, _("Tanggal pindah")),
    }

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="moves")
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    old = models.CharField(max_length=12, blank=True)
    new = models.CharField(max_length=12)
    on = models.DateField()
    reason = models.CharField(max_length=REASON_LENGTH)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(new__in=[s.value for s in Status]), name="people_statusmove_new_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="people_statusmove_says_why"),
        ]
        triggers: ClassVar = [promises.moves_the_status, *FACTS]

    def __str__(self) -> str:
        return f"{self.maker_id}: {self.new}"


class Transfer(models.Model):
    """That a unit let a maker go to another, which receives them, or the first calls them back."""

    personal_data = {
        "left_on": PersonalData(_("kapan berangkat"), _STAYS, _("Tanggal berangkat")),
        "reason": PersonalData(_("dasar pindah"), _STAYS, _("Nomor surat pindah")),
    }

    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="transfers")
    from_unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    left_on = models.DateField()
    reason = models.CharField(max_length=REASON_LENGTH)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    is_accepted = models.BooleanField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["maker"],
                condition=Q(closed_at__isnull=True),
                name="people_transfer_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(from_unit=F("to_unit")), name="people_transfer_leads_elsewhere"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="", is_accepted__isnull=True)
                | Q(closed_at__isnull=False, is_accepted__isnull=False) & ~Q(closed_by=""),
                name="people_transfer_closed_at_and_by",
            ),
        ]
        triggers: ClassVar = [promises.only_answered, not_deleted, not_emptied]

    def __str__(self) -> str:
        return f"{self.maker_id}: {self.from_unit_id} to {self.to_unit_id}"
