"""What PostgreSQL keeps of deposits, whoever writes; and that the nightly check sees damage."""

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.foundation.ids import uuid7
from bekal.treasury.actions import (
    NewList,
    NewSetOff,
    call_off,
    lift_returns,
    set_off,
    take_list,
)
from bekal.treasury.queries import pnbp_problems
from bekal.treasury.rules import Columns
from bekal.treasury.tests.deposits import (
    billed,
    code,
    comes_back,
    deposits,
    everything,
    ntpn,
    sells,
)
from tests.support import world as known

pytestmark = pytest.mark.django_db
NEW = (
    "insert into treasury_deposit (id, unit_id, amount, billing_code, expires_at, more_reason, "
    "state, is_sample, billed_at, billed_by) values "
    "(gen_random_uuid(), %s, %s, %s, now() + interval '7 days', '', %s, false, now(), 'user:3')"
)
PAID = (
    "insert into treasury_depositpayment (id, deposit_id, ntpn, means, paid_on, overpaid, "
    "late_reason, paid_at, paid_by) values "
    "(gen_random_uuid(), %s, %s, %s, %s, %s, '', now(), %s)"
)

MORE = (
    "update ledger_entryline set amount = amount + 200000 where id in "
    "(select l.id from ledger_entryline l join ledger_account a on a.id = l.account_id "
    "where a.kind = 'pnbp_overpaid' and l.amount < 0)"
)


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql, *values):
    before = everything()
    with pytest.raises(DatabaseError), transaction.atomic():
        run(sql, *values)
    assert everything() == before


@pytest.fixture
def made(world):
    """A deposit of Bangli that waits for its payment."""
    sells(world.bangli, world.endek, 2)
    return billed(world.bangli, 60_000)


@pytest.mark.parametrize(
    "row",
    [
        (0, code(2), "billed"),
        (-5, code(2), "billed"),
        (5, "8202604270000", "billed"),
        (5, "82026042700000A", "billed"),
        (5, code(1), "billed"),
        (5, code(2), "paid"),
        (5, code(2), "lost"),
    ],
)
def test_a_deposit_has_an_amount_a_code_of_its_own_and_begins_billed(world, made, row):
    refused(NEW, world.bangli, *row)


@pytest.mark.parametrize(
    "sql",
    [
        "update treasury_deposit set state = 'paid'",
        "update treasury_deposit set amount = 1",
        "update treasury_deposit set billing_code = '000000000000000'",
        "delete from treasury_deposit",
    ],
)
def test_a_deposit_changes_only_by_what_became_of_it(made, sql):
    refused(sql)


@pytest.mark.parametrize(
    "row",
    [
        (ntpn(1)[:15], "cash", "2026-04-27", 0, "user:3"),
        (ntpn(1).lower(), "cash", "2026-04-27", 0, "user:3"),
        (ntpn(1), "qris", "2026-04-27", 0, "user:3"),
        (ntpn(1), "cash", "2026-04-27", -1, "user:3"),
        (ntpn(1), "cash", "2026-04-27", 60_001, "user:3"),
        (ntpn(1), "cash", "2026-05-05", 0, "user:3"),
        (ntpn(1), "cash", "2026-04-27", 0, ""),
        (ntpn(1), "cash", None, 0, "user:3"),
    ],
)
def test_a_payment_has_an_ntpn_a_day_of_its_code_and_somebody(made, row):
    refused(PAID, made, *row)


def test_a_deposit_is_paid_once_and_never_after_it_was_called_off(world, made):
    run(PAID, made, ntpn(1), "cash", "2026-04-27", 0, "user:3")
    refused(PAID, made, ntpn(2), "cash", "2026-04-27", 0, "user:3")
    refused("insert into treasury_depositcall values (%s, 'x', now(), 'user:3')", made)
    other = billed(world.bangli, 40_000, number=2)
    refused(PAID, other, ntpn(1), "cash", "2026-04-27", 0, "user:3")
    refused(
        "insert into treasury_depositcall (deposit_id, reason, called_at, called_by) "
        "values (%s, ' ', now(), 'user:3')",
        other,
    )
    call_off(unit_id=world.bangli, deposit_id=other, reason="x", by=known.SITI, now=known.NOON)
    refused(PAID, other, ntpn(3), "cash", "2026-04-27", 0, "user:3")


@pytest.mark.parametrize(
    "sql",
    [
        "update treasury_depositpayment set ntpn = 'AAAAAAAAAAAAAAAA'",
        "delete from treasury_depositpayment",
        "update treasury_setoff set amount = 1",
        "delete from treasury_setoff",
    ],
)
def test_what_was_paid_and_set_off_is_final(world, sql):
    a_year(world)
    refused(sql)


AIM = (
    "insert into treasury_target (id, unit_id, year, number, amount, citation, is_sample, set_at, "
    "set_by) values (gen_random_uuid(), %s, 2026, %s, %s, %s, false, now(), 'user:3')"
)


@pytest.mark.parametrize("row", [(2, 5, "uji"), (1, 0, "uji"), (1, 5, " "), (0, 5, "uji")])
def test_targets_follow_each_other_and_are_cited(world, row):
    refused(AIM, world.bangli, *row)


def test_a_target_stays_and_the_next_follows_it(world):
    run(AIM, world.bangli, 1, 5, "uji")
    refused(AIM, world.bangli, 1, 6, "uji")
    run(AIM, world.bangli, 2, 6, "uji")
    refused("update treasury_target set amount = 7")
    refused("delete from treasury_target")


LISTED = (
    "insert into treasury_treasuryrow (file_id, unit_id, line, ntpn, amount) "
    "select id, unit_id, 9, %s, %s from treasury_treasuryfile"
)


def test_a_row_of_the_treasury_has_an_ntpn_once_an_amount_and_is_final(world):
    new = NewList(world.bangli, f"ntpn;jumlah\n{ntpn(1)};5000", Columns("ntpn", "jumlah"))
    take_list(new=new, by=known.SITI, now=known.NOON)
    refused(LISTED, ntpn(1), 7_000)
    refused(LISTED, ntpn(2), 0)
    refused(LISTED, "BUKANNTPN", 7_000)
    refused("update treasury_treasuryrow set amount = 7")
    refused("delete from treasury_treasuryrow")
    refused("update treasury_treasuryfile set rows = 7")


def a_year(world):
    """Sales, a deposit, goods that came back after it, and a set-off."""
    sale = sells(world.bangli, world.endek, 2)
    deposits(world.bangli, 100_000)
    comes_back(sale)
    sells(world.bangli, world.endek, 2)
    lift_returns(unit_id=world.bangli, by=known.SITI, now=known.NOON)
    new = NewSetOff(uuid7(), world.bangli, 20_000, "S-17 (uji)", known.TODAY)
    set_off(new=new, by=known.SITI, now=known.NOON)


def test_the_check_finds_nothing_where_nothing_is_wrong(world):
    assert pnbp_problems() == []
    a_year(world)
    billed(world.bangli, 30_000, number=2)
    assert pnbp_problems() == []


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("update treasury_deposit set amount = amount + 1", "menurut setoran 100001"),
        ("update treasury_deposit set state = 'billed'", "keadaan billed, pembayaran true"),
        ("delete from treasury_depositpayment", "keadaan paid, pembayaran false"),
        ("update treasury_depositpayment set overpaid = 7", "menurut setoran 7"),
        ("update treasury_setoff set amount = 19000", "menurut setoran 19000"),
        ("update ledger_entry set source = 'belanja:1' where source ~ '^setoff'", "terbukukan 0"),
        (MORE, "terbukukan 180000"),
        ("update ledger_entry set source = 'sale:x' where reverses_id > 0", "menurut umur 110000"),
    ],
)
def test_the_check_sees_damage(world, damage, says):
    a_year(world)
    table = damage.replace("delete from", "update").split()[1]
    run("set constraints all immediate")
    run(f"alter table {table} disable trigger user")
    run(damage)
    found = pnbp_problems()
    assert any(says in one for one in found), found
