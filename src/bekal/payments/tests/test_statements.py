"""Statements are imported once, matched where it is certain, suggested where it is not."""

import pytest
from django.db import Error, connection, transaction

from bekal.foundation.ids import uuid7
from bekal.payments.actions import (
    NewStatement,
    apply_receipt,
    cancel_ask,
    forget_bank_texts,
    import_statement,
    match_line,
    reopen_line,
    set_aside,
    unapply_receipt,
)
from bekal.payments.bank_lines import StatementUnreadable
from bekal.payments.models import (
    Application,
    Receipt,
    Request,
    StatementImport,
    StatementLine,
    Verdict,
)
from bekal.payments.queries import open_lines, payment_problems, unapplied_of
from bekal.payments.rules import Aside, LineState, Method, ReceiptRefused
from bekal.payments.tests.banks import MT940, csv_of
from bekal.payments.tests.money import (
    BUYER,
    NOON,
    a_merchant,
    an_ask,
    comes,
    everything,
    held,
    later,
)
from bekal.places.models import Place
from tests.support import world
from tests.support.threads import at_once

DAY = "27/04/2026"


def imported(unit, content, *, name="mutasi.csv", now=NOON):
    new = NewStatement(unit_id=unit, name=name, content=content, today=now.date())
    return import_statement(statement=new, by=world.SITI, now=now)


def the_line(unit, amount, text="TRSF DARI BUDI"):
    imported(unit, csv_of((DAY, text, str(amount))))
    return StatementLine.objects.get(amount=amount)


def suggestions(unit):
    return [line.suggestion for line in open_lines(unit_id=unit) if line.suggestion]


def decided(unit, line, request_id=None):
    return match_line(unit_id=unit, line_id=line.pk, request_id=request_id, by=world.SITI, now=NOON)


def test_a_transfer_with_its_digits_is_matched_at_once(nabire, heard):
    asked = an_ask(nabire, 148_000, method=Method.TRANSFER)
    other = an_ask(nabire, 148_000, method=Method.TRANSFER)
    done = imported(nabire, csv_of((DAY, "BUDI", str(asked.amount)), (DAY, "SITI", "99")))
    assert (done.matched, done.waiting, done.is_repeat) == (1, 1, False)
    assert [paid.request_id for paid in heard] == [asked.request_id]
    assert Request.objects.get(pk=other.request_id).settled == 0
    assert held(nabire) == {
        "bank": asked.amount,
        "order_advance": -148_000,
        "unapplied_receipt": -asked.extra,
    }
    assert unapplied_of(unit_id=nabire) == []
    assert [line.amount for line in open_lines(unit_id=nabire)] == [99]
    assert payment_problems() == []


def test_the_same_file_twice_changes_nothing(nabire, heard):
    asked = an_ask(nabire, method=Method.TRANSFER)
    file = csv_of((DAY, "BUDI", str(asked.amount)), (DAY, "SITI", "99"), ("x/x", "", "1"))
    first = imported(nabire, file)
    before = everything(), held(nabire), StatementLine.objects.count()
    again = imported(nabire, file, name="lain.csv", now=later(days=3))
    assert (again.is_repeat, again.matched, again.waiting) == (True, 0, 0)
    assert [row.state for row in again.rows] == [row.state for row in first.rows]
    assert (everything(), held(nabire), StatementLine.objects.count()) == before
    assert StatementImport.objects.count() == 1
    assert len(heard) == 1


def test_the_same_file_again_tells_what_waited_and_has_found_its_order_since(nabire):
    file = csv_of((DAY, "BUDI BK-7Q2M-18KD", "148000"), (DAY, "SITI", "99"))
    assert imported(nabire, file).waiting == 2
    an_ask(nabire, 148_000)
    again = imported(nabire, file)
    assert (again.is_repeat, again.matched, again.matched_before) == (True, 0, 1)
    assert [line.amount for line in open_lines(unit_id=nabire)] == [99]


def test_files_that_overlap_add_only_what_is_new(nabire):
    a, b, c = (DAY, "A", "1000"), (DAY, "B", "1000"), (DAY, "C", "7")
    assert imported(nabire, csv_of(a, b, b)).waiting == 3
    done = imported(nabire, csv_of(b, b, b, c))
    assert [row.is_new for row in done.rows] == [False, False, True, True]
    assert StatementLine.objects.count() == 5


def test_the_same_line_of_two_units_is_two_lines(nabire):
    bangli = Place.objects.get(code="lapas-narkotika-kelas-iia-bangli").pk
    file = csv_of((DAY, "A", "1000"))
    for unit in (nabire, bangli):
        decided(unit, the_line_of(unit, file))
    assert held(nabire) == held(bangli) == {"bank": 1_000, "unapplied_receipt": -1_000}


def the_line_of(unit, file):
    imported(unit, file)
    return StatementLine.objects.get(unit_id=unit)


def test_a_file_that_cannot_be_read_writes_nothing(nabire):
    with pytest.raises(StatementUnreadable):
        imported(nabire, b"halo")
    assert not StatementImport.objects.exists()


@pytest.mark.parametrize(
    ("amount", "text", "why", "is_certain"),
    [
        (148_000, "BUDI", "Jumlahnya sama tanpa kode unik", False),
        (150_000, "BAYAR bk7q2m18kd", "Kode pesanannya ada di keterangan, jumlahnya lain", False),
        (150_000, "BUDI", None, False),
    ],
)
def test_what_is_likely_is_suggested_and_left_to_a_person(nabire, amount, text, why, is_certain):
    asked = an_ask(nabire, 148_000, method=Method.TRANSFER)
    the_line(nabire, amount, text)
    (found,) = [line.suggestion for line in open_lines(unit_id=nabire)]
    told = found and (found.ask.id, found.why, found.is_certain)
    assert told == (why and (asked.request_id, why, is_certain))
    assert not Receipt.objects.exists()


def test_an_invoice_is_matched_by_sum_and_name_together_alone(nabire, heard):
    asked = an_ask(nabire, 5_000_000, method=Method.INVOICE)
    the_line(nabire, 5_000_000, "DINAS KOPERASI")
    assert [found.why for found in suggestions(nabire)] == ["Jumlahnya sama"]
    next_day = csv_of(("28/04/2026", "DINAS KOPERASI BK-7Q2M-18KD LUNAS", "5000000"))
    imported(nabire, next_day, now=later(days=1))
    assert [paid.request_id for paid in heard] == [asked.request_id]


def test_money_of_before_the_ask_and_two_possible_asks_are_no_match(nabire):
    asked = an_ask(nabire, 148_000, method=Method.TRANSFER)
    imported(nabire, csv_of(("26/04/2026", "BUDI", str(asked.amount))))
    assert open_lines(unit_id=nabire)[0].suggestion is None
    for _ in range(2):
        an_ask(nabire, 7_000_000, method=Method.INVOICE)
    imported(nabire, csv_of((DAY, "DINAS", "7000000")))
    assert [line.suggestion for line in open_lines(unit_id=nabire)] == [None, None]
    assert not Receipt.objects.exists()


def test_a_late_transfer_finds_its_ask_for_a_week(nabire, heard):
    asked = an_ask(nabire, 148_000, method=Method.TRANSFER)
    cancel_ask(request_id=asked.request_id, by=BUYER, now=NOON)
    imported(nabire, csv_of(("05/05/2026", "BUDI", str(asked.amount))), now=later(days=8))
    assert [found.is_certain for found in suggestions(nabire)] == [False]
    imported(nabire, csv_of(("03/05/2026", "BUDI", str(asked.amount))), now=later(days=8))
    assert [paid.state for paid in heard] == ["cancelled"]


def test_a_person_matches_once_and_the_line_is_decided(nabire, heard):
    asked, line = an_ask(nabire, 148_000, method=Method.TRANSFER), the_line(nabire, 148_000)
    for is_repeat in (False, True):
        got = decided(nabire, line, asked.request_id)
        assert (got.applied, got.is_repeat) == (148_000, is_repeat)
    before = everything()
    with pytest.raises(ReceiptRefused, match="tagihan lain"):
        decided(nabire, line, an_ask(nabire).request_id)
    with pytest.raises(ReceiptRefused, match="sudah dicocokkan"):
        set_aside(unit_id=nabire, line_id=line.pk, reason=Aside.OTHER, by=world.SITI, now=NOON)
    with pytest.raises(ReceiptRefused, match="sudah dicocokkan"):
        reopen_line(unit_id=nabire, line_id=line.pk, by=world.SITI, now=NOON)
    with pytest.raises(LookupError):
        decided(nabire + 1, line)
    assert everything()[1:] == before[1:]
    assert Verdict.objects.count() == 1


def test_one_transfer_for_two_orders_is_divided(nabire, heard):
    line = the_line(nabire, 200_000)
    got = decided(nabire, line)
    assert [row.left_over for row in unapplied_of(unit_id=nabire)] == [200_000]
    for amount in (150_000, 50_000):
        asked = an_ask(nabire, amount)
        applied = apply_receipt(
            key=uuid7(),
            receipt_id=got.receipt_id,
            request_id=asked.request_id,
            by=world.SITI,
            now=NOON,
        )
        assert applied == amount
    assert unapplied_of(unit_id=nabire) == []
    assert held(nabire) == {"bank": 200_000, "order_advance": -200_000}
    assert payment_problems() == []


def test_what_is_no_money_of_orders_is_set_aside_and_opened_again(nabire):
    line = the_line(nabire, 90_000)
    for _ in range(2):
        set_aside(unit_id=nabire, line_id=line.pk, reason=Aside.QRIS, by=world.SITI, now=NOON)
    assert open_lines(unit_id=nabire) == []
    with pytest.raises(ReceiptRefused, match="disisihkan"):
        decided(nabire, line)
    assert held(nabire) == {}
    for _ in range(2):
        reopen_line(unit_id=nabire, line_id=line.pk, by=world.SITI, now=NOON)
    assert len(open_lines(unit_id=nabire)) == 1
    assert [row.state for row in Verdict.objects.order_by("id")] == [
        LineState.ASIDE,
        LineState.OPEN,
    ]


def undone(application, *, key=None):
    unapply_receipt(key=key or uuid7(), application_id=application.pk, by=world.SITI, now=NOON)


def test_a_part_that_was_matched_wrongly_is_taken_off_again(nabire, heard):
    asked, line = an_ask(nabire, 148_000), the_line(nabire, 50_000)
    decided(nabire, line, asked.request_id)
    application, key = Application.objects.get(), uuid7()
    for _ in range(2):
        undone(application, key=key)
    assert Request.objects.get().settled == 0
    assert held(nabire) == {"bank": 50_000, "unapplied_receipt": -50_000}
    assert [row.left_over for row in unapplied_of(unit_id=nabire)] == [50_000]
    with pytest.raises(ReceiptRefused, match="sudah dibatalkan"):
        undone(application)
    with pytest.raises(ReceiptRefused, match="tidak ada"):
        undone(Application.objects.get(pk=key))
    assert payment_problems() == []


def test_money_that_an_order_used_is_taken_off_only_with_its_word(nabire, heard, settings):
    asked = an_ask(nabire, 148_000)
    comes(nabire, 148_000, request_id=asked.request_id)
    before = everything(), held(nabire)
    with pytest.raises(ReceiptRefused, match="sudah memakai"):
        undone(Application.objects.get())
    assert (everything(), held(nabire)) == before
    settings.BEKAL_ON_UNPAID = {"uji": "bekal.payments.tests.hearing.note"}
    undone(Application.objects.get())
    assert (heard[-1].amount, heard[-1].owed) == (-148_000, 148_000)
    assert held(nabire) == {"qris": 148_000, "unapplied_receipt": -148_000}
    assert payment_problems() == []


def test_texts_of_banks_are_emptied_after_a_year(nabire):
    line = the_line(nabire, 90_000, "BUDI SANTOSO")
    the_line(nabire, 80_000, "SITI")
    set_aside(unit_id=nabire, line_id=line.pk, reason=Aside.OTHER, by=world.SITI, now=NOON)
    assert forget_bank_texts(by=world.SITI, now=later(days=366)) == 0
    assert forget_bank_texts(by=world.SITI, now=later(days=370)) == 1
    assert [row.text for row in StatementLine.objects.order_by("id")] == ["", "SITI"]


def test_a_line_seen_in_csv_and_in_mt940_is_pointed_at(nabire):
    imported(nabire, MT940.encode())
    the_day = StatementLine.objects.get()
    assert not open_lines(unit_id=nabire)[0].has_twin
    imported(nabire, csv_of((f"{the_day.day:%d/%m/%Y}", "BUDI", str(the_day.amount))))
    assert [line.has_twin for line in open_lines(unit_id=nabire)] == [True, True]


def test_with_one_of_two_lines_set_aside_the_other_is_doubtful_no_more(nabire):
    imported(nabire, csv_of((DAY, "BUDI", "5")))
    imported(nabire, csv_of((DAY, "TRSF BUDI", "5")))
    first, second = open_lines(unit_id=nabire)
    assert (first.has_twin, second.has_twin) == (True, True)
    aside = {"unit_id": nabire, "line_id": second.id, "by": world.SITI, "now": NOON}
    set_aside(**aside, reason=Aside.TWIN)
    (left,) = open_lines(unit_id=nabire)
    assert (left.id, left.has_twin) == (first.id, False)
    reopen_line(**aside)
    set_aside(**aside, reason=Aside.SOLD)
    assert [line.has_twin for line in open_lines(unit_id=nabire)] == [True]


def test_money_told_by_two_files_pays_once_and_no_other_order(nabire, heard):
    """The same days as MT940 after the CSV, and as a CSV without its balances."""
    first = an_ask(nabire, 148_000, method=Method.TRANSFER)
    imported(nabire, csv_of((DAY, "BUDI", str(first.amount))))
    other = an_ask(nabire, first.amount)
    assert [paid.request_id for paid in heard] == [first.request_id]
    mt940 = (
        ":20:X\n:25:1\n:28C:1\n:60F:C260401IDR0,\n"
        f":61:2604270427C{first.amount},NTRFNONREF\n:86:TRSF BUDI BK-7Q2M-18KD\n:62F:C260427IDR0,\n"
    )
    plain = f"Tanggal;Keterangan;Kredit\n{DAY};TRSF BUDI;{first.amount}\n"
    for content in (mt940, plain):
        done = imported(nabire, content.encode())
        assert (done.matched, done.waiting) == (0, 1)
        assert imported(nabire, content.encode()).is_repeat
    assert Request.objects.get(pk=other.request_id).settled == 0
    assert held(nabire)["bank"] == first.amount
    assert [line.has_twin for line in open_lines(unit_id=nabire)] == [True, True]
    for line in StatementLine.objects.filter(state=LineState.OPEN):
        set_aside(unit_id=nabire, line_id=line.pk, reason=Aside.TWIN, by=world.SITI, now=NOON)
    assert open_lines(unit_id=nabire) == []
    assert held(nabire)["bank"] == first.amount
    assert payment_problems() == []


def test_the_page_of_lines_asks_six_times_whatever_their_number(nabire, django_assert_num_queries):
    an_ask(nabire, 5, method=Method.TRANSFER)
    imported(nabire, csv_of(*((DAY, f"A{n} BK-7Q2M-18K{n % 9}", "1000") for n in range(20))))
    with django_assert_num_queries(6):
        assert len(open_lines(unit_id=nabire)) == 20


@pytest.mark.parametrize(
    ("sql", "promise"),
    [
        ("update payments_statementline set amount = 1", "what a bank said is final"),
        ("update payments_statementline set text = 'x'", "what a bank said is final"),
        ("update payments_statementline set state = 'aside'", "what a bank said is final"),
        ("delete from payments_statementline", "are final"),
        ("update payments_statementimport set name = 'x'", "are final"),
        (
            (
                "insert into payments_statementline (unit_id, source_id, row, day, amount, text, "
                "bank_reference, reference, state) "
                "select unit_id, source_id, 9, day, amount, '', '', "
                "reference, 'open' from payments_statementline"
            ),
            "payments_statementline_once",
        ),
        (
            (
                "insert into payments_verdict (line_id, state, receipt_id, reason, decided_at, "
                "decided_by) select id, 'open', null, '', now(), 'x' from payments_statementline"
            ),
            "decided once",
        ),
        (
            (
                "insert into payments_verdict (line_id, state, receipt_id, reason, decided_at, "
                "decided_by) select l.id, 'matched', r.id, '', now(), 'x' "
                "from payments_statementline l, payments_receipt r"
            ),
            "the money of its receipt",
        ),
    ],
)
def test_what_banks_said_is_kept_by_the_database(nabire, sql, promise):
    the_line(nabire, 90_000)
    comes(nabire, 5)
    with (
        pytest.raises(Error, match=promise),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert StatementLine.objects.get().state == LineState.OPEN


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_four_treasurers_import_files_that_overlap(committed_world, heard):
    unit = committed_world.nabire
    a_merchant(unit)
    asks = [an_ask(unit, 148_000, method=Method.TRANSFER) for _ in range(4)]
    rows = [(DAY, f"BUDI {number}", str(ask.amount)) for number, ask in enumerate(asks)]
    files = [csv_of(*rows[:3]), csv_of(*rows[1:]), csv_of(*rows), csv_of(*reversed(rows))]
    at_once(4, lambda number: imported(unit, files[number]))
    assert StatementLine.objects.filter(state=LineState.MATCHED).count() == 4
    assert (Receipt.objects.count(), len(heard)) == (4, 4)
    assert held(unit)["order_advance"] == -4 * 148_000
    assert payment_problems() == []
