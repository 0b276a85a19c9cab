"""People who sign in, their roles, and the tokens that lend an officer's power."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from bekal.accounts.rules import TOKEN_NAME_LENGTH, TOKEN_PREFIX_LENGTH, Role
from bekal.foundation.personal import NONE, PersonalData

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
