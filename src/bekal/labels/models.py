from typing import ClassVar

from django.db import models

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS


class Scan(models.Model):
    """That somebody looked a label up in these ten minutes; who and where is known to nobody."""

    personal_data = NONE

    label = models.ForeignKey(
        "production.PieceLabel", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    slot_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["label", "slot_at"], name="labels_scan_once"),
        ]
        triggers: ClassVar = [*FACTS]

    def __str__(self) -> str:
        return f"{self.label_id} {self.slot_at:%Y-%m-%d %H:%M}"
