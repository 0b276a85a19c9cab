"""How problems are answered, what becomes of the goods, and that money goes back. Facts alone."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bekal.foundation.personal import NONE, PersonalData
from bekal.foundation.triggers import FACTS, Promise
from bekal.shop.models import telling
from bekal.shop.models.orders import OrderLine
from bekal.shop.models.problems import Problem
from bekal.shop.models.promises import credited_or_owed, goods_moved
from bekal.shop.rules import REASON_LENGTH, Verdict, WhereGoods

_REASON = PersonalData(
    _("mengapa dijawab begitu; petugas diminta tidak menulis nama"),
    _("selama pembukuan wajib disimpan"),
    _("Alasan petugas"),
)


class Answer(models.Model):
    """How a problem was answered, once: accepted by the unit, refused with a reason, or withdrawn.

    `where` says what is to become of the goods, `shipping` the rupiah of shipping that go back too.
    """

    personal_data = {"reason": _REASON}

    problem = models.OneToOneField(
        Problem, primary_key=True, on_delete=models.PROTECT, related_name="answer"
    )
    verdict = models.CharField(max_length=10)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    where = models.CharField(max_length=8, blank=True)
    shipping = models.BigIntegerField(default=0)
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    verdict=Verdict.ACCEPTED.value, where__in=[where.value for where in WhereGoods]
                )
                | Q(verdict=Verdict.REFUSED.value, where="", shipping=0) & ~Q(reason="")
                | Q(verdict=Verdict.WITHDRAWN.value, where="", shipping=0),
                name="shop_answer_is_whole",
            ),
            models.CheckConstraint(condition=Q(shipping__gte=0), name="shop_answer_shipping"),
        ]
        triggers: ClassVar = [*FACTS, telling.tells_of_answer]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.verdict}"


class AnswerLine(models.Model):
    """The pieces of a line that the unit takes back: all that was asked for, or fewer."""

    personal_data = NONE

    answer = models.ForeignKey(
        Answer, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+")
    pieces = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "line"], name="shop_answerline_once"),
            models.CheckConstraint(condition=Q(pieces__gt=0), name="shop_answerline_has_pieces"),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="no_more_than_asked",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                if not exists (
                  select from shop_problemline l join shop_answer a on a.problem_id = l.problem_id
                  where a.problem_id = new.answer_id and a.verdict = 'accepted'
                    and l.line_id = new.line_id and new.pieces <= l.pieces
                ) then
                  raise exception 'an answer takes what was reported' using errcode = '23514';
                end if;
                return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pieces} of {self.line_id}"


class GoodsBack(models.Model):
    """What became of the goods of an accepted problem, once: back to the stock, or written off."""

    personal_data = {"reason": _REASON}

    answer = models.OneToOneField(
        Answer, primary_key=True, on_delete=models.PROTECT, related_name="goods"
    )
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    settled_at = models.DateTimeField()
    settled_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = FACTS

    def __str__(self) -> str:
        return str(self.answer_id)


class GoodsBackLine(models.Model):
    """Of a line's pieces: how many may be sold again and how many may not.

    They moved with it, if the level of their product was kept then: `is_tracked`. Nobody knows that
    of what was settled while goods still moved with the refund.
    """

    personal_data = NONE

    goods = models.ForeignKey(
        GoodsBack, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="+")
    to_stock = models.IntegerField()
    written_off = models.IntegerField()
    is_tracked = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["goods", "line"], name="shop_goodsbackline_once"),
            models.CheckConstraint(
                condition=Q(to_stock__gte=0, written_off__gte=0)
                & Q(to_stock__gt=0 - F("written_off")),
                name="shop_goodsbackline_has_pieces",
            ),
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="all_that_was_taken",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                if not exists (
                  select from shop_answerline l where l.answer_id = new.goods_id
                    and l.line_id = new.line_id and l.pieces = new.to_stock + new.written_off
                ) then
                  raise exception 'goods come back as they were taken' using errcode = '23514';
                end if;
                if new.written_off > 0 and not exists (
                  select from shop_goodsback g where g.answer_id = new.goods_id and g.reason <> ''
                ) then
                  raise exception 'what is written off has a reason' using errcode = '23514';
                end if;
                return new;
                """,
            ),
            goods_moved,
        ]

    def __str__(self) -> str:
        return f"{self.to_stock} + {self.written_off} of {self.line_id}"


class ProblemRefund(models.Model):
    """The money of an accepted problem is owed back, once, by another person than who accepted it.

    `goods` and `shipping` are rupiah; payments knows the debt by the subject "problem:<id>". Of an
    invoice that nobody has paid nothing is owed back: it `is_credited`, by a credit note about
    "problem:<id>".
    """

    personal_data = NONE

    answer = models.OneToOneField(
        Answer, primary_key=True, on_delete=models.PROTECT, related_name="refund"
    )
    goods = models.BigIntegerField()
    shipping = models.BigIntegerField()
    is_credited = models.BooleanField(default=False, db_default=False)
    refunded_at = models.DateTimeField()
    refunded_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(goods__gte=0, shipping__gte=0) & Q(goods__gt=0 - F("shipping")),
                name="shop_problemrefund_gives_something",
            )
        ]
        triggers: ClassVar = [
            *FACTS,
            Promise(
                name="by_two_people",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                if not exists (
                  select from shop_answer a join shop_goodsback g on g.answer_id = a.problem_id
                  where a.problem_id = new.answer_id and a.verdict = 'accepted'
                    and a.answered_by <> new.refunded_by and a.shipping = new.shipping
                ) then
                  raise exception 'one accepts, another gives the money back'
                    using errcode = '23514';
                end if;
                return new;
                """,
            ),
            credited_or_owed,
            telling.tells_of_refund,
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.goods + self.shipping}"


class ProblemPaid(models.Model):
    """The money of a problem is with its buyer: the debt was paid, once."""

    personal_data = NONE

    refund = models.OneToOneField(
        ProblemRefund, primary_key=True, on_delete=models.PROTECT, related_name="paid"
    )
    paid_at = models.DateTimeField()
    paid_by = models.CharField(max_length=80)

    class Meta:
        triggers: ClassVar = [*FACTS, telling.tells_of_payout]

    def __str__(self) -> str:
        return str(self.refund_id)
