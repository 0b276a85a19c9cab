"""What PostgreSQL keeps by itself, proved by raw SQL."""

import pytest
from django.db import Error, connection, transaction

from bekal.foundation.ids import uuid7
from bekal.payments.actions import NewDebt, cancel_ask, owe_back, pay_out
from bekal.payments.models import Receipt, Request, Rest
from bekal.payments.rules import Means, Method
from bekal.payments.tests.money import BUYER, NOON, an_ask, comes, everything
from bekal.payments.tests.test_statements import decided, the_line
from bekal.places.models import Place
from tests.support import world

RECEIPT = """
insert into payments_receipt
  (id, unit_id, amount, means, provider, reference, request_id, received_at, recorded_at,
   recorded_by)
values (%s, %s, %s, %s, %s, %s, null, now(), now(), 'x')
"""
APPLY = """
insert into payments_application
  (id, receipt_id, request_id, amount, undoes_id, applied_at, applied_by)
values (%s, %s, %s, %s, %s, now(), 'x')
"""
DEBT = """
insert into payments_debt
  (id, subject, label, unit_id, amount, source, receipt_id, surplus, why, owed_at, owed_by)
values (%s, 'uji:1', '', %s, %s, %s, %s, %s, 'uji', now(), 'x')
"""
PAYOUT = """
insert into payments_payout (id, debt_id, means, proof, paid_on, paid_at, paid_by)
values (%s, %s, 'cash', %s, now(), now(), 'x')
"""


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql, *values, by):
    """Run SQL that PostgreSQL must refuse, by the name of the promise."""
    before = everything()
    with pytest.raises(Error, match=by), transaction.atomic():
        run(sql, *values)
    assert everything() == before


@pytest.fixture
def bangli(nabire):
    return Place.objects.get(code="lapas-narkotika-kelas-iia-bangli").pk


def test_a_reference_is_taken_in_once(nabire, bangli):
    run(RECEIPT, uuid7(), nabire, 5, "qris", "midtrans", "A1")
    run(RECEIPT, uuid7(), nabire, 5, "qris", "bank", "A1")
    for unit in (nabire, bangli):
        refused(
            RECEIPT,
            *(uuid7(), unit, 5, "qris", "midtrans", "A1"),
            by="payments_receipt_reference_once",
        )


@pytest.mark.parametrize(
    ("given", "promise"),
    [
        ((0, "qris", "x", "1"), "amount_positive"),
        ((5, "gold", "x", "1"), "means_known"),
        ((5, "qris", "", "1"), "has_reference"),
        ((5, "qris", "x", ""), "has_reference"),
    ],
)
def test_a_receipt_is_whole(nabire, given, promise):
    refused(RECEIPT, uuid7(), nabire, *given, by=promise)


def test_an_ask_is_settled_at_most_by_its_amount(nabire):
    asked = an_ask(nabire, 100)
    first, second = comes(nabire, 80), comes(nabire, 80)
    run(APPLY, uuid7(), first.receipt_id, asked.request_id, 80, None)
    refused(
        APPLY,
        *(uuid7(), second.receipt_id, asked.request_id, 21, None),
        by="settled_at_most_by_its_amount",
    )
    run(APPLY, uuid7(), second.receipt_id, asked.request_id, 20, None)
    assert Request.objects.get().settled == 100


def test_a_receipt_is_applied_once_and_never_more_than_its_amount(nabire):
    one, other = an_ask(nabire, 100), an_ask(nabire, 100)
    got = comes(nabire, 80)
    refused(APPLY, uuid7(), got.receipt_id, one.request_id, 81, None, by="never_more_than_came_in")
    run(APPLY, uuid7(), got.receipt_id, one.request_id, 50, None)
    refused(APPLY, uuid7(), got.receipt_id, one.request_id, 30, None, by="applied once")
    refused(
        APPLY, uuid7(), got.receipt_id, other.request_id, 31, None, by="never_more_than_came_in"
    )
    assert Rest.objects.get().left_over == 30


def test_an_application_is_undone_whole_and_once(nabire):
    asked, got, key = an_ask(nabire, 100), comes(nabire, 80), uuid7()
    pair = (got.receipt_id, asked.request_id)
    run(APPLY, key, *pair, 80, None)
    refused(APPLY, uuid7(), *pair, -80, None, by="application_sign")
    refused(APPLY, uuid7(), *pair, 80, key, by="application_sign")
    refused(APPLY, uuid7(), *pair, -79, key, by="undone whole")
    refused(APPLY, uuid7(), got.receipt_id, an_ask(nabire).request_id, -80, key, by="undone whole")
    undoing = uuid7()
    run(APPLY, undoing, *pair, -80, key)
    refused(APPLY, uuid7(), *pair, -80, key, by="undoes_id")
    refused(APPLY, uuid7(), *pair, 80, undoing, by="application_sign")
    run(APPLY, uuid7(), *pair, 80, None)
    assert Rest.objects.get().left_over == 0


def test_money_stays_in_its_unit(nabire, bangli):
    asked = an_ask(nabire, 100)
    got = comes(bangli, 100)
    refused(APPLY, uuid7(), got.receipt_id, asked.request_id, 100, None, by="its own unit")
    refused(DEBT, uuid7(), nabire, 100, "unapplied", got.receipt_id, 0, by="what it received")


@pytest.mark.parametrize(
    "sql",
    [
        "update payments_request set amount = 1, payable = 1",
        "update payments_request set payable = payable + 1, extra = 1",
        "update payments_request set subject = 'uji:other'",
        "update payments_request set payload = 'other'",
        "update payments_request set settled = 1",
        "update payments_request set expires_at = now()",
    ],
)
def test_what_was_asked_is_final(nabire, sql):
    an_ask(nabire)
    refused(sql, by="what was asked is final")


def test_an_ask_ends_once_and_is_never_deleted(nabire):
    asked = an_ask(nabire)
    cancel_ask(request_id=asked.request_id, by=BUYER, now=NOON)
    end = "update payments_request set closed_as = 'expired'"
    refused(end, by="what was asked is final")
    again = "update payments_request set closed_as = '', closed_at = null, closed_by = ''"
    refused(again, by="what was asked is final")
    refused("delete from payments_request", by="are final")


def test_what_is_asked_begins_open(nabire):
    an_ask(nabire)
    fields = "subject, label, unit_id, amount, extra, payable, method, payload, expires_at"
    copy = f"""
    insert into payments_request
      (id, {fields}, asked_at, asked_by, settled, closed_as, closed_at, closed_by)
    select gen_random_uuid(), 'uji:2', {fields.partition(", ")[2]}, asked_at, asked_by, {{}}
    from payments_request
    """
    refused(copy.format("1, '', null, ''"), by="begins open")
    refused(copy.format("0, 'expired', now(), 'x'"), by="begins open")


def test_open_transfers_of_a_unit_differ_and_a_subject_has_one_open_ask(nabire):
    an_ask(nabire, 1_000, method=Method.TRANSFER, subject="uji:1")
    copy = """
    insert into payments_request (id, subject, label, unit_id, amount, extra, payable, method,
      payload, settled, closed_as, closed_by, asked_at, asked_by)
    select gen_random_uuid(), %s, '', unit_id, amount - %s, extra + %s, payable, method, payload,
      0, '', '', now(), 'x' from payments_request
    """
    refused(copy, "uji:2", 1, 1, by="payments_request_open_transfers_differ")
    refused(copy, "uji:1", 1, 0, by="payments_request_")


@pytest.mark.parametrize(
    "table", ["receipt", "application", "debt", "payout", "unittransfer", "doubt", "doubtcheck"]
)
def test_facts_are_final(nabire, table):
    for operation in ("append_only", "not_emptied"):
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_trigger where tgrelid = %s::regclass and tgname like %s",
                [f"payments_{table}", f"pgtrigger_{operation}_%"],
            )
            assert cursor.fetchone() == (1,)


def test_receipts_and_levels_are_not_edited(nabire):
    comes(nabire, 100)
    refused("update payments_receipt set amount = 1", by="are final")
    refused("delete from payments_receipt", by="are final")
    for sql in ("update payments_rest set left_over = 0", "delete from payments_rest"):
        refused(sql, by="follows from receipts")
    insert = "insert into payments_rest select %s, unit_id, 9, 9, 0 from payments_rest"
    refused(insert, Receipt.objects.get().pk, by="follows from receipts")


def test_only_free_money_of_a_line_is_a_mistake(nabire):
    sql = "insert into payments_mistake (receipt_id, noted_at, noted_by) values (%s, now(), 'x')"
    refused(sql, comes(nabire, 100).receipt_id, by="belongs to nothing")
    got = decided(nabire, the_line(nabire, 200))
    run(DEBT, uuid7(), nabire, 1, "unapplied", got.receipt_id, 0)
    refused(sql, got.receipt_id, by="belongs to nothing")
    free = decided(nabire, the_line(nabire, 300))
    again = "insert into payments_verdict (line_id, state, reason, decided_at, decided_by)"
    again += " select line_id, 'open', '', now(), 'x' from payments_verdict where receipt_id = %s"
    refused(again, free.receipt_id, by="decided once or opened again")
    run(sql, free.receipt_id)
    assert Rest.objects.get(receipt_id=free.receipt_id).left_over == 0
    run(again, free.receipt_id)
    refused("delete from payments_mistake", by="are final")


def test_a_debt_is_of_what_is_left_and_paid_once(nabire):
    got = comes(nabire, 100)
    came = got.receipt_id
    refused(DEBT, uuid7(), nabire, 101, "unapplied", came, 0, by="never_more_than_came_in")
    refused(DEBT, uuid7(), nabire, 201, "advance", came, 101, by="never_more_than_came_in")
    for source, receipt, surplus in (
        ("advance", came, 0),
        ("advance", came, 100),
        ("advance", None, 1),
        ("unapplied", came, 1),
        ("unapplied", None, 0),
    ):
        refused(DEBT, uuid7(), nabire, 100, source, receipt, surplus, by="payments_debt_source")
    debt = owe_back(
        debt=NewDebt(uuid7(), "uji:1", nabire, 60, "kelebihan", got.receipt_id),
        by=world.SITI,
        now=NOON,
    )
    assert Rest.objects.get().left_over == 40
    refused(PAYOUT, uuid7(), debt, "", by="has_proof")
    pay_out(
        key=uuid7(),
        debt_id=debt,
        unit_id=nabire,
        means=Means.CASH,
        proof="KW-1",
        paid_on=world.TODAY,
        by=world.SITI,
        now=NOON,
    )
    refused(PAYOUT, uuid7(), debt, "KW-2", by="debt_id")


def test_a_unit_does_not_pay_itself(nabire):
    sql = """
    insert into payments_unittransfer
      (id, payer_id, payee_id, amount, proof, paid_on, paid_at, paid_by)
    values (%s, %s, %s, 5, 'x', now(), now(), 'x')
    """
    refused(sql, uuid7(), nabire, nabire, by="payments_unittransfer_is_whole")
