"""Institutions that buy: an office, a school, a hotel, a firm, and with whom one speaks there."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekal.foundation.personal import PersonalData
from bekal.foundation.triggers import Promise, not_deleted, not_emptied
from bekal.shop.rules import CONTACT_LENGTH, INSTITUTION_LENGTH, OUTLET_LENGTH, InstitutionKind

_UNTIL = _(
    "lima tahun sesudah permintaan atau pesanan terakhir, atau satu tahun tanpa meminta apa pun, "
    "lalu dihapus"
)


class Institution(models.Model):
    """A buyer that is no private person. It registers itself; a kanwil or the centre checks it.

    `key_digest` is what is kept of its private address; `key_version` says which address holds.
    Once it was erased, its name stays on the orders, and no address opens it.
    An NPWP may be claimed by several and stands once among the checked: so a stranger can neither
    learn who is registered nor keep an institution out. A reseller says in `outlet` where it sells,
    and may have no NPWP.
    """

    personal_data = {
        "npwp": PersonalData(
            _("faktur dan pemeriksaan lembaga; milik orang bila lembaga usaha perorangan"),
            _UNTIL,
            _("NPWP lembaga"),
        ),
        "contact_name": PersonalData(
            _("menghubungi lembaga tentang permintaan dan pesanannya"),
            _UNTIL,
            _("Nama narahubung lembaga"),
        ),
        "phone": PersonalData(
            _("menghubungi lembaga tentang permintaan dan pesanannya"),
            _UNTIL,
            _("Nomor telepon narahubung"),
        ),
        "email": PersonalData(
            _("mengirim alamat pribadi dan kabar jawaban kepada lembaga"),
            _UNTIL,
            _("Email narahubung"),
        ),
    }

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=INSTITUTION_LENGTH)
    npwp = models.CharField(max_length=16, blank=True)
    outlet = models.CharField(max_length=OUTLET_LENGTH, blank=True, db_default="")
    kind = models.CharField(max_length=12)
    contact_name = models.CharField(max_length=CONTACT_LENGTH, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2)
    key_version = models.PositiveSmallIntegerField(default=1)
    key_digest = models.CharField(max_length=64, unique=True)
    is_sample = models.BooleanField(default=False)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=80)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=80, blank=True)
    erased_at = models.DateTimeField(null=True)
    erased_by = models.CharField(max_length=80, blank=True, db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["npwp"],
                condition=Q(checked_at__isnull=False, erased_at__isnull=True) & ~Q(npwp=""),
                name="shop_institution_npwp_once_among_checked",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=False)
                | Q(npwp__regex=r"^[0-9]{16}$")
                | Q(npwp="", kind=InstitutionKind.RESELLER.value),
                name="shop_institution_npwp_has_digits",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erased_by="")
                | Q(erased_at__isnull=False, npwp="", contact_name="", phone="", email="")
                & ~Q(erased_by=""),
                name="shop_institution_erased_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(name__regex=r"\S"), name="shop_institution_has_name"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in InstitutionKind]),
                name="shop_institution_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by="")
                | (Q(checked_at__isnull=False) & ~Q(checked_by="")),
                name="shop_institution_checked_at_and_by",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["npwp"], name="shop_institution_npwp"),
            models.Index(models.functions.Lower("email"), name="shop_institution_email"),
            models.Index(fields=["-registered_at"], name="shop_institution_newest"),
        ]
        triggers: ClassVar = [
            not_deleted,
            not_emptied,
            Promise(
                name="stays_itself",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                if old.erased_at is not null then
                  raise exception 'an institution is erased once' using errcode = '23514';
                end if;
                if new.id <> old.id or new.key_version < old.key_version
                   or (new.npwp <> old.npwp and new.erased_at is null)
                   or (old.checked_at is not null and (
                     new.name <> old.name or new.checked_at is distinct from old.checked_at
                   )) then
                  raise exception 'what was checked of an institution stays'
                    using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name
