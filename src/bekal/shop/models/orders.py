"""Orders, their parts by unit, and their lines."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from bekal.catalogue.rules import Making
from bekal.foundation.personal import NONE
from bekal.foundation.triggers import not_deleted, not_emptied
from bekal.payments.rules import Method
from bekal.sales.rules import BuyerClass
from bekal.shop.models import promises
from bekal.shop.rules import (
    REFERENCE_LENGTH,
    Delivery,
    OrderChannel,
    OrderStatus,
    PartStatus,
)

_NOT_YET = [
    status.value for status in (OrderStatus.DRAFT, OrderStatus.EXPIRED, OrderStatus.CANCELLED)
]
"""How orders stand that nobody may have confirmed: how they are paid is not settled."""


def _known(
    field: str, values: type[StrEnum], *, of: str, blank: bool = False
) -> models.CheckConstraint:
    said = [value.value for value in values] + ([""] if blank else [])
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": said}), name=f"shop_{of}_{field}_known"
    )


class Order(models.Model):
    """What somebody ordered of one or more units, by a code that tells nothing.

    Who that is stands in `buyer` alone. `collector` is the unit that takes the money of all parts;
    empty where each part is paid for by itself, or not yet asked for. `expires_at` is until when
    goods are kept for an order that waits for money. `institution` buys by invoice, and `reference`
    is the number that its own papers give the order. Every status leaves an OrderMove.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=12, unique=True)
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=80)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    buyer_class = models.CharField(max_length=12, blank=True)
    method = models.CharField(max_length=12, blank=True)
    collector = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    goods_total = models.BigIntegerField()
    shipping_total = models.BigIntegerField()
    total = models.BigIntegerField()
    is_sample = models.BooleanField()
    expires_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    institution = models.ForeignKey(
        "shop.Institution", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    reference = models.CharField(max_length=REFERENCE_LENGTH, blank=True, db_default="")
    status = models.CharField(max_length=12)
    status_at = models.DateTimeField()
    status_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            _known("channel", OrderChannel, of="order"),
            _known("buyer_class", BuyerClass, of="order", blank=True),
            _known("method", Method, of="order", blank=True),
            _known("status", OrderStatus, of="order"),
            models.CheckConstraint(
                condition=Q(goods_total__gt=0, shipping_total__gte=0)
                & Q(total=F("goods_total") + F("shipping_total")),
                name="shop_order_total_is_the_sum",
            ),
            models.CheckConstraint(
                condition=Q(status__in=_NOT_YET) | ~Q(method="") & ~Q(buyer_class=""),
                name="shop_order_says_who_pays_how",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expires_at"],
                condition=Q(
                    status__in=[
                        OrderStatus.DRAFT.value,
                        OrderStatus.WAITING.value,
                        OrderStatus.PLACED.value,
                    ]
                ),
                name="shop_order_waiting",
            ),
            models.Index(
                fields=["status_at"],
                condition=Q(status=OrderStatus.REFUND_DUE.value),
                name="shop_order_refund_due",
            ),
            models.Index(fields=["-placed_at"], name="shop_order_newest"),
            models.Index(
                fields=["collector", "due_on"],
                condition=Q(method=Method.INVOICE.value, status=OrderStatus.PLACED.value),
                name="shop_order_unpaid_invoice",
            ),
            models.Index(
                fields=["institution", "-placed_at"],
                condition=Q(institution__isnull=False),
                name="shop_order_of_institution",
            ),
        ]
        triggers: ClassVar = [
            promises.ORDER_MOVES_ONLY,
            promises.writes_moves("shop_ordermove", key="order_id"),
            promises.sums_up,
            promises.sums_up_again,
            promises.way_is_chosen,
            not_deleted,
            not_emptied,
        ]

    def __str__(self) -> str:
        return self.code


class OrderPart(models.Model):
    """What one unit makes and sends of an order; once it is paid for, its id is that of its sale.

    `service`, `fee` and the days are what the buyer was quoted. `promised_on` is the day by which
    work to order is done. Every status leaves a PartMove.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="parts", db_index=False)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.SmallIntegerField()
    delivery = models.CharField(max_length=10)
    service_id = models.BigIntegerField(null=True)
    service = models.CharField(max_length=90, blank=True)
    days_min = models.SmallIntegerField(null=True)
    days_max = models.SmallIntegerField(null=True)
    fee = models.BigIntegerField()
    weight_g = models.IntegerField()
    goods_total = models.BigIntegerField()
    promised_on = models.DateField(null=True)
    tracking_number = models.CharField(max_length=40, blank=True)
    sale = models.OneToOneField("sales.Sale", on_delete=models.PROTECT, related_name="+", null=True)
    status = models.CharField(max_length=12)
    status_at = models.DateTimeField()
    status_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "unit"], name="shop_orderpart_unit_once"),
            _known("delivery", Delivery, of="orderpart"),
            _known("status", PartStatus, of="orderpart"),
            models.CheckConstraint(
                condition=Q(goods_total__gt=0, fee__gte=0, weight_g__gte=0),
                name="shop_orderpart_numbers_positive",
            ),
            models.CheckConstraint(
                condition=Q(delivery=Delivery.COURIER.value) & ~Q(service="")
                | ~Q(delivery=Delivery.COURIER.value)
                & Q(service_id__isnull=True, service="", fee=0),
                name="shop_orderpart_pickup_is_free",
            ),
            models.CheckConstraint(
                condition=~Q(delivery=Delivery.OPEN.value)
                | Q(status__in=[PartStatus.WAITING.value, PartStatus.CANCELLED.value]),
                name="shop_orderpart_way_is_chosen_first",
            ),
            models.CheckConstraint(
                condition=Q(sale__isnull=True) | Q(sale=F("id")),
                name="shop_orderpart_sale_is_its_own",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-status_at"], name="shop_orderpart_of_unit"),
            models.Index(
                fields=["unit", "status_at"],
                condition=Q(
                    status__in=[
                        PartStatus.ACCEPTED.value,
                        PartStatus.PREPARING.value,
                        PartStatus.READY.value,
                        PartStatus.SENT.value,
                    ]
                ),
                name="shop_orderpart_open",
            ),
        ]
        triggers: ClassVar = [
            promises.PART_MOVES_ONLY,
            promises.is_credited,
            promises.writes_moves("shop_partmove", key="part_id"),
            not_deleted,
            not_emptied,
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.unit_id}"


class OrderLine(models.Model):
    """Pieces of one product at the price that was agreed. Changed by an Amendment alone."""

    personal_data = NONE

    part = models.ForeignKey(
        OrderPart, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    pieces = models.IntegerField()
    unit_price = models.BigIntegerField()
    gross = models.BigIntegerField()
    making = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "product"], name="shop_orderline_product_once"),
            models.CheckConstraint(
                condition=Q(pieces__gt=0, unit_price__gt=0, gross=F("pieces") * F("unit_price")),
                name="shop_orderline_gross_is_the_product",
            ),
            _known("making", Making, of="orderline"),
        ]
        triggers: ClassVar = [promises.follows_amendments, not_emptied]

    def __str__(self) -> str:
        return f"{self.pieces} x {self.name}"
