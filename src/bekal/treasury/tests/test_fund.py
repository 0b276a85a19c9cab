"""Using the capital fund: three persons, one receipt, never more than it holds."""

import re
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from bekal.accounts.rules import Role
from bekal.foundation.actors import user_actor
from bekal.foundation.ids import uuid7
from bekal.ledger import queries as ledger
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Line
from bekal.treasury import queries
from bekal.treasury.actions import ask_fund, decide_fund, pay_fund, return_change
from bekal.treasury.models import FundChange, FundPayment, FundRequest
from bekal.treasury.rules.fund import FundRefused, NewChange, NewPayment, NewRequest, Pays, Purpose
from tests.support.pages import words
from tests.support.threads import all_at_once
from tests.support.world import NOON, SITI, TODAY, YOHANA

RINA = user_actor(9)
"""Head of Lapas Nabire."""
FUND = "/kerja/lapas-kelas-iib-nabire/uang/dana/"
pytestmark = pytest.mark.django_db


def fill(unit, amount=100_000):
    """The fund gets money from sales."""
    post_entry(
        lines=[Line(unit, AccountKind.CASH, amount), Line(unit, AccountKind.CAPITAL, -amount)],
        key=uuid7(),
        occurred_on=TODAY,
        memo="uji",
        source="uji",
        by=YOHANA,
        now=NOON,
    )


def ask(unit, *, estimate=80_000, by=YOHANA, key=None):
    new = NewRequest(key or uuid7(), unit, Purpose.TOOL, "Dua gergaji tangan", estimate)
    return ask_fund(new=new, by=by, now=NOON)


def decide(unit, asked, *, is_approved=True, why="", by=RINA):
    decide_fund(request_id=asked, unit_id=unit, is_approved=is_approved, why=why, by=by, now=NOON)


def pay(unit, asked, *, amount=80_000, by=SITI, key=None, receipt="K-17"):
    new = NewPayment(key or uuid7(), unit, asked, amount, Pays.CASH, receipt, TODAY)
    return pay_fund(new=new, file=None, by=by, now=NOON)


def bring_back(unit, payment, amount):
    new = NewChange(uuid7(), unit, payment, amount, Pays.CASH, TODAY)
    return return_change(new=new, by=SITI, now=NOON)


def approved(unit, **given):
    asked = ask(unit, **given)
    decide(unit, asked)
    return asked


def held(unit, kind):
    return {row.account: row.amount for row in ledger.balances_of(unit_id=unit)}.get(kind, 0)


def refused(act, words):
    before = (FundRequest.objects.count(), FundPayment.objects.count(), FundChange.objects.count())
    with pytest.raises(FundRefused, match=words), transaction.atomic():
        act()
    now = (FundRequest.objects.count(), FundPayment.objects.count(), FundChange.objects.count())
    assert now == before


def test_asked_approved_paid_and_the_change_brought_back(world):
    fill(world.nabire)
    payment = pay(world.nabire, approved(world.nabire))
    assert held(world.nabire, AccountKind.CAPITAL) == -20_000
    assert held(world.nabire, AccountKind.CASH) == 20_000
    bring_back(world.nabire, payment, 5_000)
    assert held(world.nabire, AccountKind.CAPITAL) == -25_000
    (row,) = queries.every_spent(unit_id=world.nabire)
    assert (row.paid, row.returned, row.state) == (80_000, 5_000, "dibayar")
    assert queries.fund_problems() == []


def test_never_more_than_the_fund_holds(world):
    fill(world.nabire, 79_999)
    refused(partial(pay, world.nabire, approved(world.nabire)), "hanya Rp79.999")


def test_never_more_than_was_approved(world):
    fill(world.nabire)
    refused(partial(pay, world.nabire, approved(world.nabire), amount=80_001), "disetujui")


def test_three_persons_ask_approve_and_pay(world):
    fill(world.nabire)
    asked = ask(world.nabire)
    refused(partial(pay, world.nabire, asked), "belum disetujui")
    refused(partial(decide, world.nabire, asked, by=YOHANA), "orang lain")
    decide(world.nabire, asked)
    refused(partial(pay, world.nabire, asked, by=YOHANA), "orang lain")
    refused(partial(pay, world.nabire, asked, by=RINA), "orang lain")
    pay(world.nabire, asked)
    refused(partial(pay, world.nabire, asked), "sudah dibayar")


def test_a_refused_request_is_not_paid(world):
    fill(world.nabire)
    asked = ask(world.nabire)
    refused(partial(decide, world.nabire, asked, is_approved=False), "mengapa ditolak")
    decide(world.nabire, asked, is_approved=False, why="Pinjam dari bengkel mebel")
    refused(partial(pay, world.nabire, asked), "belum disetujui")
    refused(partial(decide, world.nabire, asked), "sudah diputuskan")


def test_no_more_comes_back_than_was_paid_and_once(world):
    fill(world.nabire)
    payment = pay(world.nabire, approved(world.nabire))
    refused(partial(bring_back, world.nabire, payment, 80_001), "Lebih dari")
    bring_back(world.nabire, payment, 80_000)
    refused(partial(bring_back, world.nabire, payment, 1), "sudah dikembalikan")


def test_the_same_again_changes_nothing(world):
    fill(world.nabire)
    key = uuid7()
    assert ask(world.nabire, key=key) == ask(world.nabire, key=key)
    decide(world.nabire, key)
    decide(world.nabire, key)
    paid = uuid7()
    assert pay(world.nabire, key, key=paid) == pay(world.nabire, key, key=paid)
    assert held(world.nabire, AccountKind.CAPITAL) == -20_000


def test_another_unit_reaches_nothing(world):
    fill(world.bangli)
    asked = approved(world.nabire)
    refused(partial(pay, world.bangli, asked), "belum disetujui")
    with pytest.raises(LookupError):
        decide(world.bangli, asked)


def run(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


APPROVED_ALONE = """
update treasury_fundrequest set decided_as = 'approved', decided_at = now(), decided_by = asked_by
"""
PAYMENT = """
insert into treasury_fundpayment (id, unit_id, request_id, amount, means, receipt_number,
  file_name, media_type, paid_on, paid_at, paid_by)
values (gen_random_uuid(), %s, %s, %s, 'cash', 'K', '', '', now(), now(), %s)
"""


def test_postgresql_keeps_persons_approval_and_sums(world):
    fill(world.nabire)
    asked = ask(world.nabire)
    by_hand = [world.nabire, asked, 80_000, str(SITI)]
    for sql, params, why in (
        (PAYMENT, by_hand, "is paid, by a third"),
        (
            APPROVED_ALONE,
            None,
            "by_two_persons",
        ),
        ("update treasury_fundrequest set estimate = 1", None, "decided once"),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            run(sql, params)
    decide(world.nabire, asked)
    for params in (
        [world.nabire, asked, 80_001, str(SITI)],
        [world.bangli, asked, 80_000, str(SITI)],
        [world.nabire, asked, 80_000, str(RINA)],
        [world.nabire, asked, 80_000, str(YOHANA)],
    ):
        with pytest.raises(DatabaseError, match="is paid, by a third"), transaction.atomic():
            run(PAYMENT, params)
    payment = pay(world.nabire, asked)
    change = (
        "insert into treasury_fundchange (id, unit_id, payment_id, amount, means, returned_on,"
        " returned_at, returned_by) values (gen_random_uuid(), %s, %s, 80001, 'cash', now(),"
        " now(), 'x')"
    )
    with pytest.raises(DatabaseError, match="no more comes back"), transaction.atomic():
        run(change, [world.nabire, payment])


def test_a_payment_that_does_not_tie_is_told_by_the_check(world):
    fill(world.nabire)
    pay(world.nabire, approved(world.nabire))
    run("set constraints all immediate")
    run("alter table treasury_fundpayment disable trigger user")
    run("update treasury_fundpayment set amount = 70000")
    fund, money = queries.fund_problems()
    assert "capital: terbukukan 80000, menurut kuitansi 70000" in fund
    assert "cash: terbukukan -80000, menurut kuitansi -70000" in money


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_payments_that_race_for_the_last_rupiah_one_is_paid(committed_world):
    unit = committed_world.nabire
    fill(unit, 80_000)
    asked = [approved(unit) for _ in range(4)]
    answers = all_at_once(4, lambda number: pay(unit, asked[number]))
    assert sum(isinstance(answer, FundRefused) for answer in answers) == 3
    assert FundPayment.objects.count() == 1
    assert held(unit, AccountKind.CAPITAL) == 0
    assert ledger.ledger_problems() == []


def key_in(page):
    return re.findall(r'name="key" value="([^"]+)"', page.content.decode())[0]


class TestPages:
    def test_from_the_officer_to_the_head_to_the_treasurer(self, world, person):
        fill(world.nabire)
        yohana = person("Yohana", (Role.PETUGAS, "nabire"))
        assert "Belum ada permintaan" in words(yohana.get(FUND))
        typed = {"key": key_in(yohana.get(f"{FUND}minta/")), "purpose": "tool", "what": " "}
        page = yohana.post(f"{FUND}minta/", {**typed, "estimate": "80.000"})
        assert (page.status_code, "Tulis apa yang akan dibeli." in words(page)) == (422, True)
        sent = {**typed, "what": "Gergaji", "estimate": "80.000"}
        page = yohana.post(f"{FUND}minta/", sent, follow=True)
        assert "menunggu kepala" in words(page)
        one = f"{FUND}{FundRequest.objects.get().pk}/"
        assert yohana.post(f"{one}putus/", {"setujui": "ya"}).status_code == 403

        rina = person("Rina", (Role.KEPALA_UPT, "nabire"))
        assert rina.post(f"{one}putus/", {"tolak": "ya", "why": ""}).status_code == 422
        assert "disetujui" in words(rina.post(f"{one}putus/", {"setujui": "ya"}, follow=True))

        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        paid = {
            "key": key_in(siti.get(f"{one}bayar/")),
            "amount": "75.000",
            "means": "cash",
            "receipt_number": "K-17",
            "paid_on": "2026-04-27",
        }
        bad = SimpleUploadedFile("nota.pdf", b"<script>")
        page = siti.post(f"{one}bayar/", {**paid, "file": bad})
        assert (page.status_code, "Kirim PDF" in words(page)) == (422, True)
        assert not FundPayment.objects.exists()
        good = SimpleUploadedFile("nota.pdf", b"%PDF-1.4 uji")
        page = siti.post(f"{one}bayar/", {**paid, "file": good}, follow=True)
        assert "Unduh kuitansi (nota.pdf)" in words(page)
        kept = siti.get(f"{one}kuitansi/")
        assert (kept.content, kept["Content-Type"]) == (b"%PDF-1.4 uji", "application/pdf")
        back = {"key": key_in(page), "amount": "5000", "means": "cash"}
        page = siti.post(f"{one}kembali/", back, follow=True)
        assert "Uang kembali tersimpan." in words(page)
        lines = siti.get(f"{FUND}unduh/").getvalue().decode("utf-8-sig").splitlines()
        assert ";Gergaji;;80000;dibayar;75000;2026-04-27;K-17;5000;" in lines[1]

    def test_what_is_paid_has_no_form_of_payment_any_more(self, world, person):
        fill(world.nabire)
        asked = ask(world.nabire)
        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        assert siti.get(f"{FUND}{asked}/bayar/").status_code == 303  # not approved yet
        decide(world.nabire, asked)
        assert siti.get(f"{FUND}{asked}/bayar/").status_code == 200
        pay(world.nabire, asked)
        assert siti.get(f"{FUND}{asked}/bayar/").status_code == 303

    def test_the_list_can_be_narrowed(self, world, person):
        ask(world.nabire)
        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        assert "Dua gergaji tangan" in words(siti.get(FUND, {"keadaan": "menunggu"}))
        assert "Tidak ada permintaan yang cocok." in words(siti.get(FUND, {"keadaan": "dibayar"}))

    def test_another_units_request_is_not_there(self, world, person):
        asked = ask(world.bangli)
        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        assert siti.get(f"{FUND}{asked}/").status_code == 404

    def test_the_pages_ask_little(self, world, person, django_assert_max_num_queries):
        asked = ask(world.nabire)
        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        for address in (FUND, f"{FUND}{asked}/"):
            siti.get(address)
            with django_assert_max_num_queries(9):
                siti.get(address)
