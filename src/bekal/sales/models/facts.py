"""What happened: sales, refunds, day reports. Inserted once, never changed."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bekal.foundation.clock import Zone
from bekal.foundation.personal import NONE, PersonalData
from bekal.foundation.triggers import FACTS, Promise
from bekal.sales.models.promises import BY_ITS_ORDER, MOVES_ONCE, has_lines, sum_to_total
from bekal.sales.rules import BuyerClass, Channel, PaymentKind, RefundKind


class UnitBook(models.Model):
    """The book of one unit: the number of its last receipt, and the lock that orders its facts.

    Every action on the unit's sales takes this row first, and so waits for no other unit.
    """

    personal_data = NONE

    unit = models.OneToOneField(
        "places.Place", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    last_number = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.last_number}"


class Sale(models.Model):
    """Goods went out and money came in, or is owed. Never changed; refunds point at it.

    `sold_on` and `zone` are those of the place of sale; turnover belongs to `unit`, which owns
    the goods. Buyers are a class here, never a person. `collector` is the unit in whose
    advance of orders the money stood; refunds give it back there. It is empty where the money
    came in, or is owed, with the sale. `order_part` names the part of an order that made it, as
    text: such a sale is taken back by its order alone.
    """

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.IntegerField()
    sold_on = models.DateField()
    sold_at = models.DateTimeField(null=True)
    zone = models.CharField(max_length=4)
    channel = models.CharField(max_length=12)
    buyer_class = models.CharField(max_length=12)
    payment = models.CharField(max_length=10)
    total = models.BigIntegerField()
    collector = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    order_part = models.CharField(max_length=60, blank=True, db_default="")
    is_sample = models.BooleanField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "number"], name="sales_sale_number_once"),
            models.CheckConstraint(condition=Q(total__gt=0), name="sales_sale_total_positive"),
            models.CheckConstraint(
                condition=Q(zone__in=[z.value for z in Zone]), name="sales_sale_zone_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[c.value for c in Channel]),
                name="sales_sale_channel_known",
            ),
            models.CheckConstraint(
                condition=Q(buyer_class__in=[b.value for b in BuyerClass]),
                name="sales_sale_buyer_class_known",
            ),
            models.CheckConstraint(
                condition=Q(payment__in=[p.value for p in PaymentKind]),
                name="sales_sale_payment_known",
            ),
            models.CheckConstraint(
                condition=~Q(channel=Channel.ONLINE.value) | Q(collector__isnull=False),
                name="sales_sale_online_is_collected",
            ),
            models.CheckConstraint(
                condition=~Q(payment=PaymentKind.CREDIT.value) | Q(collector__isnull=True),
                name="sales_sale_credit_is_not_collected",
            ),
            models.CheckConstraint(
                condition=Q(collector__isnull=True) | ~Q(order_part=""),
                name="sales_sale_collected_is_of_an_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-sold_on", "-number"], name="sales_sale_of_unit"),
            models.Index(fields=["-recorded_at"], name="sales_sale_newest"),
        ]
        triggers: ClassVar = [
            *FACTS,
            has_lines("sales_saleline", key="sale_id", what="sale"),
        ]

    def __str__(self) -> str:
        return f"PJ-{self.number:04d}"


class SaleLine(models.Model):
    """So many pieces of one product at one price, with the split that was frozen onto it.

    `list_price` is what the price sheet said. `parts` maps each account to the rupiah that it got
    under `rule`, whose shares never change.
    """

    personal_data = NONE

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="lines", db_index=False)
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    category = models.CharField(max_length=40)
    pieces = models.IntegerField()
    unit_price = models.BigIntegerField()
    list_price = models.BigIntegerField()
    unit_cost = models.BigIntegerField(null=True)
    gross = models.BigIntegerField()
    rule = models.ForeignKey(
        "ledger.SplitRule", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    parts = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sale", "product"], name="sales_saleline_product_once"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="sales_saleline_has_pieces"),
            models.CheckConstraint(
                condition=Q(unit_price__gt=0, gross=F("pieces") * F("unit_price")),
                name="sales_saleline_gross_is_the_product",
            ),
        ]
        triggers: ClassVar = [
            *FACTS,
            sum_to_total(
                "sales_sale", "sales_saleline", key="sale_id", amount="gross", what="sale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pieces} x {self.name}"


class Refund(models.Model):
    """A sale, or some pieces of it, taken back. Never changed.

    `order_part` is that of its sale: who takes back what an order sold must name its part.
    `goods_source` is the text key under which its goods came back before it; empty where they move
    with it ("refund:<id>"), as all do that no order sold.
    """

    personal_data = {
        "reason": PersonalData(
            _("mengapa barang kembali; petugas diminta tidak menulis nama"),
            _("selama pembukuan wajib disimpan"),
            _("Alasan barang kembali"),
        )
    }

    id = models.UUIDField(primary_key=True)
    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="refunds")
    kind = models.CharField(max_length=12)
    counts_on = models.DateField()
    reason = models.CharField(max_length=200)
    total = models.BigIntegerField()
    order_part = models.CharField(max_length=60, blank=True, db_default="")
    goods_source = models.CharField(max_length=80, blank=True, db_default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RefundKind]),
                name="sales_refund_kind_known",
            ),
            models.CheckConstraint(condition=Q(total__gt=0), name="sales_refund_total_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="sales_refund_has_reason"),
            models.UniqueConstraint(
                fields=["goods_source"],
                condition=~Q(goods_source=""),
                name="sales_refund_goods_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-recorded_at"], name="sales_refund_newest")]
        triggers: ClassVar = [
            *FACTS,
            has_lines("sales_refundline", key="refund_id", what="refund"),
            BY_ITS_ORDER,
            MOVES_ONCE,
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.total}"


class RefundLine(models.Model):
    """The pieces of one sale line that came back, and what each account gave back for them."""

    personal_data = NONE

    refund = models.ForeignKey(
        Refund, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    line = models.ForeignKey(SaleLine, on_delete=models.PROTECT, related_name="refunds")
    pieces = models.IntegerField()
    amount = models.BigIntegerField()
    parts = models.JSONField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["refund", "line"], name="sales_refundline_once"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="sales_refundline_has_pieces"),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="never_more_than_sold",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("sold", "sales_saleline%ROWTYPE")],
                func="""
                select * into sold from sales_saleline where id = new.line_id for update;
                if new.amount <> new.pieces * sold.unit_price
                   or sold.sale_id <> (select sale_id from sales_refund where id = new.refund_id)
                   or new.pieces + coalesce((select sum(pieces) from sales_refundline
                                             where line_id = new.line_id), 0) > sold.pieces then
                  raise exception 'a refund takes back what was sold, once'
                    using errcode = '23514';
                end if;
                return new;
                """,
            ),
            sum_to_total(
                "sales_refund", "sales_refundline", key="refund_id", amount="amount", what="refund"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pieces} of {self.line_id}"


class DayReport(models.Model):
    """A unit says that its records of a day are complete; with no receipts it is a zero report."""

    personal_data = NONE

    unit = models.ForeignKey(
        "places.Place", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    receipts = models.IntegerField()
    net = models.BigIntegerField()
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "day"], name="sales_dayreport_once")
        ]
        indexes: ClassVar = [models.Index(fields=["day", "unit"], name="sales_dayreport_day")]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"
