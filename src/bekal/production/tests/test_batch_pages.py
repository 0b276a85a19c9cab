"""The pages of what was made: one screen to write it down, the list, a batch, corrections."""

import datetime as dt
import io
import re

import pytest
import python_calamine

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.people.tests.makers import MARKUS, rules, who_may_work
from bekal.production import actions, queries
from bekal.production.forms.batches import TILES
from bekal.production.models import Batch, BatchCorrection, NoProduction, StockMove
from bekal.production.rules import NewAssignment, NewWorkLimit
from bekal.production.tests.batches import DAY, makes
from bekal.production.tests.conftest import BANGLI, HERE
from bekal.production.tests.goods import a_workshop, level
from tests.support.paces import opened
from tests.support.world import NOON, TODAY, YOHANA, a_product

pytestmark = pytest.mark.django_db
LIST, NEW, NOTHING = f"{HERE}produksi/", f"{HERE}produksi/baru/", f"{HERE}produksi/tidak-ada/"


@pytest.fixture
def today():
    """The present day at Nabire."""
    return TODAY


@pytest.fixture
def weaving(world, today):
    """A workshop of Nabire, where nobody works longer than seven hours a day."""
    rules()
    then = NOON - 30 * DAY
    limit = NewWorkLimit(420, 2_100, "SK Kalapas 3/2026", today - 30 * DAY)
    actions.set_work_limit(unit_id=world.nabire, limit=limit, by=MARKUS, now=then)
    return a_workshop(world.nabire, now=then)


@pytest.fixture
def petrus(world, weaving, today):
    """A maker who has worked there for three weeks, six hours a day."""
    maker = who_may_work(world.nabire)
    new = NewAssignment(maker, weaving, today - 21 * DAY, None, 360, 5)
    actions.assign(unit_id=world.nabire, new=new, by=YOHANA, now=NOON)
    return maker


@pytest.fixture
def batch(world, weaving, petrus, today):
    """Twelve noken of yesterday."""
    shares = ((petrus, 300),)
    return makes(world.nabire, weaving, world.noken, made_on=today - DAY, shares=shares, now=NOON)


def typed(world, weaving, petrus, today, **changes):
    """What an officer types."""
    return {
        "key": str(uuid7()),
        "product": str(world.noken),
        "good": "1.2",
        "rejected": "1",
        "made_on": today.isoformat(),
        "workshop": str(weaving),
        "shares": [petrus],
        f"minutes_{petrus}": "240",
        "model": "own",
        "partner": "",
        "note": "",
        **changes,
    }


class TestWritingDown:
    def test_the_screen_begins_with_what_is_likely(self, yohana, world, petrus, today):
        page = yohana.get(NEW).content.decode()
        assert f'value="{petrus}" checked' in page
        assert "360 menit" in page
        assert f'value="{today.isoformat()}"' in page
        assert "Tidak ada produksi hari ini" in page

    def test_only_what_may_stay_blank_says_so(self, yohana, world, petrus):
        page = re.sub(r"<[^>]+>", "", yohana.get(NEW).content.decode())
        assert re.search(r"Produk\s*\n", page)
        for label in ("Produk", "Siapa yang mengerjakan", "Jadi", "Bengkel", "Model kerja"):
            assert f"{label} (boleh dikosongkan)" not in page
        assert "Catatan (boleh dikosongkan)" in page

    def test_one_of_the_list_below_the_tiles_is_enough(self, yohana, world, weaving, petrus, today):
        for number in range(TILES):
            a_product(world.nabire, f"Produk {number}", "kerajinan", price=5_000)
        *_, last = queries.makeable(unit_id=world.nabire)
        sent = typed(world, weaving, petrus, today, good="12", product="", other=str(last.id))
        assert yohana.post(NEW, sent).status_code == 302
        assert Batch.objects.get().product_id == last.id

    def test_what_is_typed_becomes_a_batch(self, yohana, world, weaving, petrus, today):
        sent = typed(world, weaving, petrus, today, good="12")
        answer = yohana.post(NEW, sent)
        made = Batch.objects.get()
        assert answer.url == f"{LIST}{made.pk}/?tersimpan=baru"
        assert (str(made.pk), made.good, made.rejected) == (sent["key"], 12, 1)
        assert list(made.shares.values_list("maker_id", "minutes")) == [(petrus, 240)]
        assert level(world.noken) == (12, 0)
        page = yohana.get(answer.url).content.decode()
        assert "Hasil produksi tersimpan. Nomor B-0001." in page
        assert "Catat lagi" in page
        yohana.post(NEW, sent)
        assert Batch.objects.count() == 1

    def test_a_mistake_keeps_what_was_typed(self, yohana, world, weaving, petrus, today):
        sent = typed(world, weaving, petrus, today, good="banyak", note="pesanan gereja")
        answer = yohana.post(NEW, sent)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Gagal: " in page
        assert "pesanan gereja" in page
        assert f'value="{sent["key"]}"' in page
        assert not Batch.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"product": ""}, "Pilih produknya."),
            ({"product": "999999"}, "Pilih produknya."),
            ({"shares": []}, "Pilih paling sedikit satu pembuat."),
            ({"shares": ["PB-0000-0000"]}, "tidak bertugas pada hari itu"),
            ({"workshop": ""}, "Pilih bengkelnya."),
            ({"model": "partner"}, "Isi nama mitra pemilik bahan."),
            ({"good": "0", "rejected": ""}, "Isi jumlah jadi, misalnya 12."),
            ({"made_on": "kemarin"}, "Tulis tanggal seperti 27/04/2026"),
        ],
    )
    def test_what_lacks_something_is_said_at_the_field(
        self, yohana, world, weaving, petrus, today, changes, words
    ):
        sent = typed(world, weaving, petrus, today, **{"good": "12", **changes})
        answer = yohana.post(NEW, sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not Batch.objects.exists()

    def test_more_minutes_than_the_unit_allows_are_refused(
        self, yohana, world, weaving, petrus, today
    ):
        sent = typed(world, weaving, petrus, today, good="12", **{f"minutes_{petrus}": "421"})
        answer = yohana.post(NEW, sent)
        assert answer.status_code == 422
        assert "batas unit ini 420 menit sehari" in answer.content.decode()
        assert not StockMove.objects.exists()

    def test_a_used_key_with_other_content_waits_for_a_person(
        self, yohana, world, weaving, petrus, today
    ):
        sent = typed(world, weaving, petrus, today, good="12")
        yohana.post(NEW, sent)
        answer = yohana.post(NEW, {**sent, "good": "13"})
        assert answer.status_code == 409
        assert MessageConflict.objects.get().door == "production.batch"
        assert level(world.noken) == (12, 0)
        desk = yohana.get(f"{HERE}kiriman-ganda/").content.decode()
        assert "Hasil produksi" in desk

    def test_yesterday_is_repeated_in_one_tap(self, yohana, world, batch, petrus, today):
        assert f"?ulangi={batch}" in yohana.get(NEW).content.decode()
        page = yohana.get(f"{NEW}?ulangi={batch}").content.decode()
        assert 'value="12"' in page
        assert 'value="300"' in page
        assert yohana.get(f"{NEW}?ulangi={uuid7()}").status_code == 404

    def test_whoever_may_not_write_is_refused(self, markus, world, batch):
        assert markus.get(NEW).status_code in {403, 404}
        assert markus.get(f"{LIST}{batch}/").status_code == 200

    def test_the_screen_says_what_is_missing(self, yohana, world):
        assert "Belum ada bengkel." in yohana.get(NEW).content.decode()


class TestNothing:
    def test_a_day_of_nothing_is_told_in_one_tap_and_taken_back(self, yohana, world, today):
        answer = yohana.post(NOTHING, {"day": today.isoformat(), "act": "tidak"})
        assert answer.url == f"{LIST}?tersimpan=tidak-ada"
        page = yohana.get(LIST).content.decode()
        assert "Hari ini tidak ada produksi." in page
        yohana.post(NOTHING, {"day": today.isoformat(), "act": "batal"})
        assert NoProduction.objects.get().withdrawn_at is not None
        assert "Hari ini belum dicatat." in yohana.get(LIST).content.decode()

    def test_not_of_a_day_with_a_batch(self, yohana, batch, today):
        answer = yohana.post(NOTHING, {"day": (today - DAY).isoformat(), "act": "tidak"})
        assert answer.status_code == 422
        assert "sudah ada hasil produksi" in answer.content.decode()
        assert not NoProduction.objects.exists()


class TestTheList:
    def test_it_is_narrowed_and_sorted(self, yohana, world, weaving, petrus, batch, today):
        makes(world.nabire, weaving, world.coffee, good=30, shares=((petrus, 60),), made_on=today,
              expires_on=today + 90 * DAY, now=NOON)  # fmt: skip
        page = yohana.get(LIST).content.decode()
        assert page.index("B-0002") < page.index("B-0001")
        assert page.index("B-0001") > yohana.get(f"{LIST}?urut=terlama").content.decode().index(
            "B-0001"
        )
        for asked, there, gone in (
            (f"dari={today}", "B-0002", "B-0001"),
            (f"sampai={today - DAY}", "B-0001", "B-0002"),
            ("model=service", "Tidak ada hasil yang cocok.", "B-0001"),
            (f"bengkel={weaving}&urut=paling+banyak", "B-0001", "Tidak ada hasil"),
            ("bengkel=999999999999999999999&dari=x&urut=y&model=z", "B-0001", "Tidak ada hasil"),
            ("produk=%00", "B-0001", "Tidak ada hasil"),
        ):
            page = yohana.get(f"{LIST}?{asked}").content.decode()
            assert there in page, asked
            assert gone not in page, asked

    def test_it_is_taken_along(self, yohana, batch):
        text = yohana.get(f"{LIST}unduh/").content.decode()
        assert "B-0001" in text
        assert "Noken kulit kayu" in text
        file = yohana.get(f"{LIST}unduh/?bentuk=xlsx").content
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file))
        rows = book.get_sheet_by_index(0).to_python()
        assert rows[1][0] == "B-0001"

    def test_it_is_empty_at_first(self, yohana, world):
        assert "Belum ada hasil produksi." in yohana.get(LIST).content.decode()

    @pytest.mark.parametrize(("path", "most"), [("", 15), ("baru/", 17), ("{batch}/", 15)])
    def test_pages_ask_the_database_little(
        self, yohana, batch, path, most, django_assert_max_num_queries
    ):
        yohana.get(LIST)
        with django_assert_max_num_queries(most):
            assert yohana.get(LIST + path.format(batch=batch)).status_code == 200


class TestABatch:
    def test_it_tells_whose_work_it_was_to_whom_may_know(self, yohana, person, batch, petrus):
        page = yohana.get(f"{LIST}{batch}/").content.decode()
        assert petrus in page
        assert "Hasil produksi" in page
        watcher = person("Rina", (Role.KANWIL, "papua"))
        seen = watcher.get(f"{LIST}{batch}/")
        assert seen.status_code == 200
        assert petrus not in seen.content.decode()
        assert "1 pembuat" in seen.content.decode()

    def test_a_correction_keeps_what_was_written(self, yohana, world, batch):
        sent = {"key": str(uuid7()), "good": "10", "rejected": "3", "reason": "retak"}
        answer = yohana.post(f"{LIST}{batch}/koreksi/", sent)
        assert answer.url == f"{LIST}{batch}/?tersimpan=koreksi"
        page = yohana.get(answer.url).content.decode()
        assert "Koreksi tersimpan." in page
        assert "retak" in page
        assert level(world.noken) == (10, 0)
        assert Batch.objects.get().good == 12

    def test_a_wrong_correction_is_said_at_the_field(self, yohana, world, batch):
        for changes, words in (
            ({"reason": ""}, "Isi alasan koreksi"),
            ({"good": "12", "rejected": "1"}, "sama dengan yang tercatat"),
            ({"good": "x"}, "angka"),
        ):
            sent = {"key": str(uuid7()), "good": "9", "rejected": "0", "reason": "retak", **changes}
            answer = yohana.post(f"{LIST}{batch}/koreksi/", sent)
            assert answer.status_code == 422
            assert words in answer.content.decode()
        assert not BatchCorrection.objects.exists()

    def test_that_of_another_unit_is_not_there(self, person, world, batch):
        wayan = person("Wayan", (Role.PETUGAS, "bangli"))
        assert wayan.get(f"{BANGLI}produksi/{batch}/").status_code == 404
        assert wayan.post(f"{BANGLI}produksi/{batch}/koreksi/", {}).status_code == 404


class TestTheDesk:
    def test_it_asks_for_the_day_until_something_was_told(
        self, yohana, world, weaving, petrus, today
    ):
        page = yohana.get(HERE).content.decode()
        assert "Catat hasil produksi" in page
        assert "Kira-kira 3 menit" in page
        makes(world.nabire, weaving, world.noken, made_on=today, shares=((petrus, 60),), now=NOON)
        assert "1 hasil" in yohana.get(HERE).content.decode()

    def test_it_asks_nothing_of_a_unit_without_work(self, yohana, world):
        assert "Catat hasil produksi" not in yohana.get(HERE).content.decode()

    def test_a_key_tells_when_its_form_was_opened(
        self, yohana, world, weaving, petrus, today, django_assert_max_num_queries
    ):
        for _ in range(5):
            key = opened(dt.timedelta(minutes=7, seconds=20), before=NOON)
            shares = ((petrus, 20),)
            makes(world.nabire, weaving, world.noken, key=key, made_on=today - DAY, shares=shares,
                  now=NOON)  # fmt: skip
        assert "Kira-kira 8 menit" in yohana.get(HERE).content.decode()
