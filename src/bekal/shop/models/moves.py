"""How orders and their parts moved; written by the status itself, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekal.foundation.personal import NONE, PersonalData
from bekal.foundation.triggers import FACTS
from bekal.shop.models import promises, telling
from bekal.shop.models.orders import Order, OrderPart
from bekal.shop.rules import REASON_LENGTH


class OrderMove(models.Model):
    """An order came to stand like this, when and by whom."""

    personal_data = NONE

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="moves")
    status = models.CharField(max_length=12)
    moved_at = models.DateTimeField()
    moved_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = [*FACTS, promises.only_by_status, telling.tells_of_order]

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
        triggers: ClassVar = [*FACTS, promises.only_by_status, telling.tells_of_part]

    def __str__(self) -> str:
        return f"{self.part_id} {self.status}"


class Closing(models.Model):
    """Why an order was declined or cancelled, once; its buyer reads it."""

    personal_data = {
        "reason": PersonalData(
            _("mengapa pesanan dibatalkan; petugas diminta tidak menulis nama"),
            _("selama pembukuan wajib disimpan"),
            _("Alasan pembatalan"),
        )
    }

    order = models.OneToOneField(
        Order, primary_key=True, on_delete=models.PROTECT, related_name="closing"
    )
    reason = models.CharField(max_length=REASON_LENGTH)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="shop_closing_has_reason")
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return str(self.order_id)


class GivenUp(models.Model):
    """Why a unit gave up a part that nobody had paid for, once; its buyer is told and reads it."""

    personal_data = {
        "reason": PersonalData(
            _("mengapa bagian pesanan dihentikan bengkel; petugas diminta tidak menulis nama"),
            _("selama pembukuan wajib disimpan"),
            _("Alasan bagian yang dihentikan"),
        )
    }

    part = models.OneToOneField(
        OrderPart, primary_key=True, on_delete=models.PROTECT, related_name="given_up"
    )
    reason = models.CharField(max_length=REASON_LENGTH)
    given_up_at = models.DateTimeField()
    given_up_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="shop_givenup_has_reason")
        ]
        triggers: ClassVar = [*FACTS, promises.of_what_is_unpaid, telling.tells_of_given_up]

    def __str__(self) -> str:
        return str(self.part_id)
