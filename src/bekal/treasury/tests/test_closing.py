"""A month is closed by two persons of the unit and opened again by the kanwil, with a reason."""

import datetime as dt
import re

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.ledger import queries as ledger
from bekal.sales.actions import record_sale
from bekal.treasury.actions import count_cash, decide_closing, prepare_closing
from bekal.treasury.models import MonthPaper
from bekal.treasury.rules.cash import NewCount
from bekal.treasury.rules.closing import MonthRefused, NewPaper, next_month
from tests.support.pages import words
from tests.support.threads import all_at_once
from tests.support.world import NOON, SITI, YOHANA, a_sale

MONEY = "/kerja/lapas-kelas-iib-nabire/uang/"
CLOSE = f"{MONEY}tutup/"
MARCH, END = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
NOTE = "Kas bulan lalu tidak dihitung dengan pecahan"
pytestmark = pytest.mark.django_db


def sell(world, *, on):
    record_sale(sale=a_sale(world.nabire, (world.noken, 1), sold_on=on), by=YOHANA, now=NOON)


@pytest.fixture
def march(world):
    """A sale in March, so that March is what can be closed next."""
    sell(world, on=dt.date(2026, 3, 20))
    return world


def prepare(world, *, month=MARCH, note=NOTE, key=None, by=SITI):
    new = NewPaper(key or uuid7(), world.nabire, month, note)
    return prepare_closing(new=new, by=by, now=NOON)


def decide(world, paper, *, is_approved=True, why="", by=YOHANA):
    decide_closing(
        paper_id=paper,
        unit_id=world.nabire,
        is_approved=is_approved,
        why=why,
        by=by,
        now=NOON,
    )


def key_in(page):
    return re.findall(r'name="key" value="([^"]+)"', page.content.decode())[0]


def test_a_month_is_next_when_it_is_over():
    april = dt.date(2026, 4, 1)
    asked = {"closed": None, "first_day": dt.date(2026, 3, 20)}
    assert next_month(**asked, today=END) is None
    assert next_month(**asked, today=april) == MARCH
    assert next_month(closed=END, first_day=MARCH, today=dt.date(2026, 4, 30)) is None
    assert next_month(closed=END, first_day=MARCH, today=dt.date(2026, 5, 1)) == april
    assert next_month(closed=None, first_day=None, today=april) is None


def test_what_is_open_needs_a_note(march):
    with pytest.raises(MonthRefused, match="Masih ada yang terbuka"):
        prepare(march, note=" ")
    assert not MonthPaper.objects.exists()
    prepare(march)
    (point,) = MonthPaper.objects.get().open_points
    assert point == "Kas bergerak sampai 20 Maret 2026 dan belum dihitung."


def test_a_difference_that_nobody_settled_is_open(march):
    new = NewCount(
        uuid7(), march.nabire, dt.date(2026, 3, 20), {"n50000": 1}, 100_000, "Kembalian keliru"
    )
    count_cash(new=new, by=YOHANA, now=NOON)
    prepare(march)
    assert MonthPaper.objects.get().open_points == [
        "Selisih kas kurang Rp50.000 belum diselesaikan."
    ]


def test_the_head_closes_what_the_treasurer_prepared(march):
    paper = prepare(march)
    with pytest.raises(MonthRefused, match="orang lain"):
        decide(march, paper, by=SITI)
    assert ledger.closed_through(unit_id=march.nabire) is None
    decide(march, paper)
    decide(march, paper)
    (closing,) = ledger.closings_of(unit_id=march.nabire)
    assert (closing.through, closing.prepared_by, closing.decided_by) == (
        END,
        str(SITI),
        str(YOHANA),
    )
    with pytest.raises(MonthRefused, match="sudah diputuskan"):
        decide(march, paper, is_approved=False, why="Keliru")


def test_a_refused_paper_closes_nothing_and_another_may_be_written(march):
    paper = prepare(march)
    with pytest.raises(MonthRefused, match="mengapa ditolak"):
        decide(march, paper, is_approved=False)
    decide(march, paper, is_approved=False, why="Hitung kasnya dahulu")
    assert ledger.closed_through(unit_id=march.nabire) is None
    prepare(march)


def test_one_paper_waits_and_only_for_the_next_month(march):
    key = uuid7()
    assert prepare(march, key=key) == prepare(march, key=key) == key
    with pytest.raises(MonthRefused, match="menunggu"), transaction.atomic():
        prepare(march)
    with pytest.raises(MonthRefused, match="berikutnya"):
        prepare(march, month=dt.date(2026, 2, 1))
    assert MonthPaper.objects.count() == 1


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_postgresql_keeps_two_persons_and_one_decision(march):
    paper = prepare(march)
    decided = "update treasury_monthpaper set decided_as = {}, decided_at = now(), decided_by = {}"
    for sql, why in (
        (decided.format("'approved'", f"'{SITI}'"), "by_two_persons"),
        (decided.format("'refused'", "'user:9'"), "by_two_persons"),
        ("update treasury_monthpaper set note = 'x'", "decided once"),
        ("delete from treasury_monthpaper", "are final"),
    ):
        with pytest.raises(DatabaseError, match=why), transaction.atomic():
            run(sql)
    decide(march, paper)
    with pytest.raises(DatabaseError, match="decided once"), transaction.atomic():
        run("update treasury_monthpaper set decided_as = ''")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_approvals_close_a_month_once(committed_world):
    sell(committed_world, on=dt.date(2026, 3, 20))
    paper = prepare(committed_world)
    answers = all_at_once(8, lambda _: decide(committed_world, paper))
    assert answers == [None] * 8
    assert len(ledger.closings_of(unit_id=committed_world.nabire)) == 1


class TestPages:
    def test_from_the_treasurer_to_the_head_to_the_kanwil(self, march, person):
        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        page = siti.get(CLOSE)
        assert "Berikutnya: Maret 2026" in words(page)
        typed = {"key": key_in(page), "month": "2026-03", "note": ""}
        page = siti.post(f"{CLOSE}siapkan/", typed)
        assert (page.status_code, "Tulis mengapa tetap ditutup" in words(page)) == (422, True)
        page = siti.post(f"{CLOSE}siapkan/", {**typed, "note": NOTE}, follow=True)
        assert "Menunggu kepala: Maret 2026" in words(page)
        paper = MonthPaper.objects.get()
        assert siti.post(f"{CLOSE}{paper.pk}/putus/", {"setujui": "ya"}).status_code == 403

        rina = person("Rina", (Role.KEPALA_UPT, "nabire"))
        page = rina.post(f"{CLOSE}{paper.pk}/putus/", {"setujui": "ya"}, follow=True)
        assert "Buku ditutup sampai 31 Maret 2026." in words(page)
        sell(march, on=dt.date(2026, 3, 21))
        assert "21 Mar 2026" in words(rina.get(CLOSE))
        assert rina.get(f"{CLOSE}buka/").status_code == 403

        dewi = person("Dewi", (Role.KANWIL, "papua"))
        assert "tertutup" in words(dewi.get("/tutup-buku/"))
        typed = {"key": key_in(dewi.get(f"{CLOSE}buka/")), "month": "2026-03", "reason": " "}
        assert dewi.post(f"{CLOSE}buka/", typed).status_code == 422
        page = dewi.post(f"{CLOSE}buka/", {**typed, "reason": "Nota tertinggal"}, follow=True)
        assert "Nota tertinggal" in words(page)
        assert "dibuka lagi" in words(dewi.get("/tutup-buku/"))
        assert ledger.closed_through(unit_id=march.nabire) == dt.date(2026, 2, 28)

    @pytest.mark.parametrize(
        ("role", "place"), [(Role.KANWIL, "papua"), (Role.DITJENPAS, "centre")]
    )
    def test_who_watches_over_units_is_led_to_how_far_they_are(
        self, march, person, role, place, django_assert_max_num_queries
    ):
        dewi = person("Dewi", (role, place))
        assert 'href="/tutup-buku/"' in dewi.get("/buku/", follow=True).content.decode()
        with django_assert_max_num_queries(8):
            assert dewi.get("/tutup-buku/").status_code == 200
        mitra = person("Mira", (Role.MITRA, place))
        assert mitra.get("/tutup-buku/").status_code == 403

    def test_a_month_that_is_no_month_changes_nothing(self, march, person):
        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        typed = {"key": str(uuid7()), "month": "2026-13", "note": NOTE}
        assert siti.post(f"{CLOSE}siapkan/", typed).status_code == 422
        assert not MonthPaper.objects.exists()

    def test_a_unit_without_books_is_told_so(self, world, person):
        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        page = words(siti.get(CLOSE))
        assert "Belum ada bulan yang ditutup." in page
        assert "Belum ada koreksi susulan" in page

    def test_the_page_asks_little(self, march, person, django_assert_max_num_queries):
        siti = person("Siti", (Role.BENDAHARA, "nabire"))
        prepare(march)
        siti.get(CLOSE)
        with django_assert_max_num_queries(16):
            siti.get(CLOSE)
