"""What buyers report of what came. Facts alone, but for what they wrote.

How a problem stands follows from which of its facts are there; there is no status to disagree.
"""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bekal.foundation.personal import NONE, PersonalData
from bekal.foundation.triggers import FACTS, Promise, not_emptied
from bekal.shop.models.keeping import UNTIL, goes_with_buyer, stays_as_said
from bekal.shop.models.orders import Order, OrderLine, OrderPart
from bekal.shop.rules import TEXT_LENGTH, Fault


class Problem(models.Model):
    """A buyer says what is wrong with the part of an order."""

    personal_data = NONE

    id = models.UUIDField(primary_key=True)
    part = models.ForeignKey(OrderPart, on_delete=models.PROTECT, related_name="problems")
    fault = models.CharField(max_length=10)
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(fault__in=[fault.value for fault in Fault]),
                name="shop_problem_fault_known",
            )
        ]
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return f"{self.part_id} {self.fault}"


class ProblemLine(models.Model):
    """So many pieces of a line are concerned; never more than were ordered."""

    personal_data = NONE

    problem = models.ForeignKey(
        Problem, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="problems")
    pieces = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["problem", "line"], name="shop_problemline_once"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="shop_problemline_has_pieces"),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="of_its_part",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                if not exists (
                  select from shop_orderline l join shop_problem p on p.id = new.problem_id
                  where l.id = new.line_id and l.part_id = p.part_id and new.pieces <= l.pieces
                ) then
                  raise exception 'a problem is of pieces of its part' using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pieces} of {self.line_id}"


class ProblemText(models.Model):
    """What the buyer wrote and sent a picture of: a person's, and deleted when its time is over."""

    personal_data = {
        "text": PersonalData(_("menjawab laporan pembeli"), UNTIL, _("Laporan masalah")),
        "photo": PersonalData(_("menjawab laporan pembeli"), UNTIL, _("Foto masalah")),
    }

    problem = models.OneToOneField(
        Problem, primary_key=True, on_delete=models.PROTECT, related_name="said"
    )
    text = models.CharField(max_length=TEXT_LENGTH, blank=True)
    photo = models.BinaryField(null=True)

    class Meta:
        triggers: ClassVar = [
            not_emptied,
            stays_as_said,
            goes_with_buyer(
                "(select p.order_id from shop_orderpart p join shop_problem b on b.part_id = p.id"
                " where b.id = old.problem_id)"
            ),
        ]

    def __str__(self) -> str:
        return str(self.problem_id)


class Payee(models.Model):
    """Where a buyer wants money back to: a person's, and deleted when its time is over."""

    personal_data = {
        "bank": PersonalData(_("mengembalikan uang"), UNTIL, _("Bank atau dompet digital")),
        "account": PersonalData(_("mengembalikan uang"), UNTIL, _("Nomor rekening pembeli")),
        "holder": PersonalData(_("mengembalikan uang"), UNTIL, _("Pemilik rekening")),
    }

    order = models.OneToOneField(
        Order, primary_key=True, on_delete=models.PROTECT, related_name="payee"
    )
    bank = models.CharField(max_length=40)
    account = models.CharField(max_length=30)
    holder = models.CharField(max_length=80)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = [not_emptied, goes_with_buyer("old.order_id")]

    def __str__(self) -> str:
        return str(self.order_id)
