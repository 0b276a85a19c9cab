import dataclasses
import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.audit.models import Event
from bekal.audit.queries import chain_problems
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.ledger.models import Entry
from bekal.ledger.queries import balances_of, ledger_problems
from bekal.places.actions import close_place
from bekal.sales import actions, queries
from bekal.sales.models import Refund, RefundLine, SaleLine, UnitDay
from bekal.sales.rules import RefundKind, RefundRefused
from tests.support.threads import at_once
from tests.support.world import NOON, SITI, TODAY, YESTERDAY, YOHANA, a_sale

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def sale(world):
    """Five pieces of coffee at Rp48.000, sold yesterday in Nabire."""
    return sold(world)


def sold(world):
    given = a_sale(world.nabire, (world.coffee, 5), sold_on=YESTERDAY)
    actions.record_sale(sale=given, by=YOHANA, now=NOON)
    return SaleLine.objects.get(sale_id=given.key)


def give_back(line, pieces, *, kind=RefundKind.RETURN, key=None, reason="Kemasan bocor"):
    refund = actions.NewRefund(key or uuid7(), line.sale_id, {line.pk: pieces}, kind, reason)
    return actions.refund_sale(refund=refund, by=SITI, now=NOON)


def held(unit_id):
    return {b.account: b.amount for b in balances_of(unit_id=unit_id) if b.amount}


def test_a_sale_taken_back_in_parts_leaves_every_account_as_before(world, sale):
    for pieces in (1, 3, 1):
        give_back(sale, pieces)
    assert held(world.nabire) == {}
    days = {d.day: (d.gross, d.returned) for d in UnitDay.objects.all()}
    assert days == {YESTERDAY: (240_000, 0), TODAY: (0, 240_000)}
    assert sum(d.premi for d in UnitDay.objects.all()) == 0
    assert queries.summary_problems() == [] == ledger_problems() == chain_problems()


def test_a_correction_counts_on_the_day_of_the_sale(sale):
    give_back(sale, 5, kind=RefundKind.CORRECTION)
    day = UnitDay.objects.get()
    assert (day.day, day.gross, day.returned, day.refunds) == (YESTERDAY, 240_000, 240_000, 1)


def test_a_refund_points_at_the_entry_it_reverses(sale):
    key = give_back(sale, 2)
    entry = Entry.objects.get(key=key)
    assert entry.reverses_id == Entry.objects.get(key=sale.sale_id).pk
    assert entry.source == f"sale:{sale.sale_id}"


def test_more_than_was_sold_cannot_come_back(world, sale):
    give_back(sale, 3)
    with pytest.raises(RefundRefused, match="yang masih bisa kembali 2"):
        give_back(sale, 3)
    assert RefundLine.objects.get().pieces == 3
    assert queries.refundable_lines(sale_id=sale.sale_id)[0].left == 2


@pytest.mark.parametrize("pieces", [0, -1, 6])
def test_an_impossible_number_of_pieces_is_refused_and_nothing_changes(world, sale, pieces):
    before = held(world.nabire)
    with pytest.raises(RefundRefused):
        give_back(sale, pieces)
    assert not Refund.objects.exists()
    assert held(world.nabire) == before


def test_a_refund_needs_a_reason(sale):
    with pytest.raises(RefundRefused, match="alasan"):
        give_back(sale, 1, reason="  ")
    assert not Refund.objects.exists()


def test_a_line_of_another_receipt_is_refused(world, sale):
    other = sold(world)
    refund = actions.NewRefund(uuid7(), sale.sale_id, {other.pk: 1}, RefundKind.RETURN, "Tertukar")
    with pytest.raises(RefundRefused, match="tidak ada di nota"):
        actions.refund_sale(refund=refund, by=SITI, now=NOON)
    assert not Refund.objects.exists()


def test_the_same_refund_twice_is_one_and_with_other_content_is_refused(sale):
    key = uuid7()
    assert give_back(sale, 2, key=key) == give_back(sale, 2, key=key)
    with pytest.raises(KeyReused):
        give_back(sale, 1, key=key)
    assert RefundLine.objects.get().pieces == 2


def test_whoever_records_may_void_within_ten_minutes(world, sale):
    key = uuid7()
    actions.void_sale(key=key, sale_id=sale.sale_id, by=YOHANA, now=NOON + 10 * MINUTE)
    actions.void_sale(key=key, sale_id=sale.sale_id, by=YOHANA, now=NOON + 30 * MINUTE)
    assert held(world.nabire) == {}
    assert Refund.objects.get().kind == "correction"


def test_after_ten_minutes_a_void_is_refused_and_nothing_changes(world, sale):
    late = NOON + 10 * MINUTE + dt.timedelta(seconds=1)
    with pytest.raises(RefundRefused, match="Sudah lewat 10 menit"):
        actions.void_sale(key=uuid7(), sale_id=sale.sale_id, by=YOHANA, now=late)
    assert not Refund.objects.exists()
    assert held(world.nabire)


def test_a_void_after_a_partial_return_takes_back_only_what_is_left(world, sale):
    give_back(sale, 2)
    actions.void_sale(key=uuid7(), sale_id=sale.sale_id, by=YOHANA, now=NOON + MINUTE)
    assert held(world.nabire) == {}
    with pytest.raises(RefundRefused, match="sudah dikembalikan semua"):
        actions.void_sale(key=uuid7(), sale_id=sale.sale_id, by=YOHANA, now=NOON + 2 * MINUTE)


def test_the_rule_frozen_onto_the_line_decides_also_after_a_new_one(world, sale):
    line = dataclasses.asdict(queries.refundable_lines(sale_id=sale.sale_id)[0])
    give_back(sale, 5)
    back = RefundLine.objects.get()
    assert back.parts == sale.parts
    assert line["rule_id"] == sale.rule_id


@pytest.mark.slow
def test_eight_treasurers_at_once_take_each_piece_back_once(committed_world):
    line = sold(committed_world)

    def one(_):
        try:
            return give_back(line, 1)
        except RefundRefused:
            return None

    outcomes = at_once(8, one)
    assert [outcome is None for outcome in outcomes].count(False) == 5
    assert held(committed_world.nabire) == {}
    assert queries.summary_problems() == []


def insert(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@transaction.atomic
def all_of(*statements):
    """These statements as one transaction, with the promises that are kept at its end."""
    for sql, *values in statements:
        insert(sql, *values)
    insert("set constraints all immediate")
    insert("set constraints all deferred")


REFUND = (
    "insert into sales_refund (id, sale_id, kind, counts_on, reason, total, recorded_at,"
    " recorded_by) values (%s, %s, 'return', '2026-04-27', %s, %s, now(), 'x')"
)
REFUND_LINE = (
    "insert into sales_refundline (refund_id, line_id, pieces, amount, parts)"
    " values (%s, %s, %s, %s, %s)"
)


@pytest.mark.parametrize(
    ("total", "pieces", "amount", "parts", "why"),
    [
        (288_000, 6, 288_000, '{"capital": 288000}', "once"),
        (1, 2, 1, '{"capital": 1}', "once"),
        (96_000, 1, 48_000, '{"capital": 48000}', "sum to the refund"),
        (48_000, 1, 48_000, '{"capital": 47999}', "sum to the refund"),
        (48_000, 1, 48_000, "{}", "sum to the refund"),
    ],
)
def test_postgresql_refuses_a_refund_that_does_not_sum_up(sale, total, pieces, amount, parts, why):
    key = uuid7()
    with pytest.raises(DatabaseError, match=why):
        all_of(
            (REFUND, key, sale.sale_id, "uji", total),
            (REFUND_LINE, key, sale.pk, pieces, amount, parts),
        )
    assert not Refund.objects.exists()


def test_postgresql_refuses_a_refund_without_lines(sale):
    with pytest.raises(DatabaseError, match="has no lines"):
        all_of((REFUND, uuid7(), sale.sale_id, "uji", 48_000))


def test_postgresql_refuses_a_later_line_of_a_refund_or_a_sale(world, sale):
    key = give_back(sale, 1)
    with pytest.raises(DatabaseError):
        all_of((REFUND_LINE, key, sale.pk, 1, 48_000, '{"capital": 48000}'))
    with pytest.raises(DatabaseError, match="sum to the sale"):
        insert(LATER_LINE, world.noken, sale.sale_id)
    assert RefundLine.objects.count() == SaleLine.objects.count() == 1


LATER_LINE = (
    "insert into sales_saleline (sale_id, product_id, name, category, pieces, unit_price,"
    " list_price, gross, rule_id, parts)"
    " select sale_id, %s, name, category, pieces, unit_price, list_price, gross, rule_id, parts"
    " from sales_saleline where sale_id = %s"
)


@pytest.mark.parametrize("table", ["sales_saleline", "sales_refundline"])
def test_the_check_finds_shares_that_the_ledger_does_not_know(sale, table):
    give_back(sale, 1)
    moved = "jsonb_build_object('capital', (select sum(value::bigint) from jsonb_each_text(parts)))"
    all_of()  # what is kept at the end of a transaction is kept first
    insert(f"alter table {table} disable trigger user")
    insert(f"update {table} set parts = {moved}")
    assert any("menurut fakta" in problem for problem in queries.summary_problems())


def test_goods_cannot_come_back_to_a_unit_that_is_closed(world, sale):
    close_place(place_id=world.nabire, on=TODAY, source="uji", by=SITI, now=NOON)
    with pytest.raises(RefundRefused, match="tidak berjalan"):
        give_back(sale, 1)
    give_back(sale, 1, kind=RefundKind.CORRECTION)
    assert Refund.objects.get().counts_on == YESTERDAY


def test_the_audit_keeps_no_words_that_a_person_typed(sale):
    give_back(sale, 1, reason="Bu Aminah kecewa")
    assert not Event.objects.filter(detail__contains="Aminah").exists()


@pytest.mark.parametrize(
    "sql",
    [
        "update sales_sale set total = total + 1",
        "delete from sales_sale",
        "update sales_saleline set pieces = pieces + 1",
        "delete from sales_saleline",
        "update sales_saleline set parts = '{}'",
    ],
)
def test_postgresql_refuses_to_edit_or_delete_a_sale(sale, sql):
    with pytest.raises(DatabaseError, match="append_only"):
        insert(sql)
    assert SaleLine.objects.get().pieces == 5


SALE = (
    "insert into sales_sale (id, unit_id, number, sold_on, zone, channel, buyer_class, payment,"
    " total, is_sample, recorded_at, recorded_by)"
    " select %s, unit_id, %s, sold_on, zone, channel, buyer_class, payment, 1000, false, now(), 'x'"
    " from sales_sale limit 1"
)
LINE = (
    "insert into sales_saleline (sale_id, product_id, name, category, pieces, unit_price,"
    " list_price, gross, rule_id, parts)"
    " select %s, product_id, name, category, 1, 1000, 1000, %s, rule_id, %s"
    " from sales_saleline limit 1"
)


def test_postgresql_refuses_a_sale_without_lines(sale):
    with pytest.raises(DatabaseError, match="has no lines"):
        all_of((SALE, uuid7(), 99))


def test_postgresql_refuses_a_second_receipt_of_one_number(sale):
    with pytest.raises(DatabaseError, match="number_once"):
        insert(SALE, uuid7(), 1)


@pytest.mark.parametrize(
    ("gross", "parts"),
    [(1000, '{"capital": 999}'), (1000, "{}"), (2000, '{"capital": 2000}')],
)
def test_postgresql_refuses_lines_that_do_not_sum_up(sale, gross, parts):
    key = uuid7()
    with pytest.raises(DatabaseError):
        all_of((SALE, key, 99), (LINE, key, gross, parts))
    assert SaleLine.objects.filter(sale_id=key).count() == 0
