"""The pages of workshops, hours and pauses."""

import datetime as dt
import re

import pytest

from bekal.accounts.rules import Role
from bekal.catalogue.models import Product
from bekal.foundation.ids import uuid7
from bekal.production import actions, queries
from bekal.production.models import Capacity, CapacityDay, Pause, Work, Workshop
from bekal.production.tests.conftest import BANGLI, HERE
from bekal.production.tests.goods import a_workshop, made_in
from tests.support.pages import words
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = pytest.mark.django_db
HOURS = f"{HERE}kapasitas/"
PAUSE = f"{HERE}jeda/"
SENTENCE = "Bengkel tutup sementara karena kegiatan unit."


def text(answer):
    return answer.content.decode()


@pytest.fixture
def workshop(world):
    """Weavers at Nabire, who have promised one noken for Tuesday."""
    workshop = a_workshop(world.nabire)
    made_in(workshop, world.noken)
    actions.promise_work(
        group=uuid7(), product_id=world.noken, pieces=1, from_day=TODAY, by=YOHANA, now=NOON
    )
    return workshop


class TestHours:
    def test_a_unit_without_workshops_is_told_why_it_may_want_one(self, yohana):
        page = words(yohana.get(HOURS))
        assert "Belum ada bengkel." in page
        assert "supaya pembeli bisa memesan barang yang belum jadi" in page

    def test_a_workshop_is_opened_once(self, yohana, world):
        sent = {"name": "Bengkel jahit", "kind": "menjahit", "minutes": "1.440", "days_a_week": "6"}
        answer = yohana.post(f"{HOURS}baru/", sent)
        assert answer.status_code == 302
        page = words(yohana.get(answer["Location"]))
        assert "1.440 menit sehari, Senin sampai Sabtu" in page
        again = yohana.post(f"{HOURS}baru/", sent)
        assert again.status_code == 422
        assert "sudah ada" in words(again)
        assert Workshop.objects.count() == 1

    def test_the_days_ahead_tell_what_is_promised(self, yohana, workshop):
        page = words(yohana.get(f"{HOURS}{workshop}/"))
        assert re.search(r"Sel, 28 Apr 2026 480 120 360", page)
        assert re.search(r"Sab, 2 Mei 2026 libur", page)
        overview = words(yohana.get(HOURS))
        assert "120 dari 10.560 menit sudah dijanjikan" in overview
        assert "Dibuat sesuai pesanan: Noken kulit kayu" in overview

    def test_the_working_time_changes_from_a_day_on(self, yohana, workshop):
        sent = {"minutes": "240", "days_a_week": "5", "valid_from": "2026-05-04"}
        assert yohana.post(f"{HOURS}{workshop}/waktu/", sent).status_code == 302
        assert Capacity.objects.count() == 2
        past = {**sent, "valid_from": "2026-04-01"}
        answer = yohana.post(f"{HOURS}{workshop}/waktu/", past)
        assert answer.status_code == 422
        assert "Hari itu sudah lewat." in words(answer)
        assert "Mulai 4 Mei 2026: 240 menit" in words(yohana.get(f"{HOURS}{workshop}/"))

    def test_one_day_is_set_by_itself_and_follows_the_week_again(self, yohana, workshop):
        holiday = {"day": "2026-05-01", "minutes": "0"}
        assert yohana.post(f"{HOURS}{workshop}/hari/", holiday).status_code == 302
        assert re.search(
            r"Jum, 1 Mei 2026 diatur sendiri libur", words(yohana.get(f"{HOURS}{workshop}/"))
        )
        usual = {**holiday, "minutes": ""}
        assert yohana.post(f"{HOURS}{workshop}/hari/", usual).status_code == 302
        assert CapacityDay.objects.get(day="2026-05-01").minutes == 480
        promised = {"day": "2026-04-28", "minutes": "60"}
        answer = yohana.post(f"{HOURS}{workshop}/hari/", promised)
        assert answer.status_code == 422
        assert "sudah dijanjikan 120 menit" in words(answer)

    def test_a_product_is_made_to_order_and_no_longer(self, yohana, world, workshop):
        address = f"{HOURS}{workshop}/produk/"
        sent = {"product": str(world.coffee), "minutes_a_piece": "30", "days_ahead": "1"}
        assert yohana.post(address, sent).status_code == 302
        assert Work.objects.get(pk=world.coffee).minutes_a_piece == 30
        code = Product.objects.get(pk=world.coffee).code
        assert 'value="30"' in text(yohana.get(address, {"barang": code}))
        for wrong in ({"product": str(world.endek)}, {"minutes_a_piece": "0"}, {"days_ahead": "x"}):
            assert yohana.post(address, {**sent, **wrong}).status_code == 422
        for _ in range(2):
            assert yohana.post(f"{HOURS}berhenti/{code}/").status_code == 302
        assert not Work.objects.filter(pk=world.coffee).exists()

    def test_who_only_looks_changes_nothing(self, person, workshop):
        rani = person("Rani", (Role.AUDITOR, "papua"))
        page = text(rani.get(f"{HOURS}{workshop}/"))
        assert "Ubah waktu kerja" not in page
        assert "Berhenti" not in page
        assert "Tambah bengkel" not in text(rani.get(HOURS))
        for way in ("baru/", f"{workshop}/waktu/", f"{workshop}/hari/", f"{workshop}/produk/"):
            assert rani.get(HOURS + way).status_code == 403

    def test_another_units_workshop_is_not_found(self, yohana, world, workshop):
        theirs = a_workshop(world.bangli, name="Tenun")
        for way in ("", "waktu/", "hari/", "produk/"):
            assert yohana.get(f"{HOURS}{theirs}/{way}").status_code == 404
        assert yohana.get(f"{BANGLI}kapasitas/").status_code == 404

    def test_pages_ask_the_database_little(self, yohana, workshop, django_assert_num_queries):
        yohana.get(HOURS)
        for page, count in (
            ("", 9),
            (f"{workshop}/", 9),
            (f"{workshop}/waktu/", 5),
            (f"{workshop}/produk/", 7),
        ):
            with django_assert_num_queries(count):
                yohana.get(HOURS + page)


class TestPausing:
    def test_the_head_lets_the_unit_take_no_orders_and_orders_again(self, markus, world):
        assert "Mulai jeda" in words(markus.get(PAUSE))
        sent = {"sentence": SENTENCE, "day": "2026-04-30", "hour": "08:00"}
        answer, again = markus.post(PAUSE, sent), markus.post(PAUSE, sent)
        assert (answer.status_code, again.status_code) == (302, 302)
        page = words(markus.get(answer["Location"]))
        assert "Pesanan sedang dijeda" in page
        assert SENTENCE in page
        assert "30 April 2026 pukul 08.00 WIT" in page
        assert Pause.objects.count() == 1
        assert queries.pauses(unit_ids=[world.nabire], now=NOON) == {world.nabire: SENTENCE}
        answer = markus.post(f"{PAUSE}buka/")
        page = words(markus.get(answer["Location"]))
        assert "Pesanan dibuka lagi." in page
        assert "Jeda sebelumnya" in page
        assert queries.pauses(unit_ids=[world.nabire], now=NOON) == {}

    def test_a_pause_without_an_end_lasts_until_it_is_ended(self, markus, world):
        markus.post(PAUSE, {"sentence": SENTENCE})
        page = words(markus.get(PAUSE))
        assert "dibuka lagi di halaman ini" in page
        later = NOON + dt.timedelta(days=99)
        assert queries.pauses(unit_ids=[world.nabire], now=later)

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"sentence": " "}, "Isi kalimat yang dibaca pembeli."),
            ({"sentence": "x" * 161}, "Paling panjang 160 huruf"),
            ({"day": "2026-04-01"}, "Jeda berakhir sesudah sekarang."),
            ({"day": "kapan-kapan"}, "Tulis tanggal seperti"),
            ({"hour": "pagi"}, "Tulis jam seperti 08.00."),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, markus, changes, sentence):
        sent = {"sentence": SENTENCE, "day": "2026-04-30", "hour": "08:00", **changes}
        answer = markus.post(PAUSE, sent)
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert not Pause.objects.exists()

    def test_an_officer_pauses_nothing(self, yohana):
        assert yohana.get(PAUSE).status_code == 403
        assert yohana.post(f"{PAUSE}buka/").status_code == 403

    def test_the_page_asks_the_database_little(self, markus, django_assert_num_queries):
        markus.post(PAUSE, {"sentence": SENTENCE})
        with django_assert_num_queries(6):
            markus.get(PAUSE)
