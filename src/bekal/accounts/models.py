from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from bekal.accounts.rules import TOKEN_NAME_LENGTH, TOKEN_PREFIX_LENGTH, Role
from bekal.foundation.personal import NONE, PersonalData
from bekal.foundation.triggers import Promise

_WHILE_EMPLOYED = _("selama bertugas, lalu lima tahun untuk pemeriksaan")


class User(AbstractBaseUser):
    """A person who signs in: staff, auditor, partner or sponsor."""

    personal_data = {
        "email": PersonalData(_("masuk dan pemberitahuan"), _WHILE_EMPLOYED, _("Alamat email")),
        "nip": PersonalData(_("masuk dengan nomor induk pegawai"), _WHILE_EMPLOYED, _("NIP")),
        "name": PersonalData(_("siapa yang mencatat"), _WHILE_EMPLOYED, _("Nama petugas")),
        "password": PersonalData(
            _("sidik kata sandi untuk masuk"), _WHILE_EMPLOYED, _("Sidik kata sandi")
        ),
        "last_login": PersonalData(
            _("akun yang lama tidak dipakai"), _WHILE_EMPLOYED, _("Kapan terakhir masuk")
        ),
    }

    email = models.EmailField(unique=True)
    nip = models.CharField(max_length=18, unique=True, null=True)  # noqa: DJ001
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_any_case"),
            models.CheckConstraint(
                condition=Q(nip__isnull=True) | Q(nip__regex=r"^\d{18}$"),
                name="accounts_user_nip_has_18_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """A role for a place and all below it, from when it is granted until it is revoked."""

    personal_data = NONE

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants"
    )
    role = models.CharField(max_length=12)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    granted_by = models.CharField(max_length=80)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=[r.value for r in Role]), name="accounts_grant_role_known"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
                name="accounts_grant_revoked_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("granted_at")),
                name="accounts_grant_revoked_after_granted",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "place"],
                condition=Q(revoked_at__isnull=True),
                name="accounts_grant_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.place_id}"


class Token(models.Model):
    """What a program shows to record sales of one unit: the power of its holder, lent to it.

    The secret is shown once and never kept; `digest` is its SHA-256, `prefix` how it begins, by
    which people tell tokens apart. `id` is the key of the form that asked for it.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens"
    )
    name = models.CharField(max_length=TOKEN_NAME_LENGTH)
    prefix = models.CharField(max_length=TOKEN_PREFIX_LENGTH, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=80, blank=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="accounts_token_digest_is_one"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="accounts_token_has_name"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="accounts_token_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
                name="accounts_token_revoked_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} {self.name}"


_SECRET_KEPT = _("selama kode kedua terpasang")
_no_earlier_step = Promise(
    name="no_earlier_step",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        if old.last_step is not null and coalesce(new.last_step, -1) < old.last_step then
            raise exception 'a later code was used already' using errcode = '23514';
        end if;
        return new;
    """,
)


class SecondFactor(models.Model):
    """The secret that a person's telephone makes codes from, sealed; `last_step` is the last used.

    It counts from the first right code on (`confirmed_at`).
    """

    personal_data = {
        "sealed": PersonalData(
            _("kode kedua saat masuk dan untuk uang"), _SECRET_KEPT, _("Rahasia kode kedua")
        )
    }

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="second_factor",
    )
    sealed = models.BinaryField()
    begun_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, last_step__isnull=True)
                | Q(confirmed_at__isnull=False, last_step__isnull=False),
                name="accounts_secondfactor_confirmed_by_a_step",
            ),
        ]
        triggers: ClassVar = [_no_earlier_step]

    def __str__(self) -> str:
        return f"second factor of {self.user_id}"


class RecoveryCode(models.Model):
    """A code for the day when the telephone is lost: its keyed digest, good for one use."""

    personal_data = NONE

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "digest"], name="accounts_recoverycode_once"),
        ]

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"
