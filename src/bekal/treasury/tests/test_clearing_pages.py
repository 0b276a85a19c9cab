"""The pages of settling a difference: proposed on paper, decided by another, taken along."""

import re
from io import BytesIO

import pytest
import python_calamine

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.ledger.models import Entry
from bekal.ledger.rules import AccountKind
from bekal.treasury.models import CashClearing
from bekal.treasury.rules.clearing import Way
from bekal.treasury.tests.test_cash import count, held, sell
from bekal.treasury.tests.test_clearing import over, propose, settled, short
from tests.support.pages import words

CASH = "/kerja/lapas-kelas-iib-nabire/uang/kas/"
LIST = f"{CASH}selisih/"
PROPOSE = f"{LIST}usul/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def yohana(world, person):
    return person("Yohana", (Role.PETUGAS, "nabire"))


def key_in(page):
    return re.findall(r'name="key" value="([^"]+)"', page.content.decode())[0]


def typed(page, **given):
    wish = {"way": "replaced", "amount": "10.000", "paper": "BA-7/2026"}
    return {"key": key_in(page), **wish, **given}


def test_from_the_officer_to_the_head_to_the_books(yohana, world, person):
    sell(world)
    short(world.nabire)
    assert "Selesaikan selisih kas" in words(yohana.get(CASH))
    assert "Usulkan penyelesaian" in words(yohana.get(LIST))
    page = yohana.get(PROPOSE)
    assert "-Rp10.000" in words(page) or "−Rp10.000" in words(page)
    assert "Dibebankan ke dana penunjang" in words(page)
    assert "Ditambahkan" not in words(page)
    page = yohana.post(PROPOSE, typed(page), follow=True)
    assert "Usul dikirim kepada kepala." in words(page)
    one = f"{LIST}{CashClearing.objects.get().pk}/"
    assert yohana.post(f"{one}putus/", {"setujui": "ya"}).status_code == 403

    rina = person("Rina", (Role.KEPALA_UPT, "nabire"))
    assert "Putuskan 1 selisih kas" in words(rina.get("/kerja/lapas-kelas-iib-nabire/"))
    page = rina.get(one)
    answer = rina.post(f"{one}putus/", {"key": key_in(page), "tolak": "ya", "why": " "})
    assert (answer.status_code, "Tulis mengapa ditolak." in words(answer)) == (422, True)
    assert CashClearing.objects.get().decided_as == ""
    sent = {"key": key_in(answer), "setujui": "ya"}
    page = rina.post(f"{one}putus/", sent, follow=True)
    assert "Usul disetujui dan dibukukan." in words(page)
    assert "Disetujui 27 April 2026 oleh Rina (Kepala UPT)." in words(page)
    again = rina.post(f"{one}putus/", sent, follow=True)
    assert again.status_code == 200
    assert held(world.nabire, AccountKind.CASH_DIFFERENCE) == 0
    assert "Putuskan" not in words(rina.get("/kerja/lapas-kelas-iib-nabire/"))
    assert "sudah diselesaikan" in words(rina.get(CASH))


def test_the_treasurer_proposes_too_and_the_head_does_not(world, person):
    sell(world)
    over(world.nabire)
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    page = siti.get(PROPOSE)
    assert "Dikembalikan tunai kepada yang berhak" in words(page)
    answer = siti.post(PROPOSE, typed(page, way="added"), follow=True)
    assert "Anda yang mengusulkan" not in words(answer)
    rina = person("Rina", (Role.KEPALA_UPT, "nabire"))
    assert rina.get(PROPOSE).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"way": ""}, "Pilih caranya."),
        ({"way": "pnbp"}, "Pilih caranya."),
        ({"way": "added"}, "Tidak ada kas yang lebih untuk diselesaikan."),
        ({"amount": "10.001"}, "Selisih yang belum diselesaikan hanya Rp10.000."),
        ({"amount": "sepuluh"}, "angka"),
        ({"paper": "  "}, "Isi nomor berita acara atau suratnya."),
        ({"paper": "x" * 121}, "Paling panjang 120 huruf."),
        ({"key": "x"}, "Muat ulang"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_kept(yohana, world, wrong, told):
    sell(world)
    short(world.nabire)
    answer = yohana.post(PROPOSE, typed(yohana.get(PROPOSE), **wrong))
    assert (answer.status_code, told in words(answer)) == (422, True)
    assert f'value="{wrong.get("amount", "10.000")}"' in answer.content.decode()
    assert not CashClearing.objects.exists()


def test_a_key_that_was_used_otherwise_is_kept_for_a_person(yohana, world):
    sell(world)
    short(world.nabire)
    sent = typed(yohana.get(PROPOSE))
    yohana.post(PROPOSE, sent)
    answer = yohana.post(PROPOSE, {**sent, "amount": "9.000"})
    assert answer.status_code == 409
    assert key_in(answer) != sent["key"]
    assert CashClearing.objects.get().amount == 10_000
    told = words(yohana.get("/kerja/lapas-kelas-iib-nabire/kiriman-ganda/"))
    assert "Usul penyelesaian selisih kas" in told
    assert "Diganti tunai" in told


def test_whoever_proposed_is_offered_no_decision(world, person):
    sell(world)
    short(world.nabire)
    siti = person("Siti", (Role.BENDAHARA, "nabire"), (Role.KEPALA_UPT, "nabire"))
    page = siti.post(PROPOSE, typed(siti.get(PROPOSE)), follow=True)
    assert "Anda yang mengusulkan; orang lain yang memutuskan." in words(page)
    one = f"{LIST}{CashClearing.objects.get().pk}/putus/"
    answer = siti.post(one, {"key": str(uuid7()), "setujui": "ya"})
    assert (answer.status_code, "orang lain" in words(answer)) == (422, True)
    assert CashClearing.objects.get().decided_as == ""


@pytest.mark.unconfirmed
def test_the_head_gives_a_code_again_before_money_moves(world, person):
    sell(world)
    short(world.nabire)
    clearing = propose(world.nabire)
    rina = person("Rina", (Role.KEPALA_UPT, "nabire"))
    page = rina.get(f"{LIST}{clearing}/")
    answer = rina.post(f"{LIST}{clearing}/putus/", {"key": key_in(page), "setujui": "ya"})
    assert (answer.status_code, "Kode kedua" in words(answer)) == (403, True)
    assert CashClearing.objects.get().decided_as == ""


def test_where_nothing_stands_nothing_is_asked(yohana):
    assert "Tidak ada selisih yang harus diselesaikan." in words(yohana.get(PROPOSE))
    page = words(yohana.get(LIST))
    assert "Belum ada selisih yang diselesaikan." in page
    assert "Usulkan penyelesaian" not in page


def test_the_list_is_narrowed_and_taken_along(yohana, world):
    sell(world)
    short(world.nabire)
    settled(world.nabire, 4_000)
    propose(world.nabire, 5_000, way=Way.BORNE, paper="=SUM(A1)")
    page = words(yohana.get(LIST, {"keadaan": "menunggu"}))
    assert "Dibebankan ke dana penunjang" in page
    assert "BA-7/2026" not in page
    assert "Tidak ada usul yang cocok." in words(yohana.get(LIST, {"keadaan": "ditolak"}))
    lines = yohana.get(f"{LIST}unduh/").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("tanggal_usul;selisih;cara;jumlah;nomor_surat;keadaan")
    assert lines[1].startswith(
        "2026-04-27;kurang;Dibebankan ke dana penunjang;5000;'=SUM(A1);menunggu kepala;;"
    )
    assert lines[2].endswith(";2026-04-27")
    file = yohana.get(f"{LIST}unduh/", {"bentuk": "xlsx"})
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(file.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[2][2:5] == ["Diganti tunai", 4_000, "BA-7/2026 (uji)"]


def test_the_entry_leads_to_its_clearing(world, person):
    sell(world)
    short(world.nabire)
    clearing = settled(world.nabire)
    entry = Entry.objects.get(source=f"clearing:{clearing}")
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    page = siti.get(f"/buku/lapas-kelas-iib-nabire/jurnal/{entry.pk}/")
    assert "Penyelesaian selisih kas" in words(page)
    assert f'href="{LIST}{clearing}/"' in page.content.decode()


def test_another_units_clearing_is_not_there(yohana, world):
    count(world.bangli, pieces={"n1000": 1}, reason="Belum tahu")
    clearing = propose(world.bangli, 1_000, way=Way.ADDED)
    assert yohana.get(f"{LIST}{clearing}/").status_code == 404
    assert yohana.get(f"{LIST}{uuid7()}/").status_code == 404
    there = "/kerja/lapas-narkotika-kelas-iia-bangli/uang/kas/selisih/"
    assert yohana.get(there).status_code == 404


def test_the_pages_ask_little(yohana, world, django_assert_max_num_queries):
    sell(world)
    short(world.nabire)
    for _ in range(5):
        settled(world.nabire, 1_000)
    clearing = propose(world.nabire, 1_000)
    for address, most in ((LIST, 9), (PROPOSE, 8), (f"{LIST}{clearing}/", 9), (CASH, 11)):
        yohana.get(address)
        with django_assert_max_num_queries(most):
            yohana.get(address)
