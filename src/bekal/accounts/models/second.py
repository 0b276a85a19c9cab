"""The second factor of a person."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekal.foundation.personal import NONE, PersonalData
from bekal.foundation.triggers import Promise

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
