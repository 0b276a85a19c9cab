"""Goods of a problem are on the shelf, or written off, when an officer says so; money later."""

import datetime as dt
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.audit.queries import chain_problems
from bekal.ledger.queries import ledger_problems
from bekal.production.actions import move_stock
from bekal.production.models import Stock, StockMove
from bekal.production.queries import stock_problems
from bekal.production.rules import NewMove, Reason
from bekal.production.tests.goods import level, move
from bekal.sales.actions import record_sale
from bekal.sales.models import Refund
from bekal.sales.queries import summary_problems
from bekal.shop import actions
from bekal.shop.models import GoodsBack, GoodsBackLine, ProblemRefund
from bekal.shop.queries import goods_problems
from bekal.shop.rules import Fault, ProblemRefused, WhereGoods
from bekal.shop.tests.market import an_order, place
from bekal.shop.tests.office import made_ready, paid, part_of
from bekal.shop.tests.reporting import a_parcel, a_report, accept, came_back, line_of, refund
from bekal.shop.tests.troubles import put
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, YOHANA, a_sale

HOUR = dt.timedelta(hours=1)
BROKEN = "Sobek di pinggir"


def all_ties_out():
    checks = (summary_problems, ledger_problems, chain_problems, stock_problems, goods_problems)
    assert [check() for check in checks] == [[]] * 5
    return True


def moves_of(problem):
    """What moved for a problem: the word before its id, the reason, the pieces."""
    moves = StockMove.objects.filter(source__endswith=str(problem)).order_by("id")
    found = moves.values_list("source", "reason", "pieces", "note")
    return [(source.split(":")[0], *rest) for source, *rest in found]


def counted(product, difference, *, now=NOON):
    """Yohana counts the shelf."""
    move(product, difference, Reason.COUNTED, now=now)


@pytest.fixture
def part(market):
    """Three noken of Nabire that came to Rina: seven of ten are left on the shelf."""
    return a_parcel(market)


@pytest.fixture
def problem(part):
    """Two of them are to come back."""
    problem = a_report(part, 2)
    accept(problem, part)
    return problem


@pytest.mark.django_db
class TestOnTheShelf:
    def test_what_is_sound_can_be_sold_at_once_and_what_is_broken_is_written_off(
        self, market, part, problem
    ):
        assert level(market.noken) == (7, 0)
        came_back(problem, part, 1, 1, reason=BROKEN)
        assert level(market.noken) == (8, 0)
        assert moves_of(problem) == [
            ("goodsback", "return", 1, ""),
            ("goodslost", "return", 1, ""),
            ("goodslost", "written_off", -1, BROKEN),
        ]
        assert GoodsBackLine.objects.get().is_tracked
        place(an_order(market, ("noken", 8)))
        assert level(market.noken) == (8, 8)
        assert not ProblemRefund.objects.exists()
        assert all_ties_out()

    def test_the_money_moves_no_goods_a_second_time(self, market, part, problem):
        came_back(problem, part, 1, 1)
        before = moves_of(problem)
        for _ in range(2):
            refund(problem, part)
        assert level(market.noken) == (8, 0)
        assert moves_of(problem) == before
        assert not StockMove.objects.filter(source__startswith="refund:").exists()
        sources = set(Refund.objects.values_list("goods_source", flat=True))
        assert sources == {f"goodsback:{problem}", f"goodslost:{problem}"}
        assert all_ties_out()

    def test_the_same_word_again_moves_nothing_and_other_words_are_refused(
        self, market, part, problem
    ):
        for _ in range(3):
            came_back(problem, part, 2, 0)
        with pytest.raises(ProblemRefused):
            came_back(problem, part, 1, 1)
        refund(problem, part)
        came_back(problem, part, 2, 0)
        assert level(market.noken) == (9, 0)
        assert moves_of(problem) == [("goodsback", "return", 2, "")]

    @pytest.mark.parametrize(
        ("where", "moved", "left"),
        [
            (WhereGoods.HERE, [("goodsback", "return", 2, "")], 9),
            (
                WhereGoods.KEEP,
                [
                    ("goodslost", "return", 2, ""),
                    ("goodslost", "written_off", -2, "Rusak saat sampai"),
                ],
                7,
            ),
        ],
    )
    def test_what_need_not_come_back_moves_with_the_answer(self, market, part, where, moved, left):
        problem = a_report(part, 2)
        for _ in range(2):
            accept(problem, part, where=where)
        assert moves_of(problem) == moved
        assert level(market.noken) == (left, 0)
        refund(problem, part)
        assert level(market.noken) == (left, 0)
        assert all_ties_out()

    def test_what_a_workshop_cannot_send_is_on_the_shelf_before_its_money_goes_back(self, market):
        part = made_ready(part_of(paid(market, ("noken", 3))))
        actions.fail_part(
            part_id=part.pk,
            unit_id=part.unit_id,
            reason="Kurir tidak datang",
            are_goods_here=True,
            by=YOHANA,
            now=NOON,
        )
        assert level(market.noken) == (10, 0)
        refund(part.problems.get(fault=Fault.GONE.value).pk, part)
        assert level(market.noken) == (10, 0)
        assert all_ties_out()

    def test_a_count_before_the_money_goes_back_stays_true(self, market, part, problem):
        came_back(problem, part, 2, 0)
        assert level(market.noken) == (9, 0)
        counted(market.noken, 0, now=NOON + HOUR)
        refund(problem, part)
        assert level(market.noken) == (9, 0)

    def test_what_nobody_counts_does_not_move_also_when_it_is_counted_later(self, market):
        part = a_parcel(market, ("chair", 2))
        problem = a_report(part, 2)
        accept(problem, part)
        came_back(problem, part, 1, 1)
        assert not Stock.objects.filter(pk=market.chair).exists()
        assert GoodsBackLine.objects.get().is_tracked is False
        counted(market.chair, 1)
        refund(problem, part)
        assert level(market.chair) == (1, 0)
        assert all_ties_out()

    def test_a_refusal_leaves_goods_and_facts_as_they_were(self, market, part, problem):
        for odd in ((1, 0), (2, 1)):
            with pytest.raises(ProblemRefused):
                came_back(problem, part, *odd)
        assert not GoodsBack.objects.exists()
        assert (moves_of(problem), level(market.noken)) == ([], (7, 0))


def refused(match, **values):
    """PostgreSQL refuses a line of goods that came back."""
    with pytest.raises(DatabaseError, match=match):
        put("shop_goodsbackline", **values)


def moved(product, *each):
    moves = [NewMove(product, pieces, reason, source) for pieces, reason, source in each]
    move_stock(moves=moves, by=YOHANA, now=NOON)


@pytest.mark.django_db
class TestPromises:
    def test_goods_that_came_back_moved_with_it(self, market, part, problem):
        put("shop_goodsback", answer_id=problem)
        line = {"goods_id": problem, "line_id": line_of(part).pk, "to_stock": 1, "written_off": 1}
        sound, lost = f"goodsback:{problem}", f"goodslost:{problem}"
        refused("move with it", **line, is_tracked=True)
        refused("move with it", **line, is_tracked=None)
        moved(market.noken, (1, Reason.RETURN, sound), (1, Reason.RETURN, lost))
        refused("move with it", **line, is_tracked=True)
        refused("move with it", **line, is_tracked=False)
        moved(market.noken, (-1, Reason.WRITTEN_OFF, lost))
        refused("move with it", **{**line, "to_stock": 0, "written_off": 2}, is_tracked=True)
        put("shop_goodsbackline", **line, is_tracked=True)
        assert all_ties_out()

    def test_goods_come_back_once(self, market, part, problem):
        came_back(problem, part, 2, 0)
        again = "insert into production_stockmove (product_id, pieces, reason, source, note,"
        again += " moved_at, moved_by) values (%s, 2, 'return', %s, '', now(), 'uji')"
        with pytest.raises(DatabaseError, match="stockmove_once"), transaction.atomic():
            connection.cursor().execute(again, [market.noken, f"goodsback:{problem}"])
        moved(market.noken, (2, Reason.RETURN, f"goodsback:{problem}"))
        assert level(market.noken) == (9, 0)

    def test_a_second_refund_of_the_same_goods_is_refused(self, market, part, problem):
        came_back(problem, part, 1, 1)
        refund(problem, part)
        columns = "sale_id, kind, counts_on, reason, total, order_part, goods_source,"
        columns += " recorded_at, recorded_by"
        copied = f"insert into sales_refund (id, {columns})"
        copied += f" select gen_random_uuid(), {columns} from sales_refund"
        with pytest.raises(DatabaseError, match="goods_once"), transaction.atomic():
            connection.cursor().execute(copied)
        assert Refund.objects.count() == 2


MOVE = import_module("bekal.shop.migrations.0008_goods_move_when_they_come_back").MOVE


def settled_before(problem, part, product, *, to_stock, written_off=0):
    """The goods are settled as it was done while they moved with the refund."""
    put("shop_goodsback", answer_id=problem, reason=BROKEN if written_off else "")
    with connection.cursor() as cursor:
        cursor.execute("alter table shop_goodsbackline disable trigger user")
        GoodsBackLine.objects.create(
            goods_id=problem, line=line_of(part), to_stock=to_stock, written_off=written_off
        )
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table shop_goodsbackline enable trigger user")
        cursor.execute("set constraints all deferred")
    assert moves_of(problem) == []


def migrated():
    with connection.cursor() as cursor:
        cursor.execute(MOVE)


@pytest.mark.django_db
class TestWhatWasSettledBefore:
    def test_it_moves_with_the_migration_and_its_money_goes_back_later(self, market, part, problem):
        settled_before(problem, part, market.noken, to_stock=1, written_off=1)
        migrated()
        assert level(market.noken) == (8, 0)
        assert moves_of(problem) == [
            ("goodsback", "return", 1, ""),
            ("goodslost", "return", 1, ""),
            ("goodslost", "written_off", -1, BROKEN),
        ]
        assert all_ties_out()
        refund(problem, part)
        assert level(market.noken) == (8, 0)
        assert all_ties_out()

    def test_what_a_count_has_found_already_stays_as_it_was_counted(self, market, part, problem):
        settled_before(problem, part, market.noken, to_stock=2)
        counted(market.noken, 2, now=NOON + HOUR)
        migrated()
        assert (moves_of(problem), level(market.noken)) == ([], (9, 0))
        refund(problem, part)
        assert level(market.noken) == (9, 0)
        assert all_ties_out()

    def test_what_was_not_tracked_or_is_refunded_stays(self, market, part, problem):
        chairs = a_parcel(market, ("chair", 1))
        other = a_report(chairs, 1)
        accept(other, chairs, 1)
        settled_before(other, chairs, market.chair, to_stock=1)
        settled_before(problem, part, market.noken, to_stock=2)
        put("shop_problemrefund", answer_id=problem, goods=200_000)
        moved(market.noken, (2, Reason.RETURN, f"refund:{problem}"))
        migrated()
        assert (moves_of(other), level(market.noken)) == ([], (9, 0))
        assert not Stock.objects.filter(pk=market.chair).exists()
        assert goods_problems() == []


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_eight_officers_put_it_on_the_shelf_once(self, committed_market):
        part = a_parcel(committed_market)
        problem = a_report(part, 2)
        accept(problem, part)
        told = [(2, 0) if number % 2 else (1, 1) for number in range(8)]
        answers = all_at_once(8, lambda number: came_back(problem, part, *told[number]))
        line = GoodsBackLine.objects.get()
        stands = (line.to_stock, line.written_off)
        assert [each == stands for each in told] == [answer is None for answer in answers]
        assert level(committed_market.noken) == (7 + line.to_stock, 0)
        assert all_ties_out()

    def test_whoever_gives_the_money_back_while_it_comes_finds_it_there_or_waits(
        self, committed_market
    ):
        part = a_parcel(committed_market)
        problem = a_report(part, 2)
        accept(problem, part)
        all_at_once(8, lambda n: refund(problem, part) if n % 2 else came_back(problem, part, 2, 0))
        refund(problem, part)
        assert level(committed_market.noken) == (9, 0)
        assert Refund.objects.count() == 1
        assert all_ties_out()

    def test_goods_come_back_while_others_are_sold_and_nobody_waits_in_a_circle(
        self, committed_market
    ):
        unit, noken = committed_market.nabire, committed_market.noken
        parts = [a_parcel(committed_market, ("noken", 1)) for _ in range(4)]
        problems = [a_report(part, 1) for part in parts]

        def work(number):
            for _ in range(3):
                if number < 4:
                    accept(problems[number], parts[number], 1, where=WhereGoods.HERE)
                else:
                    record_sale(sale=a_sale(unit, (noken, 1)), by=YOHANA, now=NOON)

        at_once(8, work)
        assert level(noken) == (10 - 4 + 4 - 12, 0)
        assert all_ties_out()
