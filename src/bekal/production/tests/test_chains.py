"""The chains across units, as whoever watches over them reads them."""

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.clock import Period
from bekal.production.queries import ChainSums, chain_links
from bekal.production.tests.goods import receive
from bekal.production.tests.test_costing import write
from bekal.production.tests.transfers import receives, sends, takes_back
from tests.support.pages import as_read
from tests.support.world import TODAY, a_product

pytestmark = pytest.mark.django_db
THIS_YEAR = Period(TODAY.replace(month=1, day=1), TODAY)


@pytest.fixture
def fibre(world):
    """Fibre of Lapas Nabire at Rp15.000 a bale, of which Bangli makes a net."""
    product = a_product(world.nabire, "Serat kelapa contoh", "kerajinan", cost=15_000)
    receive(product, 100)
    first = sends(world.nabire, world.bangli, product, 30)
    material = receives(world.bangli, first, 28, 700_000, remark="2 bal basah")
    net = a_product(world.bangli, "Coir net contoh", "kerajinan", price=100_000)
    write(world.bangli, net, pieces=1, materials=[(material, 5_000)], others=[])
    takes_back(world.nabire, sends(world.nabire, world.bangli, product, 10), 9)
    sends(world.nabire, world.bangli, product, 5)
    return product


def test_a_link_sums_what_went_arrived_was_lost_and_is_on_the_way(world, fibre):
    (link,) = chain_links(unit_ids=[world.bangli], period=THIS_YEAR)
    assert (link.unit_id, link.to_unit_id) == (world.nabire, world.bangli)
    assert (link.materials, link.makes) == ("Serat", "Coir net contoh")
    assert link.sums == ChainSums(
        transfers=3, sent=45, arrived=28, lost=3, on_the_way=5, value=675_000
    )


def test_only_the_units_and_days_that_are_asked_for_are_in_it(world, fibre):
    assert len(chain_links(unit_ids=[world.nabire], period=THIS_YEAR)) == 1
    assert chain_links(unit_ids=[world.merauke], period=THIS_YEAR) == []
    last_year = Period(TODAY.replace(year=2025, month=1, day=1), TODAY.replace(year=2025))
    assert chain_links(unit_ids=[world.nabire], period=last_year) == []


@pytest.mark.parametrize(
    ("role", "where", "sees"),
    [
        (Role.KANWIL, "papua", True),
        (Role.DITJENPAS, "centre", True),
        (Role.PETUGAS, "bangli", True),
        (Role.PETUGAS, "merauke", False),
    ],
)
def test_who_watches_over_one_of_the_units_reads_the_link(person, fibre, role, where, sees):
    page = as_read(person("Seseorang", (role, where)).get("/rantai/"))
    assert ("Serat kelapa contoh" in page) is sees
    assert ("untuk Coir net contoh" in page) is sees
    assert ("Belum ada transfer antarunit" in page) is not sees


def test_the_list_is_narrowed_by_words_year_and_kanwil_and_is_a_file(person, fibre):
    rina = person("Rina", (Role.DITJENPAS, "centre"))
    for asked, sees in (
        ("?cari=coir", True),
        ("?cari=bambu", False),
        ("?kanwil=kanwil-bali", True),
        ("?kanwil=tidak-ada", True),
        ("?tahun=1999", True),
        ("?tahun=2025", False),
        ("?tahun=dua&halaman=-1&cari=%00", False),
    ):
        assert ("untuk Coir net contoh" in as_read(rina.get(f"/rantai/{asked}"))) is sees, asked
    rows = rina.get("/rantai/unduh/").content.decode().splitlines()
    assert rows[1].endswith("Serat;Coir net contoh;3;45;28;3;5;675000")
    assert rina.get("/rantai/unduh/?bentuk=xlsx").content.startswith(b"PK")
    assert as_read(rina.get("/kerja/")).count("Rantai") == 1


def test_the_page_asks_the_database_little(person, fibre, django_assert_max_num_queries):
    rina = person("Rina", (Role.DITJENPAS, "centre"))
    rina.get("/rantai/")
    with django_assert_max_num_queries(9):
        rina.get("/rantai/")
