"""What of materials was used for what was made."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS
from bekal.production.models.material_promises import never_below_nothing


class MaterialUse(models.Model):
    """So many thousandths of a material more (or fewer) were used for a batch; their sum was used.

    Each has its move under the same `source`: "batch:<id>" when the batch was written down, by the
    recipe of its product's price sheet, "batchuse:<key>" when somebody said otherwise, and
    "batchfix:<key>" for what came back of a batch that was cancelled.
    """

    personal_data = NONE

    batch = models.ForeignKey("production.Batch", on_delete=models.PROTECT, related_name="+")
    material = models.ForeignKey("production.Material", on_delete=models.PROTECT, related_name="+")
    quantity = models.BigIntegerField()
    source = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "material"], name="production_materialuse_once"
            ),
            models.CheckConstraint(
                condition=~Q(quantity=0), name="production_materialuse_of_something"
            ),
        ]
        triggers: ClassVar = [never_below_nothing, *FACTS]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.material_id} for {self.batch_id}"
