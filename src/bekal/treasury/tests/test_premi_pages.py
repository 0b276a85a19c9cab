"""The pages of premi: each person takes their own step, and every amount says why."""

import re

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.people.tests.makers import NAME, goes_home, lets_go, receives
from bekal.treasury.models import PaymentColumns, PremiEarning, PremiRun, SavingRule, SavingsPayment
from bekal.treasury.queries import premi_problems
from bekal.treasury.tests.premi import approves, divides, paid_run, prepares, saves, sells
from tests.support.pages import words
from tests.support.pdf import Paper
from tests.support.world import TODAY

pytestmark = pytest.mark.django_db
PREMI = "/kerja/lapas-kelas-iib-nabire/uang/premi/"
PERIOD = {"kind": "monthly", "first": "2026-04-01", "last": "2026-04-27"}


@pytest.fixture
def sold(world, batches, makers):
    """Two noken of Anton and Budi, sold and not divided."""
    shares = [(makers[0], 90), (makers[1], 30)]
    batches.add(world.nabire, world.noken, pieces=5, shares=shares)
    return sells(world.nabire, world.noken, 2)


@pytest.fixture
def yohana(person):
    """Officer at Lapas Nabire."""
    return lambda: person("Yohana", (Role.PETUGAS, "nabire"))


@pytest.fixture
def markus(person):
    """Head of Lapas Nabire."""
    return lambda: person("Markus", (Role.KEPALA_UPT, "nabire"))


@pytest.fixture
def siti(person):
    """Treasurer at Lapas Nabire."""
    return lambda: person("Siti", (Role.BENDAHARA, "nabire"))


def test_premi_goes_from_the_sale_to_the_hand_by_three_persons(world, sold, yohana, markus, siti):
    page = words(yohana().get(PREMI))
    assert "Rp40.000" in page
    assert "belum menetapkan bagian premi yang ditabung" in page
    client = markus()
    sent = {"percent": "50", "citation": "Keputusan 4/2026", "valid_from": TODAY.isoformat()}
    assert client.post(f"{PREMI}ketentuan/tabungan/", {**sent, "percent": "101"}).status_code == 422
    assert not SavingRule.objects.exists()
    assert client.post(f"{PREMI}ketentuan/tabungan/", sent).status_code == 303
    assert "50%" in words(client.get(f"{PREMI}ketentuan/"))
    client = yohana()
    page = words(client.get(client.post(f"{PREMI}bagi/")["Location"]))
    assert "Premi dibagi kepada para pembuat." in page
    answer = client.post(f"{PREMI}pembayaran/baru/", {**PERIOD, "key": str(uuid7())})
    run = answer["Location"].split("?")[0]
    page = words(client.get(run))
    assert "menunggu persetujuan" in page
    assert "Setujui pembayaran" not in page
    assert client.post(f"{run}setujui/").status_code == 403
    client = markus()
    assert "Setujui pembayaran" in words(client.get(run))
    assert "Pembayaran disetujui" in words(client.get(client.post(f"{run}setujui/")["Location"]))
    client = siti()
    wrong = client.post(f"{run}bayar/", {"money": "bank"})
    assert wrong.status_code == 422
    assert "Rekening bank menurut buku Rp0" in words(wrong)
    page = words(client.get(client.post(f"{run}bayar/", {"money": "cash"})["Location"]))
    assert "dibayar" in page
    assert PremiRun.objects.get().paid_at is not None
    assert premi_problems() == []


def test_a_period_that_is_none_is_said_at_its_field_and_keeps_what_was_typed(world, sold, yohana):
    saves(world.nabire)
    client = yohana()
    key = str(uuid7())
    answer = client.post(f"{PREMI}pembayaran/baru/", {**PERIOD, "last": "2026-03-01", "key": key})
    assert answer.status_code == 422
    assert "Hari terakhir tidak bisa sebelum hari pertama." in words(answer)
    assert f'value="{key}"' in answer.content.decode()
    assert not PremiRun.objects.exists()
    assert client.post(f"{PREMI}pembayaran/baru/", {**PERIOD, "key": key}).status_code == 303
    again = client.post(f"{PREMI}pembayaran/baru/", {**PERIOD, "kind": "weekly", "key": key})
    assert again.status_code == 409
    assert PremiRun.objects.count() == 1


def test_a_run_is_cancelled_with_a_reason(world, sold, yohana):
    saves(world.nabire)
    run = f"{PREMI}pembayaran/{prepares(world.nabire)}/"
    client = yohana()
    assert client.post(f"{run}batal/", {"reason": ""}).status_code == 422
    page = words(client.get(client.post(f"{run}batal/", {"reason": "masa salah"})["Location"]))
    assert "Dibatalkan: masa salah" in page


def test_every_amount_says_why(world, sold, markus, makers):
    divides(world.nabire)
    client = markus()
    earning = PremiEarning.objects.get(maker=makers[0])
    assert f"mengapa/{earning.pk}/" in client.get(f"{PREMI}pembuat/{makers[0]}/").content.decode()
    page = words(client.get(f"{PREMI}mengapa/{earning.pk}/"))
    for said in ("Kepmen Kehakiman M.01-PP.02.01/1990", "90 dari 120 menit", "Rp30.000"):
        assert said in page
    file = client.get(f"{PREMI}pembuat/{makers[0]}/unduh/").content.decode()
    assert "2 x Noken kulit kayu;2;90;120;30000;" in file


def test_premi_that_nobody_puts_into_a_payment_is_shown_as_late(world, sold, siti, settings):
    divides(world.nabire)
    client = siti()
    assert "yang belum dibayarkan." not in words(client.get(PREMI))
    settings.BEKAL_PREMI_LATE_DAYS = -1
    assert "Ada premi sejak 27 April 2026, 0 hari, yang belum dibayarkan." in words(
        client.get(PREMI)
    )


def test_the_unit_that_has_a_maker_sees_what_another_owes(world, sold, person, makers):
    saves(world.nabire)
    paid_run(world.nabire)
    receives(lets_go(makers[0], world.nabire, world.bangli), world.bangli, number="UJI-0111")
    ketut = person("Ketut", (Role.KEPALA_UPT, "bangli"))
    bangli = PREMI.replace("lapas-kelas-iib-nabire", "lapas-narkotika-kelas-iia-bangli")
    page = words(ketut.get(f"{bangli}pembuat/{makers[0]}/"))
    assert "Masih menjadi haknya di Lapas Kelas IIB Nabire: Rp15.000." in page


def test_what_waits_says_for_what(world, batches, makers, yohana):
    sells(world.nabire, world.noken, 2)
    client = yohana()
    assert "Belum ada catatan produksi" in words(client.get(PREMI))
    assert "Belum ada catatan produksi" in words(client.get(f"{PREMI}menunggu/"))
    assert "belum ada catatan produksi" in client.get(f"{PREMI}menunggu/unduh/").content.decode()
    page = words(client.get(client.post(f"{PREMI}bagi/")["Location"]))
    assert "Tidak ada premi yang bisa dibagi sekarang" in page


def test_papers_know_codes_and_names_are_read_with_a_trace(world, sold, yohana, siti, makers):
    saves(world.nabire)
    run = f"{PREMI}pembayaran/{paid_run(world.nabire)}/"
    client = yohana()
    for paper in ("slip", "lembar"):
        text = Paper(client.get(f"{run}{paper}/").content).text
        assert makers[0] in text
        assert NAME not in text
    assert "Noken kulit kayu" in Paper(client.get(f"{run}slip/").content).text
    assert NAME in Paper(client.get(f"{run}slip/?nama=ya").content).text
    client = siti()
    assert NAME not in Paper(client.get(f"{run}slip/?nama=ya").content).text
    file = client.get(f"{run}berkas/").content.decode()
    assert re.search(rf"1;{min(makers[:2])};;\d+;PR-001 {min(makers[:2])}", file)


def test_a_treasurer_arranges_columns_of_their_own(world, sold, siti):
    saves(world.nabire)
    run = prepares(world.nabire)
    client = siti()
    sent = {"name": "Bank uji", "columns": "kode = ID\njumlah = NOMINAL", "separator": ","}
    wrong = client.post(f"{PREMI}ketentuan/berkas/", {**sent, "columns": "nama = X"})
    assert wrong.status_code == 422
    assert "Tidak ada isi kolom bernama nama" in words(wrong)
    assert (
        client.post(f"{PREMI}ketentuan/berkas/", {**sent, "has_heading": "on"}).status_code == 303
    )
    one = PaymentColumns.objects.get()
    file = client.get(f"{PREMI}pembayaran/{run}/berkas/?susunan={one.pk}").content.decode()
    assert file.splitlines()[0] == "ID,NOMINAL"


def test_savings_are_paid_at_release_with_their_statement(world, sold, siti, makers):
    saves(world.nabire)
    paid_run(world.nabire)
    client = siti()
    page = f"{PREMI}pembuat/{makers[0]}/"
    assert "Bayarkan tabungan" not in words(client.get(page))
    goes_home(makers[0], world.nabire)
    assert "Bayarkan tabungan" in words(client.get(page))
    sent = {"key": str(uuid7()), "money": "cash", "proof": ""}
    assert client.post(f"{page}tabungan/", sent).status_code == 422
    client.post(f"{page}tabungan/", {**sent, "proof": "kuitansi 3/2026"})
    assert SavingsPayment.objects.get().amount == 15_000
    text = Paper(client.get(f"{page}pernyataan/").content).text
    assert "kuitansi 3/2026" in text
    assert "Rp15.000" in text


def test_an_agreement_is_kept_and_ended_by_the_head(world, sold, markus):
    client = markus()
    sent = {
        "name": "Coir net",
        "kind": "per_piece",
        "amount": "5.000",
        "product": str(world.noken),
        "account": "operating",
        "number": "PKS 7/2026",
        "citation": "Keputusan uji",
        "first": "2026-04-01",
    }
    address = f"{PREMI}ketentuan/perjanjian/"
    assert client.post(address, {**sent, "number": ""}).status_code == 422
    assert client.post(address, {**sent, "product": str(world.endek)}).status_code == 422
    assert client.post(address, sent).status_code == 303
    twice = client.post(address, {**sent, "amount": "6.000"})
    assert "Masih ada perjanjian lain" in words(twice)
    page = client.get(f"{PREMI}ketentuan/").content.decode()
    (end,) = re.findall(r'href="([^"]+/akhiri/)"', page)
    assert client.post(end, {"last": TODAY.isoformat()}).status_code == 303
    assert "sudah diakhiri" in words(client.get(f"{PREMI}ketentuan/"))


def test_other_units_and_those_without_business_are_kept_out(world, sold, person, makers):
    saves(world.nabire)
    run = f"{PREMI}pembayaran/{prepares(world.nabire)}/"
    ketut = person("Ketut", (Role.KEPALA_UPT, "bangli"))
    assert ketut.get(run).status_code == 404
    assert ketut.get(f"{PREMI}pembuat/{makers[0]}/").status_code == 404
    made = person("Made", (Role.AUDITOR, "nabire"))
    assert made.get(run).status_code == 200
    for way in ("pembayaran/baru/", "ketentuan/tabungan/", "ketentuan/berkas/"):
        assert made.get(PREMI + way).status_code == 403
    assert made.get(f"{run}berkas/").status_code == 403


@pytest.mark.parametrize(
    ("way", "most"),
    [("", 14), ("menunggu/", 9), ("pembayaran/", 8), ("ketentuan/", 9), ("pembuat/", 18)],
)
def test_the_pages_ask_the_database_little(
    world, sold, siti, makers, way, most, django_assert_max_num_queries
):
    saves(world.nabire)
    paid_run(world.nabire)
    client = siti()
    address = PREMI + way + (f"{makers[0]}/" if way == "pembuat/" else "")
    client.get(address)
    with django_assert_max_num_queries(most):
        client.get(address)


def test_the_list_of_runs_can_be_narrowed_and_taken_along(world, sold, siti):
    saves(world.nabire)
    run = prepares(world.nabire)
    client = siti()
    assert "PR-001" in words(client.get(f"{PREMI}pembayaran/?keadaan=menunggu-persetujuan"))
    assert "Tidak ada pembayaran yang cocok." in words(
        client.get(f"{PREMI}pembayaran/?keadaan=dibayar")
    )
    assert "PR-001;monthly" in client.get(f"{PREMI}pembayaran/unduh/").content.decode()
    approves(world.nabire, run)
    desk = words(client.get("/kerja/lapas-kelas-iib-nabire/"))
    assert "Bayar 1 pembayaran premi" in desk
