"""Orders that somebody is filling in, for an hour."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from bekal.foundation.personal import PersonalData


class Draft(models.Model):
    """What was answered so far of an order, behind an address that nobody can guess.

    The address is in the browser's history alone: no cookie leads here, so that the next person at
    a shared phone begins anew. `key` becomes the id of the order, so that it is placed once;
    `order_code` says that it was, and then nothing is left of the answers. The table is unlogged:
    what somebody typed and never sent reaches no log and no backup.
    """

    personal_data = {
        "answers": PersonalData(
            _("mengisi pesanan langkah demi langkah"),
            _("satu jam sesudah dibuka terakhir, atau sampai pesanan dibuat; lalu dihapus"),
            _("Isian pesanan yang belum dikirim"),
        )
    }

    digest = models.CharField(max_length=64, primary_key=True)
    key = models.UUIDField(unique=True)
    items = models.JSONField()
    answers = models.JSONField()
    order_code = models.CharField(max_length=12, blank=True)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["touched_at"], name="shop_draft_touched")]

    def __str__(self) -> str:
        return str(self.key)
