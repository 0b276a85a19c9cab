"""What PostgreSQL keeps of problems and notices, whoever writes."""

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.foundation.ids import uuid7
from bekal.shop.models import Answer, Notice, OrderLine, Problem, ProblemRefund
from bekal.shop.rules import MOST_TRIES
from bekal.shop.tests.orders import an_order
from bekal.shop.tests.troubles import a_problem, an_answer, goods_back, put
from tests.support.world import NOON

pytestmark = pytest.mark.django_db


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def order(world):
    """Two noken of Nabire, ordered."""
    return an_order(world.nabire, world.noken)


@pytest.fixture
def line(order):
    return OrderLine.objects.get(part_id=order["part"]).pk


@pytest.fixture
def problem(order, line):
    return a_problem(order["part"], line, pieces=2)


def refused(match, *arguments, **values):
    with pytest.raises(DatabaseError, match=match):
        put(*arguments, **values)


def test_a_problem_is_of_pieces_of_its_own_part(world, order, line):
    other = an_order(world.bangli, world.endek)
    theirs = OrderLine.objects.get(part_id=other["part"]).pk
    key = uuid7()
    put("shop_problem", id=key, part_id=order["part"])
    refused("pieces of its part", "shop_problemline", problem_id=key, line_id=theirs)
    refused("pieces of its part", "shop_problemline", problem_id=key, line_id=line, pieces=3)
    refused("has_pieces", "shop_problemline", problem_id=key, line_id=line, pieces=0)
    put("shop_problemline", problem_id=key, line_id=line, pieces=2)
    refused("shop_problemline_once", "shop_problemline", problem_id=key, line_id=line)


def test_a_fault_is_one_that_is_known(order):
    refused("fault_known", "shop_problem", id=uuid7(), part_id=order["part"], fault="ugly")


@pytest.mark.parametrize(
    "odd",
    [
        {"verdict": "perhaps"},
        {"where": ""},
        {"where": "away"},
        {"verdict": "refused"},
        {"verdict": "refused", "reason": "Sudah dipakai"},
        {"verdict": "refused", "where": ""},
        {"verdict": "withdrawn"},
        {"verdict": "refused", "where": "", "reason": "Sudah dipakai", "shipping": 1},
        {"shipping": -1},
    ],
)
def test_an_answer_is_whole(problem, odd):
    refused("shop_answer_", "shop_answer", problem_id=problem, **odd)
    assert not Answer.objects.exists()


def test_a_problem_is_answered_once(problem, line):
    an_answer(problem, line)
    refused("shop_answer_pkey", "shop_answer", problem_id=problem)
    refused(
        "shop_answer_pkey",
        "shop_answer",
        problem_id=problem,
        verdict="refused",
        where="",
        reason="Sudah dipakai",
    )


def test_an_answer_takes_no_more_than_was_reported(problem, line):
    put("shop_answer", problem_id=problem)
    refused("what was reported", "shop_answerline", answer_id=problem, line_id=line, pieces=3)
    put("shop_answerline", answer_id=problem, line_id=line, pieces=2)


def test_a_refused_problem_takes_nothing(problem, line):
    put("shop_answer", problem_id=problem, verdict="refused", where="", reason="Sudah dipakai")
    refused("what was reported", "shop_answerline", answer_id=problem, line_id=line)


def test_goods_come_back_as_they_were_taken(problem, line):
    an_answer(problem, line, pieces=2)
    put("shop_goodsback", answer_id=problem, reason="")
    given = {"goods_id": problem, "line_id": line}
    refused("as they were taken", "shop_goodsbackline", **given, to_stock=1, written_off=0)
    refused("as they were taken", "shop_goodsbackline", **given, to_stock=2, written_off=1)
    refused("has_pieces", "shop_goodsbackline", **given, to_stock=3, written_off=-1)
    refused("has a reason", "shop_goodsbackline", **given, to_stock=1, written_off=1)
    put("shop_goodsbackline", **given, to_stock=2, written_off=0)
    refused("shop_goodsback_pkey", "shop_goodsback", answer_id=problem)


def test_one_accepts_and_another_gives_the_money_back(problem, line):
    an_answer(problem, line, answered_by="user:1")
    refused("another gives", "shop_problemrefund", answer_id=problem)
    goods_back(problem, line)
    refused("another gives", "shop_problemrefund", answer_id=problem, refunded_by="user:1")
    refused("another gives", "shop_problemrefund", answer_id=problem, shipping=5)
    put("shop_problemrefund", answer_id=problem, refunded_by="user:3")
    refused("shop_problemrefund_pkey", "shop_problemrefund", answer_id=problem)
    assert ProblemRefund.objects.count() == 1


def test_a_refund_of_nothing_is_none(problem, line):
    an_answer(problem, line)
    goods_back(problem, line)
    refused("gives_something", "shop_problemrefund", answer_id=problem, goods=0)


@pytest.mark.parametrize(
    "table",
    [
        "shop_problem",
        "shop_problemline",
        "shop_answer",
        "shop_answerline",
        "shop_goodsback",
        "shop_goodsbackline",
        "shop_problemrefund",
    ],
)
def test_facts_of_a_problem_are_final(problem, line, table):
    an_answer(problem, line)
    goods_back(problem, line)
    put("shop_problemrefund", answer_id=problem)
    column = {"shop_problem": "fault", "shop_answer": "reason", "shop_goodsback": "reason"}
    field = column.get(table, "pieces")
    if table == "shop_goodsbackline":
        field = "to_stock"
    if table == "shop_problemrefund":
        field = "goods"
    with pytest.raises(DatabaseError, match="are final"):
        run(f"update {table} set {field} = {field}")
    with pytest.raises(DatabaseError, match="are final"):
        run(f"delete from {table}")
    assert Problem.objects.count() == 1


@pytest.fixture
def notice(order):
    put("shop_notice", order_id=order["id"], unit_id=order["unit"])
    return Notice.objects.get()


def test_an_event_is_told_once_by_each_way(order, notice):
    given = {"order_id": order["id"], "unit_id": order["unit"]}
    refused("once_for_each_way", "shop_notice", **given)
    put("shop_notice", **given, way="whatsapp", due_at=None)
    put("shop_notice", **given, event="ready")


@pytest.mark.parametrize(
    "odd",
    [{"event": "sung"}, {"way": "pigeon"}, {"outcome": "lost"}, {"outcome": "sent"}],
)
def test_a_notice_is_of_what_is_known(order, odd):
    given = {"order_id": order["id"], "unit_id": order["unit"]}
    refused("shop_notice_", "shop_notice", **given, **odd)


def test_a_notice_follows_from_its_tries_alone(notice):
    with pytest.raises(DatabaseError, match="follows from its tries"):
        run("update shop_notice set outcome = 'sent', due_at = null")
    with pytest.raises(DatabaseError, match="are final"):
        run("delete from shop_notice")
    put("shop_noticetry", notice_id=notice.pk)
    notice.refresh_from_db()
    assert (notice.outcome, notice.due_at, notice.tries) == ("sent", None, 1)


def test_a_notice_is_sent_once(notice):
    put("shop_noticetry", notice_id=notice.pk)
    refused("told already", "shop_noticetry", notice_id=notice.pk, number=2)
    refused("told already", "shop_noticetry", notice_id=notice.pk, number=2, outcome="failed")


def test_tries_have_no_gap_and_do_not_go_back(notice):
    refused("told already", "shop_noticetry", notice_id=notice.pk, number=2)
    put("shop_noticetry", notice_id=notice.pk, outcome="failed", next_at=NOON)
    refused("told already", "shop_noticetry", notice_id=notice.pk, number=1)
    refused("ends_once", "shop_noticetry", notice_id=notice.pk, number=2, next_at=NOON)


def test_a_notice_whose_tries_are_used_up_is_dead_until_a_person_sends_it(notice):
    for number in range(1, MOST_TRIES):
        put("shop_noticetry", notice_id=notice.pk, number=number, outcome="failed", next_at=NOON)
    put("shop_noticetry", notice_id=notice.pk, number=MOST_TRIES, outcome="failed")
    notice.refresh_from_db()
    assert (notice.outcome, notice.due_at) == ("dead", None)
    put("shop_noticetry", notice_id=notice.pk, number=MOST_TRIES + 1)
    notice.refresh_from_db()
    assert notice.outcome == "sent"


def test_a_reason_for_an_end_is_given_once(order):
    sql = """insert into shop_closing (order_id, reason, closed_at, closed_by)
             values (%s, %s, %s, 'user:1')"""
    with pytest.raises(DatabaseError, match="has_reason"):
        run(sql, order["id"], "", NOON)
    run(sql, order["id"], "Mesin rusak", NOON)
    with pytest.raises(DatabaseError, match="shop_closing_pkey"):
        run(sql, order["id"], "Lain", NOON)
