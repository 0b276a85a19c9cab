"""The pages of counting cash: few taps, told what differs, kept what was typed."""

import re

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.sales.actions import record_sale
from bekal.treasury.models import CashCount
from tests.support.pages import words
from tests.support.world import NOON, YOHANA, a_sale

CASH = "/kerja/lapas-kelas-iib-nabire/uang/kas/"
COUNT = f"{CASH}hitung/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def yohana(world, person):
    record_sale(sale=a_sale(world.nabire, (world.noken, 1)), by=YOHANA, now=NOON)
    return person("Yohana", (Role.PETUGAS, "nabire"))


def hidden(page):
    """What the form carries by itself."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_cash_that_is_as_the_books_say_takes_two_taps(yohana):
    page = yohana.get(COUNT)
    assert "Kas sama dengan buku" in words(page)
    answer = yohana.post(COUNT, {**hidden(page), "sama": "ya"}, follow=True)
    assert "Kas tersimpan. " in words(answer)
    assert "dihitung Rp100.000" in words(answer) or "Rp100.000" in words(answer)
    assert CashCount.objects.get().difference == 0


def test_a_difference_is_shown_and_asks_for_its_reason(yohana):
    typed = {**hidden(yohana.get(COUNT)), "n50000": "1", "n20000": "2"}
    page = yohana.post(COUNT, typed)
    assert page.status_code == 422
    assert "Dihitung Rp90.000, kurang Rp10.000" in words(page)
    assert 'value="2"' in page.content.decode()
    assert not CashCount.objects.exists()
    answer = yohana.post(COUNT, {**typed, "reason": "Kembalian keliru"}, follow=True)
    assert "Sebab selisih: Kembalian keliru" in words(answer)
    assert CashCount.objects.get().difference == -10_000


@pytest.mark.parametrize("typed", [{"n50000": "lima"}, {"day": "besok"}, {"key": "x"}])
def test_what_cannot_be_read_changes_nothing(yohana, typed):
    page = yohana.post(COUNT, {**hidden(yohana.get(COUNT)), **typed})
    assert page.status_code == 422
    assert not CashCount.objects.exists()


def test_a_key_that_was_used_otherwise_is_kept_for_a_person(yohana):
    typed = {**hidden(yohana.get(COUNT)), "sama": "ya"}
    yohana.post(COUNT, typed)
    del typed["sama"]
    page = yohana.post(COUNT, {**typed, "n100000": "1"})
    assert page.status_code == 409
    assert CashCount.objects.count() == 1
    assert "Hitungan kas" in words(yohana.get("/kerja/lapas-kelas-iib-nabire/kiriman-ganda/"))


def test_the_last_count_can_be_put_right(yohana):
    yohana.post(COUNT, {**hidden(yohana.get(COUNT)), "sama": "ya"})
    page = yohana.get(COUNT, {"perbaiki": "ya"})
    typed = {**hidden(page), "n50000": "1", "reason": "Selembar terselip"}
    answer = yohana.post(COUNT, typed, follow=True)
    assert "Memperbaiki hitungan sebelumnya" in words(answer)
    assert "diperbaiki" in words(yohana.get(CASH))


def test_counts_are_listed_and_can_be_taken_along(yohana):
    assert "Belum ada hitungan kas." in words(yohana.get(CASH))
    assert "belum dihitung" in words(yohana.get(CASH))
    yohana.post(COUNT, {**hidden(yohana.get(COUNT)), "sama": "ya"})
    assert "27 April 2026" in words(yohana.get(CASH))
    lines = yohana.get(f"{CASH}unduh/").getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("hari;menurut_buku;dihitung;selisih")
    assert lines[1].startswith("2026-04-27;100000;100000;0;;")


def test_the_treasurer_sees_counts_and_does_not_count(yohana, person):
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    assert siti.get(CASH).status_code == 200
    assert siti.get(COUNT).status_code == 403


def test_a_count_of_another_unit_is_not_there(yohana):
    yohana.post(COUNT, {**hidden(yohana.get(COUNT)), "sama": "ya"})
    count = CashCount.objects.get()
    assert yohana.get(f"{CASH}{count.pk}/").status_code == 200
    assert yohana.get(f"{CASH}{uuid7()}/").status_code == 404


def test_the_pages_ask_little(yohana, django_assert_max_num_queries):
    for address, most in ((CASH, 11), (COUNT, 9)):
        yohana.get(address)
        with django_assert_max_num_queries(most):
            yohana.get(address)
