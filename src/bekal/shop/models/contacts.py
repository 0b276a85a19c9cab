"""People who asked for something without buying yet: an appointment, an enquiry from abroad."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekal.foundation.personal import PersonalData
from bekal.foundation.triggers import Promise, not_deleted, not_emptied
from bekal.shop.rules import CONTACT_LENGTH, CONTACT_NOTE_LENGTH, INSTITUTION_LENGTH

_UNTIL = _("satu tahun sesudah janji atau pertanyaan selesai, lalu dihapus")


class Contact(models.Model):
    """How to reach somebody who asked, and what they wrote; empty once it was erased.

    `keep_until` is the last day on which it is kept.
    """

    personal_data = {
        "name": PersonalData(_("menyapa dan mengenali penanya"), _UNTIL, _("Nama penanya")),
        "company": PersonalData(
            _("mengenali usaha penanya; bisa nama orang"), _UNTIL, _("Nama usaha penanya")
        ),
        "phone": PersonalData(_("menghubungi penanya"), _UNTIL, _("Nomor telepon penanya")),
        "email": PersonalData(_("menjawab penanya"), _UNTIL, _("Email penanya")),
        "note": PersonalData(_("apa yang ditulis penanya"), _UNTIL, _("Pesan penanya")),
    }

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=CONTACT_LENGTH, blank=True)
    company = models.CharField(max_length=INSTITUTION_LENGTH, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    note = models.CharField(max_length=CONTACT_NOTE_LENGTH, blank=True)
    language = models.CharField(max_length=2)
    keep_until = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=80)
    erased_at = models.DateTimeField(null=True)
    erased_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erased_by="") & ~Q(name="")
                | Q(
                    erased_at__isnull=False,
                    name="",
                    company="",
                    phone="",
                    email="",
                    note="",
                )
                & ~Q(erased_by=""),
                name="shop_contact_erased_at_and_by",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["keep_until"], condition=Q(erased_at__isnull=True), name="shop_contact_due"
            ),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="shop_contact_phone"),
        ]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            Promise(
                name="is_erased_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                if old.erased_at is not null
                   or (new.erased_at is null and new.keep_until < old.keep_until) then
                  raise exception 'a contact is kept longer, or erased once'
                    using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
