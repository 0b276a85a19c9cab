"""QRIS money that reaches the bank: for which days, with which fee, moved once."""

import datetime as dt
import re
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.accounts.rules import Role
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.ledger import queries as ledger
from bekal.ledger.rules import AccountKind
from bekal.payments.actions import NewStatement, import_statement, reopen_line
from bekal.payments.models import StatementLine
from bekal.sales.actions import record_sale
from bekal.sales.rules import PaymentKind
from bekal.treasury import queries
from bekal.treasury.actions import settle_certain, settle_qris
from bekal.treasury.models import QrisSettlement
from bekal.treasury.rules.settling import NewSettling, SettlingRefused, suggestion
from tests.support.pages import words
from tests.support.threads import all_at_once
from tests.support.world import NOON, SITI, TODAY, YESTERDAY, YOHANA, a_sale

MATCH = "/kerja/lapas-kelas-iib-nabire/uang/cocok/"
DAY = dt.timedelta(days=1)
YESTERDAYS = Period(YESTERDAY, YESTERDAY)
pytestmark = pytest.mark.django_db


def sell(world, *, on=YESTERDAY, pieces=1):
    """Nokens for Rp100.000 each, paid by QRIS."""
    new = a_sale(world.nabire, (world.noken, pieces), sold_on=on, payment=PaymentKind.QRIS)
    record_sale(sale=new, by=YOHANA, now=NOON)


def bank(world, *rows):
    """Lines of a bank statement: (day, rupiah)."""
    lines = "".join(
        f"{day:%d/%m/%Y};QRIS {index};{sum_}\n" for index, (day, sum_) in enumerate(rows)
    )
    content = f"Tanggal;Keterangan;Kredit\n{lines}".encode()
    statement = NewStatement(unit_id=world.nabire, name="uji", content=content, today=TODAY)
    import_statement(statement=statement, by=SITI, now=NOON)
    return list(StatementLine.objects.order_by("row"))


def settle(world, line, *, fee=0, days=YESTERDAYS, reason="", key=None):
    new = NewSettling(key or uuid7(), world.nabire, line.pk, fee, days, reason)
    return settle_qris(new=new, by=SITI, now=NOON)


def held(world):
    found = {row.account: row.amount for row in ledger.balances_of(unit_id=world.nabire)}
    kinds = (AccountKind.QRIS, AccountKind.BANK, AccountKind.OPERATING)
    return [found.get(kind, 0) for kind in kinds]


def refused(act, words):
    before = QrisSettlement.objects.count()
    with pytest.raises(SettlingRefused, match=words), transaction.atomic():
        act()
    assert QrisSettlement.objects.count() == before


class TestSuggestion:
    BY_DAY = {TODAY - 3 * DAY: 50_000, TODAY - 2 * DAY: 30_000, TODAY - DAY: 100_000}

    def ask(self, amount, taken=()):
        return suggestion(amount=amount, day=TODAY, by_day=self.BY_DAY, taken=taken)

    def test_an_equal_sum_of_one_day_is_certain(self):
        found = self.ask(100_000)
        assert (found.days, found.fee) == (Period(TODAY - DAY, TODAY - DAY), 0)
        assert found.is_certain

    def test_several_days_may_come_together(self):
        assert self.ask(80_000).days == Period(TODAY - 3 * DAY, TODAY - 2 * DAY)

    def test_a_small_fee_is_suggested_and_not_certain(self):
        found = self.ask(99_300)
        assert (found.gross, found.fee, found.is_certain) == (100_000, 700, False)

    def test_what_fits_nothing_or_is_settled_is_for_a_person(self):
        assert self.ask(98_000) is None
        assert self.ask(100_000, taken={TODAY - DAY}) is None


def test_what_is_certain_moves_to_the_bank_by_itself(world):
    sell(world)
    bank(world, (TODAY, 100_000), (TODAY, 77_000))
    assert settle_certain(unit_id=world.nabire, by=SITI, now=NOON) == 1
    assert held(world) == [0, 100_000, 0]
    assert settle_certain(unit_id=world.nabire, by=SITI, now=NOON) == 0
    assert queries.settling_problems() == []


def test_a_fee_is_a_cost_with_its_name(world):
    sell(world)
    (line,) = bank(world, (TODAY, 99_300))
    settle(world, line, fee=700)
    assert held(world) == [0, 99_300, 700]
    assert "MDR" in QrisSettlement.objects.get().reason


def test_a_person_may_say_so_with_a_reason(world):
    sell(world)
    (line,) = bank(world, (TODAY, 90_000))
    refused(partial(settle, world, line, days=None), "sebabnya")
    settle(world, line, days=None, reason="Sebagian QRIS kemarin, sisanya besok")
    assert held(world) == [10_000, 90_000, 0]


def test_never_more_than_qris_holds_and_a_line_and_a_day_once(world):
    sell(world)
    first, second = bank(world, (TODAY, 60_000), (TODAY, 40_000))
    refused(partial(settle, world, first, fee=40_001), "tidak memuat")
    key = uuid7()
    assert settle(world, first, key=key) == settle(world, first, key=key)
    refused(partial(settle, world, first), "sudah diputuskan")
    refused(partial(settle, world, second), "hari itu sudah")
    settle(world, second, days=None, reason="Bagian kedua dari QRIS kemarin")
    assert held(world) == [0, 100_000, 0]


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_postgresql_keeps_lines_and_days_once_and_reasons(world):
    sell(world, pieces=2)
    first, second = bank(world, (TODAY, 60_000), (TODAY, 40_000))
    settle(world, first)
    row = (
        "insert into treasury_qrissettlement (id, unit_id, line_id, amount, fee, during, reason,"
        " settled_at, settled_by) values (gen_random_uuid(), {unit}, {line}, 40000, {fee}, {days},"
        " '', now(), 'x')"
    )
    given = {"unit": world.nabire, "line": second.pk, "fee": 0, "days": "'[2026-04-27,2026-04-28)'"}
    for change, why in (
        ({"line": first.pk}, "line_id"),
        ({"days": "'[2026-04-25,2026-04-28)'"}, "day_once"),
        ({"days": "null"}, "has_reason"),
        ({"fee": 5}, "has_reason"),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            run(row.format(**given | change))
    with pytest.raises(DatabaseError, match="are final"), transaction.atomic():
        run("delete from treasury_qrissettlement")


def test_a_line_that_was_opened_again_is_told_by_the_check(world):
    sell(world)
    (line,) = bank(world, (TODAY, 100_000))
    settle(world, line)
    reopen_line(unit_id=world.nabire, line_id=line.pk, by=SITI, now=NOON)
    (problem,) = queries.settling_problems()
    assert "dibuka lagi" in problem


def test_a_settlement_that_does_not_tie_is_told_by_the_check(world):
    sell(world)
    (line,) = bank(world, (TODAY, 100_000))
    settle(world, line)
    run("set constraints all immediate")
    run("alter table treasury_qrissettlement disable trigger user")
    run("update treasury_qrissettlement set amount = 1")
    assert any("terbukukan 100000" in problem for problem in queries.settling_problems())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_who_settle_one_line_settle_it_once(committed_world):
    world = committed_world
    sell(world)
    (line,) = bank(world, (TODAY, 100_000))
    answers = all_at_once(8, lambda _: settle(world, line))
    assert sum(isinstance(answer, SettlingRefused) for answer in answers) == 7
    assert held(world) == [0, 100_000, 0]


class TestPages:
    def test_unmatched_lines_stand_on_top_and_what_is_even_is_folded_away(self, world, person):
        sell(world)
        bank(world, (YESTERDAY, 100_000), (TODAY, 55_000))
        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        page = words(siti.get(MATCH))
        assert "Usul: QRIS Min, 26 Apr 2026, Rp100.000." in page
        assert "1 baris sama persis" in page
        page = words(siti.post(f"{MATCH}qris/pasti/", follow=True))
        assert "Yang pasti sudah dicocokkan." in page
        assert "1 hari cocok" in page
        assert held(world)[:2] == [0, 100_000]

    def test_a_suggestion_is_taken_in_one_tap(self, world, person):
        sell(world)
        (line,) = bank(world, (TODAY, 99_300))
        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        sent = dict(
            re.findall(
                r'type="hidden" name="(\w+)" value="([^"]*)"', siti.get(MATCH).content.decode()
            )
        )
        page = siti.post(f"{MATCH}qris/", sent, follow=True)
        assert "Pencairan QRIS tersimpan." in words(page)
        assert held(world) == [0, 99_300, 700]
        assert siti.post(f"{MATCH}qris/", {**sent, "key": str(uuid7())}).status_code == 422
        assert siti.post(f"{MATCH}qris/", {"key": "x"}).status_code == 422
        assert QrisSettlement.objects.get().line_id == line.pk

    def test_by_hand_asks_for_the_reason(self, world, person):
        sell(world)
        (line,) = bank(world, (TODAY, 90_000))
        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        form = f"{MATCH}{line.pk}/qris/"
        key = re.findall(r'name="key" value="([^"]+)"', siti.get(form).content.decode())[0]
        page = siti.post(form, {"key": key, "fee": "", "reason": " "})
        assert (page.status_code, "Tulis QRIS hari mana" in words(page)) == (422, True)
        siti.post(form, {"key": key, "fee": "10.000", "reason": "Potongan alat baca"})
        assert held(world) == [0, 90_000, 10_000]

    def test_who_only_looks_settles_nothing(self, world, person):
        sell(world)
        (line,) = bank(world, (TODAY, 100_000))
        yohana = person("Yohana", (Role.PETUGAS, "nabire"))
        assert "Cocokkan semua" not in words(yohana.get(MATCH))
        assert yohana.post(f"{MATCH}qris/pasti/").status_code == 403
        assert yohana.get(f"{MATCH}{line.pk}/qris/").status_code == 403

    def test_the_page_asks_little(self, world, person, django_assert_max_num_queries):
        sell(world)
        bank(world, (TODAY, 100_000))
        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        siti.get(MATCH)
        with django_assert_max_num_queries(14):
            siti.get(MATCH)
