"""The pages of transfers: sending, receiving, taking back, for the people of both units."""

import io

import pytest

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.production.models import Material, StockTransfer
from bekal.production.tests.conftest import BANGLI, HERE
from bekal.production.tests.goods import level, receive
from bekal.production.tests.materials import a_material, there
from bekal.production.tests.transfers import receives, sends, takes_back
from tests.support.pages import as_read
from tests.support.pdf import Paper
from tests.support.world import a_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def fibre(world):
    """Forty bales of fibre at Lapas Nabire, each worth Rp15.000."""
    product = a_product(world.nabire, "Serat kelapa contoh", "kerajinan", cost=15_000)
    receive(product, 40)
    return product


@pytest.fixture
def wayan(person):
    """Officer of the workshop at Lapas Narkotika Bangli."""
    return person("Wayan", (Role.PETUGAS, "bangli"))


@pytest.fixture
def transfer(world, fibre):
    """Thirty of them are on the way to Bangli."""
    return sends(world.nabire, world.bangli, fibre, 30, letter="SJ-12/2026")


def message(goods, receiver, **changes):
    given = {"key": str(uuid7()), "product": goods, "pieces": "30", "to_unit": receiver}
    return {**given, "letter": "SJ-12/2026", **changes}


def arrived(**changes):
    given = {"key": str(uuid7()), "pieces": "30", "material": "baru", "quantity": "750"}
    return {**given, "name": "Serat", "measure": "kg", "remark": "", **changes}


def test_an_officer_sends_goods_and_is_told_that_they_wait(world, yohana, fibre):
    assert yohana.get(f"{HERE}transfer/kirim/?barang=P-0000").status_code == 404
    form = as_read(yohana.get(f"{HERE}transfer/kirim/"))
    assert "Serat kelapa contoh (bebas 40)" in form
    answer = yohana.post(f"{HERE}transfer/kirim/", message(fibre, world.bangli), follow=True)
    page = as_read(answer)
    assert "Transfer tersimpan" in page
    assert "di jalan" in page
    assert "Rp450.000" in page
    assert level(fibre) == (10, 0)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"pieces": ""}, "Isi jumlahnya"),
        ({"pieces": "banyak"}, "dengan angka"),
        ({"pieces": "41"}, "yang bebas 40, tidak bisa dikirim 41"),
        ({"to_unit": ""}, "Pilih unit yang menerima dari daftar"),
        ({"to_unit": "999999"}, "Pilih unit yang menerima dari daftar"),
        ({"product": "999999"}, "Pilih produk dari daftar"),
        ({"letter": "x" * 81}, "Paling panjang 80 huruf"),
        ({"letter": "a\x00b"}, "huruf dan angka biasa"),
    ],
)
def test_nonsense_is_told_at_the_field_and_kept(world, yohana, fibre, typed, sentence):
    answer = yohana.post(f"{HERE}transfer/kirim/", message(fibre, world.bangli, **typed))
    assert answer.status_code == 422
    assert sentence in as_read(answer)
    kept = "SJ-12/2026" if "letter" not in typed else 'value="30"'
    assert kept in answer.content.decode()
    assert level(fibre) == (40, 0)
    assert not StockTransfer.objects.exists()


def test_without_goods_there_is_nothing_to_send(world, person):
    merauke = person("Petrus", (Role.PETUGAS, "merauke"))
    page = as_read(merauke.get("/kerja/lapas-kelas-iib-merauke/transfer/kirim/"))
    assert "Belum ada barang yang bebas untuk dikirim" in page


def test_the_receiver_finds_it_on_the_desk_and_receives_it(world, wayan, transfer):
    desk = as_read(wayan.get(BANGLI))
    assert "Terima 1 transfer dari unit lain" in desk
    page = wayan.get(f"{BANGLI}transfer/").content.decode()
    assert '<option value="masuk" selected>' in page
    assert '<option value="terbaru" selected>' in page
    listed = as_read(wayan.get(f"{BANGLI}transfer/?keadaan=di-jalan"))
    assert "Serat kelapa contoh" in listed
    assert "Lapas Kelas IIB Nabire" in listed
    form = wayan.get(f"{BANGLI}transfer/{transfer}/terima/").content.decode()
    assert 'value="Serat kelapa contoh"' in form
    answer = wayan.post(f"{BANGLI}transfer/{transfer}/terima/", arrived(), follow=True)
    page = as_read(answer)
    assert "Transfer diterima" in page
    assert "750 kg Serat" in page
    material = Material.objects.get()
    assert there(material.pk) == (750_000, 450_000)
    history = as_read(wayan.get(f"{BANGLI}bahan/{material.pk}/"))
    assert "Transfer masuk Serat kelapa contoh, dari Lapas Kelas IIB Nabire" in history
    assert "Terima 1 transfer" not in as_read(wayan.get(BANGLI))


def test_the_next_time_the_form_begins_as_the_last_one_ended(world, wayan, fibre, transfer):
    kept = receives(world.bangli, transfer, 30, 750_000)
    again = sends(world.nabire, world.bangli, fibre, 10)
    form = wayan.get(f"{BANGLI}transfer/{again}/terima/").content.decode()
    assert f'<option value="{kept}" selected>' in form
    assert 'value="250"' in form


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"pieces": "31"}, "Isi antara 1 dan 30"),
        ({"pieces": "28"}, "Isi sebabnya"),
        ({"quantity": ""}, "Isi jumlah bahannya"),
        ({"quantity": "sedikit"}, "Tulis jumlah dengan angka"),
        ({"name": ""}, "Isi nama bahan barunya"),
        ({"measure": "karung goni"}, "Pilih satuannya dari daftar"),
        ({"name": "serat LAMA"}, "sudah ada"),
        ({"material": "999999"}, "Pilih bahannya, atau Bahan baru"),
    ],
)
def test_what_is_wrong_of_an_arrival_is_told_at_its_field(world, wayan, transfer, typed, sentence):
    a_material(world.bangli, "Serat lama")
    answer = wayan.post(f"{BANGLI}transfer/{transfer}/terima/", arrived(**typed))
    assert answer.status_code == 422
    assert sentence in as_read(answer)
    assert StockTransfer.objects.get().ended_at is None
    assert Material.objects.count() == 1


def test_the_sender_takes_back_what_did_not_arrive(world, yohana, fibre, transfer):
    address = f"{HERE}transfer/{transfer}/kembali/"
    assert 'value="30"' in yohana.get(address).content.decode()
    wrong = yohana.post(address, {"key": str(uuid7()), "pieces": "30", "remark": ""})
    assert wrong.status_code == 422
    assert "Isi sebabnya, misalnya truk mogok" in as_read(wrong)
    given = {"key": str(uuid7()), "pieces": "29", "remark": "truk mogok, 1 bal basah"}
    page = as_read(yohana.post(address, given, follow=True))
    assert "Transfer ditarik kembali" in page
    assert "truk mogok, 1 bal basah" in page
    assert level(fibre) == (39, 0)


def test_who_comes_too_late_reads_what_happened(world, wayan, transfer):
    takes_back(world.nabire, transfer, 30)
    answer = wayan.post(f"{BANGLI}transfer/{transfer}/terima/", arrived())
    assert answer.status_code == 422
    assert "sudah ditarik kembali oleh pengirimnya" in as_read(answer)
    assert not Material.objects.exists()


def test_a_used_key_with_other_content_is_kept_for_somebody_to_look_at(world, yohana, fibre):
    key = str(uuid7())
    yohana.post(f"{HERE}transfer/kirim/", message(fibre, world.bangli, key=key))
    other = message(fibre, world.bangli, key=key, pieces="3")
    answer = yohana.post(f"{HERE}transfer/kirim/", other)
    assert answer.status_code == 409
    assert level(fibre) == (10, 0)
    conflict = MessageConflict.objects.get()
    assert conflict.door == "production.transfer"
    settle = as_read(yohana.get(f"{HERE}kiriman-ganda/"))
    assert "Transfer ke unit lain" in settle
    assert "Serat kelapa contoh" in settle


@pytest.mark.parametrize(
    ("unit", "statuses"),
    [("nabire", (200, 200, 404, 200)), ("bangli", (200, 200, 200, 404)), ("merauke", (404,) * 4)],
)
def test_only_the_two_units_see_it_and_each_ends_it_its_way(person, transfer, unit, statuses):
    officer = person("Petugas", (Role.PETUGAS, unit))
    at = {"nabire": HERE, "bangli": BANGLI}.get(unit, "/kerja/lapas-kelas-iib-merauke/")
    at = f"{at}transfer/{transfer}/"
    asked = (at, f"{at}surat-jalan.pdf", f"{at}terima/", f"{at}kembali/")
    assert tuple(officer.get(address).status_code for address in asked) == statuses


def test_the_paper_that_goes_along_names_both_units_and_leads_the_receiver(yohana, transfer):
    answer = yohana.get(f"{HERE}transfer/{transfer}/surat-jalan.pdf")
    assert answer["Content-Type"] == "application/pdf"
    paper = Paper(answer.content).text
    for told in ("SJ-12/2026", "Lapas Kelas IIB Nabire", "Lapas Narkotika Kelas IIA Bangli", "30"):
        assert told in paper


def test_the_list_is_a_file_too(world, yohana, transfer):
    rows = yohana.get(f"{HERE}transfer/unduh/?arah=keluar").content.decode().splitlines()
    assert rows[0].startswith("\ufeffdikirim;pengirim;penerima")
    assert "Serat kelapa contoh;30;450000;SJ-12/2026;di jalan" in rows[1]
    book = yohana.get(f"{HERE}transfer/unduh/?arah=keluar&bentuk=xlsx")
    assert io.BytesIO(book.content).read(2) == b"PK"
    empty = yohana.get(f"{HERE}transfer/?arah=masuk&keadaan=diterima")
    assert "Tidak ada transfer seperti itu" in as_read(empty)
    assert "Belum ada transfer masuk" in as_read(yohana.get(f"{HERE}transfer/"))


def test_a_list_asks_as_much_for_many_as_for_one(
    world, wayan, fibre, transfer, django_assert_max_num_queries
):
    for _ in range(4):
        sends(world.nabire, world.bangli, fibre, 1)
    wayan.get(f"{BANGLI}transfer/")
    with django_assert_max_num_queries(12):
        wayan.get(f"{BANGLI}transfer/")
