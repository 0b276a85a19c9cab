"""Units beside each other: who sees which, what they come to, targets, findings and files."""

import datetime as dt

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.places.queries import place_by_id
from bekal.treasury.actions import NewTarget, set_target
from bekal.treasury.models import Target
from bekal.treasury.queries import years_of
from bekal.treasury.rules import DepositRefused
from bekal.treasury.sources import addresses_of
from bekal.treasury.tests.deposits import deposits, sells
from tests.support import world as known

BANGLI = "/kerja/lapas-narkotika-kelas-iia-bangli/uang/pnbp/"
OLD = dt.date(2026, 3, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def trade(world):
    """Bangli owes for long and deposited a little; Nabire owes since today."""
    sells(world.bangli, world.endek, 2, sold_on=OLD)
    deposits(world.bangli, 30_000)
    sells(world.nabire, world.noken)
    aims(world.bangli, 60_000)
    return world


def aims(unit, amount, *, year=2026, **changes):
    given = {"key": uuid7(), "citation": "Perjanjian kinerja 2026 (uji)", **changes}
    target = NewTarget(unit_id=unit, year=year, amount=amount, **given)
    return set_target(target=target, by=known.WAYAN, now=known.NOON)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_centre_sees_every_unit_and_what_they_come_to(trade, person):
    dewi = person("Dewi", (Role.DITJENPAS, "centre"))
    page = text_of(dewi.get("/pnbp/"))
    assert "Lapas Kelas IIB Nabire" in page
    assert "Rp76.000" in page
    assert "Rp70.000" in page
    assert "2 dari 3 unit punya catatan PNBP; 1 punya target" in page
    assert page.index("Bangli</a>") < page.index("Nabire</a>")


def test_a_kanwil_sees_its_own_units_alone(trade, person):
    ketut = person("Ketut", (Role.KANWIL, "bali"))
    page = text_of(ketut.get("/pnbp/"))
    assert "Bangli" in page
    assert "Nabire" not in page
    found = text_of(ketut.get("/pnbp/temuan/"))
    assert "Rp70.000 belum disetor lebih dari 30 hari" in found
    file = b"".join(ketut.get("/pnbp/temuan/unduh/")).decode()
    assert "terlambat" in file


def test_the_list_is_narrowed_sorted_and_taken_along(trade, person):
    dewi = person("Dewi", (Role.DITJENPAS, "centre"))
    assert "Nabire</a>" not in text_of(dewi.get("/pnbp/?cari=bangli"))
    assert "Bangli</a>" not in text_of(dewi.get("/pnbp/?kanwil=kanwil-papua"))
    by_name = text_of(dewi.get("/pnbp/?urut=nama"))
    assert by_name.index("Nabire</a>") < by_name.index("Bangli</a>")
    file = b"".join(dewi.get("/pnbp/unduh/?tahun=2026")).decode()
    row = next(line for line in file.splitlines() if "bangli" in line)
    assert row.endswith("70000;0;0;70000;0;0;2026;30000;60000\r") or ";2026;30000;60000" in row


def test_findings_of_a_unit_lead_down_to_where_they_come_from(trade, person):
    ratna = person("Ratna", (Role.BENDAHARA, "bangli"))
    page = text_of(ratna.get(f"{BANGLI}temuan/"))
    assert "penjualan tertua 1 Maret 2026, 57 hari" in page
    assert f"{BANGLI}terutang/" in page
    assert "/uang/pnbp/" in page
    clean = text_of(ratna.get(f"{BANGLI}temuan/?pola=tanpa-dasar"))
    assert "Tidak ada temuan." in clean
    assert "kurang-pungut" not in b"".join(ratna.get(f"{BANGLI}temuan/unduh/")).decode()


def test_a_target_is_set_by_the_head_with_its_document(trade, person):
    komang = person("Komang", (Role.KEPALA_UPT, "bangli"))
    typed = {"key": str(uuid7()), "year": "2026", "amount": "90.000", "citation": ""}
    assert komang.post(f"{BANGLI}target/catat/", typed).status_code == 422
    typed["citation"] = "Perubahan target (uji)"
    page = text_of(komang.post(f"{BANGLI}target/catat/", typed, follow=True))
    assert "Target tersimpan." in page
    assert "Rp90.000" in page
    assert "Perjanjian kinerja 2026 (uji)" in page
    assert years_of(unit_ids=[trade.bangli], year=2026)[trade.bangli].percent == 33


def test_a_target_is_set_once_for_a_key_and_a_year_that_can_be(world):
    key = uuid7()
    for _ in range(2):
        aims(world.bangli, 60_000, key=key)
    assert Target.objects.count() == 1
    for wrong in ({"year": 2019}, {"year": 2040}, {"citation": " "}):
        with pytest.raises(DepositRefused):
            aims(world.bangli, 60_000, **wrong)
    assert Target.objects.count() == 1


def test_realised_is_what_was_paid_in_the_year(world):
    sells(world.bangli, world.endek, 2, sold_on=OLD)
    deposits(world.bangli, 30_000, paid_on=dt.date(2026, 1, 2))
    deposits(world.bangli, 20_000, number=2, paid_on=dt.date(2025, 12, 31))
    this, last = (years_of(unit_ids=[world.bangli], year=y)[world.bangli] for y in (2026, 2025))
    assert (this.deposited, last.deposited) == (30_000, 20_000)
    assert this.percent is None


def test_who_is_no_head_sets_no_target(trade, person):
    ratna = person("Ratna", (Role.BENDAHARA, "bangli"))
    assert "Catat target" not in text_of(ratna.get(f"{BANGLI}target/"))
    assert ratna.post(f"{BANGLI}target/catat/", {}).status_code == 403


@pytest.mark.parametrize(
    ("address", "most"),
    [("/pnbp/", 7), ("/pnbp/temuan/", 15), (f"{BANGLI}temuan/", 16), (f"{BANGLI}target/", 9)],
)
def test_the_pages_ask_little(trade, person, django_assert_max_num_queries, address, most):
    dewi = person("Dewi", (Role.DITJENPAS, "centre"))
    dewi.get(address)
    with django_assert_max_num_queries(most):
        dewi.get(address)


def test_what_was_set_off_and_lifted_leads_from_the_books_to_the_units_pnbp(world):
    bangli = place_by_id(place_id=world.bangli, on=known.TODAY)
    assert bangli is not None
    found = addresses_of(["setoff:1", f"pnbplift:{world.bangli}", "belanja:1"], bangli)
    assert found == {"setoff:1": BANGLI, f"pnbplift:{world.bangli}": BANGLI}
