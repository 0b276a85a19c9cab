"""Invitations into roles, and the devices on which people are signed in."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bekal.accounts.rules import Role
from bekal.foundation.personal import PersonalData
from bekal.foundation.triggers import Promise, not_deleted

_WHILE_EMPLOYED = _("selama bertugas, lalu lima tahun untuk pemeriksaan")
_only_ended = Promise(
    name="only_ended",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="""
        if old.accepted_at is not null or old.revoked_at is not null
           or to_jsonb(new) - array['mailed_at', 'accepted_at', 'accepted_by_id',
                                    'revoked_at', 'revoked_by']
              <> to_jsonb(old) - array['mailed_at', 'accepted_at', 'accepted_by_id',
                                       'revoked_at', 'revoked_by'] then
            raise exception 'an invitation is accepted or revoked once, nothing else'
                using errcode = '23514';
        end if;
        return new;
    """,
)


class Invitation(models.Model):
    """A role for somebody by e-mail, until they take it or it ends; `id` is the form's key.

    The secret of its link is made of `id` (foundation.private); `digest` alone is kept.
    """

    personal_data = {
        "email": PersonalData(
            _("mengundang seseorang ke sebuah peran"), _WHILE_EMPLOYED, _("Email undangan")
        )
    }

    id = models.UUIDField(primary_key=True)
    email = models.EmailField()
    role = models.CharField(max_length=12)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    invited_by = models.CharField(max_length=80)
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="invitations"
    )
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(role__in=[r.value for r in Role]), name="accounts_invitation_role_known"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="accounts_invitation_digest_is_one",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="accounts_invitation_expires_later",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="accounts_invitation_accepted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
                name="accounts_invitation_revoked_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="accounts_invitation_ends_one_way",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_at__lt=F("expires_at")),
                name="accounts_invitation_accepted_in_time",
            ),
        ]
        triggers: ClassVar = [_only_ended, not_deleted]

    def __str__(self) -> str:
        return f"{self.role} {self.place_id}"


class SignedIn(models.Model):
    """A device on which a person has signed in; it is so as long as Django's session lives.

    When it was last seen is read off that session's end, which the gate moves on.
    """

    personal_data = {
        "family": PersonalData(
            _("mengenali perangkat sendiri yang masuk"),
            _("sampai keluar dari perangkat itu"),
            _("Jenis perangkat"),
        )
    }

    session_key = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices"
    )
    family = models.CharField(max_length=60)
    began_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.family}"
