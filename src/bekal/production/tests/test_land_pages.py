"""The pages of a unit's land, as an officer uses them."""

import re

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.people.tests.makers import rules, who_may_work
from bekal.production.models import Batch, Harvest, Planting
from bekal.production.rules.land import Fate
from bekal.production.tests.conftest import HERE
from bekal.production.tests.goods import a_workshop, level
from bekal.production.tests.land import a_plot, done, harvests, planted
from bekal.production.tests.work import limits, works
from tests.support.pages import words
from tests.support.world import YESTERDAY, a_product

pytestmark = pytest.mark.django_db
PAGE = f"{HERE}lahan/"


def text(answer):
    return answer.content.decode()


@pytest.fixture
def garden(world):
    """Four hundred square metres of Nabire."""
    return a_plot(world.nabire)


@pytest.fixture
def chillies(world, garden):
    """Planted ninety days ago, to be harvested from today on."""
    return planted(world.nabire, garden)


def typed(**changes):
    sent = {
        "key": str(uuid7()),
        "harvested_on": "2026-04-27",
        "quantity": "12,5",
        "weighed": "gram",
        "fate": "kitchen",
        "recipient": "",
        "note": "",
    }
    return {**sent, **changes}


def test_a_plot_is_written_down_planted_and_harvested(yohana, world):
    sent = {"name": "Kolam 2", "kind": "pond", "area": "60"}
    page = text(yohana.post(f"{PAGE}baru/", sent, follow=True))
    assert "Lahan ini menganggur sejak 27 April 2026." in page
    assert yohana.post(f"{PAGE}baru/", sent).status_code == 422
    way = re.search(r"/lahan/(\d+)/tanam/", page)
    assert way
    lele = {
        "key": str(uuid7()),
        "crop": "Lele",
        "planted_on": "2026-04-27",
        "harvest_from": "2026-07-01",
        "harvest_until": "2026-07-31",
    }
    for _ in range(2):
        yohana.post(f"{PAGE}{way[1]}/tanam/", lele)
    assert Planting.objects.count() == 1
    assert "Lele 60 m2" not in words(yohana.get(PAGE))
    assert "Kolam 2 Kolam ikan 60 m2 Lele" in words(yohana.get(PAGE))
    wrong = yohana.post(f"{PAGE}{way[1]}/tanam/", {**lele, "key": "", "harvest_from": "2026-01-01"})
    assert wrong.status_code == 422
    assert "Panen sesudah hari tanam" in text(wrong)


def test_what_the_kitchen_uses_is_harvested_once_and_no_stock(yohana, chillies):
    way = f"{PAGE}tanaman/{chillies}/panen/"
    sent = typed()
    yohana.post(way, sent)
    page = words(yohana.post(way, sent, follow=True))
    assert "Panen tersimpan." in page
    assert "12,5 kg 0,031 kg/m2" in page
    assert Harvest.objects.count() == 1
    assert "Dipakai dapur unit 12,5 kg" in words(yohana.get(f"{PAGE}panen/"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"fate": "donated"}, "Isi lembaga yang menerima"),
        ({"fate": "sold"}, "Pilih produknya"),
        ({"weighed": "piece"}, "harus bulat"),
        ({"quantity": ""}, "Isi hasil panennya"),
        ({"harvested_on": "2026-04-28"}, "Isi hari panennya"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(yohana, chillies, changes, sentence):
    answer = yohana.post(f"{PAGE}tanaman/{chillies}/panen/", typed(**changes))
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Harvest.objects.exists()


def test_what_is_sold_becomes_a_batch_with_the_minutes_of_makers(yohana, world, chillies):
    unit = world.nabire
    rules()
    limits(unit)
    field = a_workshop(unit, name="Kebun")
    maker = who_may_work(unit)
    works(maker, unit, field)
    product = a_product(unit, "Cabai 1 kg", "kerajinan", price=30_000)
    sent = typed(
        fate="sold",
        product=str(product),
        good="12",
        workshop=str(field),
        expires_on="",
        **{f"minutes_{maker}": "120"},
    )
    way = f"{PAGE}tanaman/{chillies}/panen/"
    assert maker in text(yohana.get(way))
    nobody = yohana.post(way, {**sent, f"minutes_{maker}": ""})
    assert "paling sedikit satu pembuat" in text(nobody)
    for _ in range(2):
        assert yohana.post(way, sent).status_code == 302
    assert level(product) == (12, 0)
    assert Batch.objects.get().good == 12


def test_what_is_done_leaves_the_plot_idle(yohana, world, chillies):
    way = f"{PAGE}tanaman/{chillies}/selesai/"
    assert yohana.post(way, {"last": "", "reason": ""}).status_code == 422
    yohana.post(way, {"last": "2026-04-26", "reason": "Gagal karena banjir"})
    assert "menganggur sejak 26 April 2026" in text(yohana.get(f"{PAGE}{_plot(chillies)}/"))
    page = text(yohana.get(PAGE, {"keadaan": "menganggur"}))
    assert "Kebun belakang" in page


def _plot(planting):
    return Planting.objects.get(pk=planting).plot_id


def test_due_harvests_and_idle_plots_stand_on_the_desk(yohana, world, chillies):
    a_plot(world.nabire, "Kandang", area=20)
    desk = text(yohana.get(HERE))
    assert "Panen jatuh tempo di 1 lahan" in desk
    assert "lahan/?keadaan=jatuh-tempo" in desk
    assert "Tanami 1 lahan yang menganggur" in desk


def test_lists_are_narrowed_and_downloaded(yohana, world, chillies):
    harvests(world.nabire, chillies)
    harvests(world.nabire, chillies, fate=Fate.DONATED, recipient="Panti Asuhan")
    page = words(yohana.get(f"{PAGE}panen/", {"untuk": "disumbangkan"}))
    assert "Panti Asuhan" in page
    assert "Dipakai dapur unit 12,5 kg" not in page
    assert "Tidak ada panen seperti itu." in text(yohana.get(f"{PAGE}panen/", {"untuk": "dijual"}))
    assert text(yohana.get(f"{PAGE}panen/unduh/", {"untuk": "dapur"})).splitlines()[1] == (
        "2026-04-27;Cabai rawit;Kebun belakang;12,5;kg;Dipakai dapur unit;;;"
    )
    line = text(yohana.get(f"{PAGE}unduh/")).splitlines()[1]
    assert line == "Kebun belakang;Kebun atau sawah;400;Cabai rawit;ditanami;;25"
    assert yohana.get(PAGE, {"keadaan": "x"}).status_code == 200


def test_who_only_looks_and_other_units(person, yohana, world, chillies):
    theirs = a_plot(world.bangli)
    growing = planted(world.bangli, theirs)
    for way in (f"{theirs}/", f"{theirs}/tanam/", f"tanaman/{growing}/panen/"):
        assert yohana.get(f"{PAGE}{way}").status_code == 404
    rani = person("Rani", (Role.AUDITOR, "papua"))
    assert "Catat tanaman" not in text(rani.get(f"{PAGE}{_plot(chillies)}/"))
    assert rani.get(f"{PAGE}tanaman/{chillies}/panen/").status_code == 403


def test_the_pages_ask_the_database_little(yohana, world, chillies, django_assert_max_num_queries):
    for number in range(5):
        plot = a_plot(world.nabire, f"Petak {number}")
        done(world.nabire, planted(world.nabire, plot), last=YESTERDAY)
        harvests(world.nabire, chillies, 1_000 * (number + 1))
    plot = _plot(chillies)
    ways = (
        ("", 10),
        (f"{plot}/", 11),
        (f"{plot}/tanam/", 9),
        ("panen/", 11),
        ("panen/unduh/", 8),
        (f"tanaman/{chillies}/panen/", 13),
    )
    for way, most in ways:
        with django_assert_max_num_queries(most):
            assert yohana.get(f"{PAGE}{way}").status_code == 200
