"""How orders and their parts moved; written by the status itself, never changed."""

from typing import ClassVar

from django.db import models

from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS
from bekal.shop.models import promises
from bekal.shop.models.orders import Order, OrderPart


class OrderMove(models.Model):
    """An order came to stand like this, when and by whom."""

    personal_data = NONE

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="moves")
    status = models.CharField(max_length=12)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = [*FACTS, promises.only_by_status]

    def __str__(self) -> str:
        return f"{self.order_id} {self.status}"


class PartMove(models.Model):
    """A part of an order came to stand like this, when and by whom."""

    personal_data = NONE

    part = models.ForeignKey(OrderPart, on_delete=models.PROTECT, related_name="moves")
    status = models.CharField(max_length=12)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = [*FACTS, promises.only_by_status]

    def __str__(self) -> str:
        return f"{self.part_id} {self.status}"
