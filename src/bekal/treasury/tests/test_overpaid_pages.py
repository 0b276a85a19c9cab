"""The pages of premi that was paid too much: proposed on paper, decided by another, taken along."""

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.ledger.rules import AccountKind
from bekal.people.tests.makers import goes_home
from bekal.treasury.models import PremiClearing, PremiEarning
from bekal.treasury.tests.test_files import as_csv, as_xlsx
from bekal.treasury.tests.test_fund import key_in
from bekal.treasury.tests.test_overpaid import overpays, propose, settled
from bekal.treasury.tests.test_premi_pages import PREMI
from tests.support.pages import words

LIST = f"{PREMI}kelebihan/"
DESK = "/kerja/lapas-kelas-iib-nabire/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def anton(world, batches, makers):
    """Who went home and was paid Rp3.000 too much by Nabire."""
    code, _ = overpays(world, batches, makers)
    goes_home(code, world.nabire)
    return code


@pytest.fixture
def yohana(world, person):
    return person("Yohana", (Role.PETUGAS, "nabire"))


def proposal(anton):
    return f"{PREMI}pembuat/{anton}/kelebihan/"


def typed(page, **given):
    wish = {"way": "capital", "amount": "3.000", "paper": "BA-9/2026", "reason": "Tidak ditemukan"}
    return {"key": key_in(page), **wish, **given}


def test_from_the_officer_to_the_head_to_the_books(anton, yohana, person):
    assert "Selesaikan kelebihan premi 1 pembuat" in words(yohana.get(DESK))
    assert "Dibayar lebih Rp3.000" in words(yohana.get(LIST))
    assert "Selesaikan kelebihan" in words(yohana.get(f"{PREMI}pembuat/{anton}/"))
    page = yohana.get(proposal(anton))
    assert "Bekal tidak memuat aturan tentangnya." in words(page)
    page = yohana.post(proposal(anton), typed(page), follow=True)
    assert "Usul dikirim kepada kepala." in words(page)
    assert "Selesaikan kelebihan premi" not in words(yohana.get(DESK))
    one = f"{LIST}{PremiClearing.objects.get().pk}/"
    assert yohana.post(f"{one}putus/", {"setujui": "ya"}).status_code == 403

    rina = person("Rina", (Role.KEPALA_UPT, "nabire"))
    assert "Putuskan 1 kelebihan premi" in words(rina.get(DESK))
    assert rina.get(proposal(anton)).status_code == 403
    page = rina.get(one)
    assert "dasarnya keputusan unit" in words(page)
    answer = rina.post(f"{one}putus/", {"key": key_in(page), "tolak": "ya", "why": " "})
    assert (answer.status_code, "Tulis mengapa ditolak." in words(answer)) == (422, True)
    assert PremiClearing.objects.get().decided_as == ""
    sent = {"key": key_in(answer), "setujui": "ya"}
    page = rina.post(f"{one}putus/", sent, follow=True)
    assert "Usul disetujui dan dibukukan." in words(page)
    assert "Disetujui 27 April 2026 oleh Rina (Kepala UPT)." in words(page)
    assert rina.post(f"{one}putus/", sent, follow=True).status_code == 200
    assert "Putuskan" not in words(rina.get(DESK))
    yohana = person("Yohana", (Role.PETUGAS, "nabire"))
    assert "Dibayar lebih" not in words(yohana.get(LIST))
    maker = words(yohana.get(f"{PREMI}pembuat/{anton}/"))
    assert "Kelebihan bayar diselesaikan" in maker
    assert "Selesaikan kelebihan" not in maker


def test_an_amount_says_that_it_was_settled_and_where(anton, world, yohana):
    clearing = settled(world.nabire, anton)
    earning = PremiEarning.objects.get(allocation_id=clearing)
    page = yohana.get(f"{PREMI}mengapa/{earning.pk}/")
    assert "tidak lagi dipotong" in words(page)
    assert f"{LIST}{clearing}/" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"way": ""}, "Pilih caranya."),
        ({"way": "qris"}, "Pilih caranya."),
        ({"amount": "3.001"}, "Kelebihan yang belum diselesaikan hanya Rp3.000."),
        ({"amount": "tiga"}, "angka"),
        ({"way": "operating"}, "Operasional hanya berisi Rp0."),
        ({"paper": "  "}, "Isi nomor berita acara atau suratnya."),
        ({"reason": " "}, "Tulis mengapa tidak ditagih lagi."),
        ({"key": "x"}, "Muat ulang"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_kept(anton, yohana, wrong, told):
    answer = yohana.post(proposal(anton), typed(yohana.get(proposal(anton)), **wrong))
    assert (answer.status_code, told in words(answer)) == (422, True)
    assert f'value="{wrong.get("amount", "3.000")}"' in answer.content.decode()
    assert not PremiClearing.objects.exists()


def test_a_key_that_was_used_otherwise_is_kept_for_a_person(anton, yohana):
    sent = typed(yohana.get(proposal(anton)))
    yohana.post(proposal(anton), sent)
    answer = yohana.post(proposal(anton), {**sent, "amount": "1.000"})
    assert answer.status_code == 409
    assert key_in(answer) != sent["key"]
    assert PremiClearing.objects.get().amount == 3_000
    told = words(yohana.get(f"{DESK}kiriman-ganda/"))
    assert "Usul penyelesaian kelebihan premi" in told


def test_whoever_proposed_is_offered_no_decision(anton, person):
    siti = person("Siti", (Role.BENDAHARA, "nabire"), (Role.KEPALA_UPT, "nabire"))
    page = siti.post(proposal(anton), typed(siti.get(proposal(anton))), follow=True)
    assert "Anda yang mengusulkan; orang lain yang memutuskan." in words(page)
    one = f"{LIST}{PremiClearing.objects.get().pk}/putus/"
    answer = siti.post(one, {"key": str(uuid7()), "setujui": "ya"})
    assert (answer.status_code, "orang lain" in words(answer)) == (422, True)
    assert PremiClearing.objects.get().decided_as == ""


def test_who_is_paid_rightly_has_nothing_to_settle(world, makers, yohana):
    goes_home(makers[0], world.nabire)
    page = words(yohana.get(LIST))
    assert "Belum ada kelebihan yang diselesaikan." in page
    assert "Belum diselesaikan" not in page


def test_what_waits_for_the_head_is_not_offered_again(anton, world, yohana):
    propose(world.nabire, anton, 1_200)
    begun = yohana.get(proposal(anton))
    assert 'value="1.800"' in begun.content.decode()
    assert "Rp1.200 di antaranya menunggu kepala" in words(begun)
    assert "Usulkan" in words(yohana.get(LIST))
    propose(world.nabire, anton, 1_800, paper="BA-11/2026")
    assert "Usulkan" not in words(yohana.get(LIST))
    assert 'value="0"' not in yohana.get(proposal(anton)).content.decode()


def test_the_list_is_narrowed_and_taken_along(anton, world, yohana):
    settled(world.nabire, anton, 1_000)
    propose(world.nabire, anton, 500, way=AccountKind.BANK, paper="BA-10/2026")
    page = words(yohana.get(LIST, {"keadaan": "menunggu"}))
    assert "Dikembalikan lewat rekening" in page
    assert "BA-9/2026 (uji)" not in page
    assert "Tidak ada usul yang cocok." in words(yohana.get(LIST, {"keadaan": "ditolak"}))
    lines = as_csv(yohana.get(f"{LIST}unduh/"))
    assert [row[3] for row in lines[1:]] == ["500", "1000"]
    sheet = as_xlsx(yohana.get(f"{LIST}unduh/?bentuk=xlsx"))
    assert [row[: len(lines[0])] for row in sheet] == lines


def test_another_units_clearing_is_not_there(anton, world, person):
    clearing = propose(world.nabire, anton)
    ratna = person("Ratna", (Role.BENDAHARA, "bangli"))
    there = LIST.replace("lapas-kelas-iib-nabire", "lapas-narkotika-kelas-iia-bangli")
    assert ratna.get(f"{there}{clearing}/").status_code == 404
    assert ratna.get(f"{LIST}{clearing}/").status_code == 404


def test_the_pages_ask_little(anton, world, yohana, django_assert_max_num_queries):
    clearing = propose(world.nabire, anton, 1_000)
    settled(world.nabire, anton, 500)
    for address in (LIST, f"{LIST}{clearing}/", proposal(anton)):
        yohana.get(address)
        with django_assert_max_num_queries(12):
            yohana.get(address)
