"""Reporting a problem, answering it, and settling the goods."""

import functools

import pytest

from bekal.audit.models import Event
from bekal.catalogue.models import Listing
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message
from bekal.foundation.refusals import KeyReused
from bekal.shop import actions
from bekal.shop.actions import NewPayee
from bekal.shop.models import (
    Answer,
    AnswerLine,
    GoodsBack,
    GoodsBackLine,
    Payee,
    Problem,
    ProblemLine,
    ProblemText,
)
from bekal.shop.rules import (
    MOST_OPEN,
    TEXT_LENGTH,
    Fault,
    NewAnswer,
    NewProblem,
    ProblemRefused,
    Verdict,
    WhereGoods,
)
from bekal.shop.tests.market import RINA
from bekal.shop.tests.office import paid, part_of
from bekal.shop.tests.reporting import (
    DAY,
    a_parcel,
    a_report,
    accept,
    came_back,
    line_of,
    refuse,
    sent,
)
from tests.support.threads import all_at_once
from tests.support.world import NOON, SITI, YOHANA

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(market):
    """Three noken that came to Rina."""
    return a_parcel(market)


def nothing_was_reported():
    return not any(table.objects.exists() for table in (Problem, ProblemLine, ProblemText))


def test_a_problem_is_kept_with_its_pieces_and_its_words_apart(part):
    key = a_report(part, 2)
    problem = Problem.objects.get()
    assert (problem.pk, problem.fault, problem.reported_by) == (key, "damaged", str(RINA))
    assert ProblemLine.objects.get().pieces == 2
    assert ProblemText.objects.get().text == "Sobek di pinggir."
    event = Event.objects.latest("id")
    assert event.action == "shop.report_problem"
    assert "Sobek" not in event.detail
    assert "Sobek" not in repr(Message.objects.get(key=key).body)


def test_the_same_report_twice_is_one_and_another_one_is_refused(part):
    key = uuid7()
    assert a_report(part, key=key) == a_report(part, key=key, now=NOON + DAY) == key
    assert Problem.objects.count() == 1
    with pytest.raises(KeyReused):
        a_report(part, 1, key=key)


@pytest.mark.parametrize(
    ("pieces", "sentence"), [(0, "berapa barang"), (4, "Paling banyak 3"), (-1, "paling sedikit 0")]
)
def test_pieces_that_are_not_there_are_refused(part, pieces, sentence):
    with pytest.raises(ProblemRefused, match=sentence) as refused:
        a_report(part, pieces)
    assert refused.value.field == "lines"
    assert nothing_was_reported()


def test_a_piece_is_reported_once(part):
    first = a_report(part, 2)
    with pytest.raises(ProblemRefused, match="Paling banyak 1"):
        a_report(part, 2)
    refuse(first, part)
    a_report(part, 3)


def test_lines_of_another_parcel_are_refused(market, part):
    other = a_parcel(market, ("coffee", 1))
    problem = NewProblem(uuid7(), part.pk, Fault.WRONG, {line_of(other).pk: 1})
    with pytest.raises(ProblemRefused, match="tidak ada di paket ini"):
        actions.report_problem(problem=problem, by=RINA, now=NOON)
    assert nothing_was_reported()


def test_a_story_has_an_end(part):
    a_report(part, 1, text="x" * TEXT_LENGTH)
    with pytest.raises(ProblemRefused, match="paling panjang") as refused:
        a_report(part, 1, text="x" * (TEXT_LENGTH + 1))
    assert refused.value.field == "text"


def test_nobody_floods_a_workshop_with_reports(market):
    part = a_parcel(market, ("noken", 9))
    for _ in range(MOST_OPEN):
        a_report(part, 1)
    with pytest.raises(ProblemRefused, match="Tunggu jawaban"):
        a_report(part, 1)
    assert Problem.objects.count() == MOST_OPEN


def test_the_return_rule_is_kept_to_the_day(part):
    for days, fault in ((7, Fault.DAMAGED), (7, Fault.UNWANTED)):
        a_report(part, 1, fault=fault, now=NOON + days * DAY)
    with pytest.raises(ProblemRefused, match="sudah lewat"):
        a_report(part, 1, now=NOON + 8 * DAY)


def test_food_is_taken_back_when_it_is_spoiled_and_not_by_a_change_of_mind(market):
    part = a_parcel(market, ("coffee", 3))
    with pytest.raises(ProblemRefused, match="karena alasan ini"):
        a_report(part, 1, fault=Fault.SPOILED)
    describe_food(market.coffee)
    with pytest.raises(ProblemRefused, match="Makanan"):
        a_report(part, 1, fault=Fault.UNWANTED)
    a_report(part, 1, fault=Fault.SPOILED, now=NOON + 3 * DAY)
    with pytest.raises(ProblemRefused, match="sudah lewat"):
        a_report(part, 1, fault=Fault.SPOILED, now=NOON + 4 * DAY)


def describe_food(product):
    Listing.objects.filter(product_id=product).update(is_food=True, is_published=False)


def test_what_was_made_for_somebody_comes_back_only_when_it_is_faulty(market):
    part = a_parcel(market, ("chair", 1))
    with pytest.raises(ProblemRefused, match="Dibuat untuk Anda"):
        a_report(part, 1, fault=Fault.UNWANTED)
    a_report(part, 1, fault=Fault.WRONG)


def test_what_is_under_way_can_only_be_lost(market):
    part = sent(part_of(paid(market, ("noken", 1))))
    with pytest.raises(ProblemRefused, match="belum tercatat diterima"):
        a_report(part, 1)
    a_report(part, 1, fault=Fault.LOST)


def test_what_was_not_sent_cannot_be_reported(market):
    part = part_of(paid(market, ("noken", 1)))
    with pytest.raises(ProblemRefused, match="belum dikirim"):
        a_report(part, 1, fault=Fault.LOST)
    assert nothing_was_reported()


def test_a_problem_is_accepted_for_fewer_pieces_with_some_shipping(part):
    problem = a_report(part, 2)
    accept(problem, part, 1, shipping=9_000)
    answer = Answer.objects.get()
    assert (answer.verdict, answer.where, answer.shipping) == ("accepted", "return", 9_000)
    assert AnswerLine.objects.get().pieces == 1
    assert not GoodsBack.objects.exists()


@pytest.mark.parametrize(
    ("where", "settled"), [(WhereGoods.KEEP, (0, 2)), (WhereGoods.HERE, (2, 0))]
)
def test_what_need_not_come_back_is_settled_at_once(part, where, settled):
    accept(a_report(part, 2), part, 2, where=where)
    line = GoodsBackLine.objects.get()
    assert (line.to_stock, line.written_off) == settled
    assert GoodsBack.objects.get().reason == ("Rusak saat sampai" if settled[1] else "")


def test_only_shipping_can_be_given_back(part):
    accept(a_report(part, 1), part, 0, where=WhereGoods.KEEP, shipping=5_000)
    assert GoodsBack.objects.exists()
    assert not GoodsBackLine.objects.exists()


def refused_answers():
    ok = {"verdict": Verdict.ACCEPTED, "where": WhereGoods.RETURN}
    return [
        ({**ok, "pieces": 3}, "pieces"),
        ({**ok, "pieces": -1}, "pieces"),
        ({**ok, "pieces": 0}, "pieces"),
        ({**ok, "pieces": 1, "shipping": 27_001}, "shipping"),
        ({**ok, "pieces": 1, "shipping": -1}, "shipping"),
        ({**ok, "pieces": 1, "where": None}, "where"),
        ({**ok, "pieces": 1, "reason": " "}, "reason"),
        ({"verdict": Verdict.REFUSED, "reason": "  "}, "reason"),
        ({"verdict": Verdict.REFUSED, "reason": "x" * 201}, "reason"),
    ]


@pytest.mark.parametrize(("odd", "field"), refused_answers())
def test_an_answer_that_cannot_be_is_refused_at_its_field(part, odd, field):
    problem = a_report(part, 2)
    pieces = {line_of(part).pk: odd.pop("pieces")} if "pieces" in odd else {}
    answer = NewAnswer(**odd, pieces=pieces)
    with pytest.raises(ProblemRefused) as refused:
        actions.answer_problem(
            problem_id=problem, unit_id=part.unit_id, answer=answer, by=YOHANA, now=NOON
        )
    assert refused.value.field == field
    assert not Answer.objects.exists()


def test_what_never_came_cannot_be_sent_back(market):
    part = sent(part_of(paid(market, ("noken", 1))))
    problem = a_report(part, 1, fault=Fault.LOST)
    with pytest.raises(ProblemRefused, match="tidak bisa dikirim kembali"):
        accept(problem, part, 1, where=WhereGoods.RETURN)
    accept(problem, part, 1, where=WhereGoods.KEEP)


def test_shipping_is_given_back_once_over_all_problems(part):
    accept(a_report(part, 1), part, 1, shipping=20_000)
    second = a_report(part, 1)
    with pytest.raises(ProblemRefused, match="lebih dari yang dibayar"):
        accept(second, part, 1, shipping=8_000)
    accept(second, part, 1, shipping=7_000)


def test_a_problem_is_answered_once_and_by_its_own_unit(market, part):
    problem = a_report(part, 2)
    with pytest.raises(LookupError):
        actions.answer_problem(
            problem_id=problem,
            unit_id=market.bangli,
            answer=NewAnswer(Verdict.REFUSED, reason="x"),
            by=YOHANA,
            now=NOON,
        )
    refuse(problem, part)
    refuse(problem, part)
    with pytest.raises(ProblemRefused, match="sudah dijawab"):
        refuse(problem, part, "Lain lagi")
    assert Answer.objects.get().reason == "Sudah dipakai"
    with pytest.raises(ProblemRefused, match="sudah dijawab"):
        accept(problem, part)
    with pytest.raises(ProblemRefused, match="sudah dijawab"):
        actions.withdraw_problem(problem_id=problem, by=RINA, now=NOON)


def test_rina_takes_her_report_back(part):
    problem = a_report(part, 2)
    for _ in range(2):
        actions.withdraw_problem(problem_id=problem, by=RINA, now=NOON)
    assert Answer.objects.get().verdict == "withdrawn"
    a_report(part, 3)


def test_goods_that_came_back_are_sorted_once(part):
    problem = a_report(part, 2)
    with pytest.raises(ProblemRefused, match="belum diterima"):
        came_back(problem, part)
    accept(problem, part)
    for odd in ((1, 0), (2, 1), (3, -1)):
        with pytest.raises(ProblemRefused, match="harus sama"):
            came_back(problem, part, *odd)
    with pytest.raises(ProblemRefused, match="tidak bisa dijual lagi"):
        came_back(problem, part, 1, 1, reason=" ")
    assert not GoodsBack.objects.exists()
    for _ in range(2):
        came_back(problem, part, 1, 1)
    with pytest.raises(ProblemRefused, match="sudah dicatat dengan jumlah lain"):
        came_back(problem, part, 2, 0)
    line = GoodsBackLine.objects.get()
    assert (line.to_stock, line.written_off) == (1, 1)


@pytest.mark.parametrize(
    "other", [{"pieces": 1}, {"where": WhereGoods.KEEP}, {"shipping": 5_000}, {"shipping": 0}]
)
def test_another_answer_than_the_one_that_stands_is_refused(part, other):
    problem = a_report(part, 2)
    first = {"pieces": 2, "where": WhereGoods.RETURN, "shipping": 1_000}
    for _ in range(2):
        accept(problem, part, **first)
    with pytest.raises(ProblemRefused, match="sudah dijawab"):
        accept(problem, part, **first | other)
    answer = Answer.objects.get()
    assert (answer.where, answer.shipping, answer.lines.get().pieces) == ("return", 1_000, 2)


def test_where_money_goes_back_to_is_the_last_word(market):
    order = paid(market)
    name = functools.partial(actions.name_payee, order_id=order.pk, by=RINA, now=NOON)
    for odd, field in (
        (NewPayee("", "12345", "R"), "bank"),
        (NewPayee("B", " ", "R"), "account"),
        (NewPayee("B", "1234", "R"), "account"),
        (NewPayee("B", "12345", "x" * 81), "holder"),
        (NewPayee("B", "12345", "123"), "holder"),
    ):
        with pytest.raises(ProblemRefused) as refused:
            name(payee=odd)
        assert refused.value.field == field
    assert not Payee.objects.exists()
    name(payee=NewPayee("Bank Contoh", "0010-0001", "Rina"))
    name(payee=NewPayee("Bank Contoh", "0010 0002", "Rina"))
    assert Payee.objects.get().account == "00100002"


@pytest.mark.django_db(transaction=True)
def test_eight_answers_at_once_are_one(committed_market):
    part = a_parcel(committed_market)
    problem = a_report(part, 2)

    def answer(number):
        if number % 2:
            return accept(problem, part, by=SITI)
        return refuse(problem, part)

    answers = all_at_once(8, answer)
    assert Answer.objects.count() == 1
    assert sum(isinstance(each, ProblemRefused) for each in answers) == 4


@pytest.mark.django_db(transaction=True)
def test_eight_reports_at_once_take_no_piece_twice(committed_market):
    part = a_parcel(committed_market)
    answers = all_at_once(8, lambda _: a_report(part, 1))
    assert sum(isinstance(each, ProblemRefused) for each in answers) == 5
    assert Problem.objects.count() == 3
