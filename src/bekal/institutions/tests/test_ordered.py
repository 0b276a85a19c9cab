"""What Sri of the hospital ordered: its papers, paying it, and taking it back in time."""

import pytest

from bekal.institutions.tests.asked import NEEDED, answer, ask, choose, register
from bekal.institutions.tests.pages import BANGLI, NABIRE, sign_in, text, words
from bekal.payments.rules import Means
from bekal.payments.tests.money import comes
from bekal.shop.actions import deliver_part, hand_over_part, prepare_part, ready_part
from bekal.shop.models import Order
from bekal.shop.rules import OrderStatus, PartStatus
from tests.support.pdf import Paper
from tests.support.world import NOON, YOHANA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
LONG = (
    "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Pengendalian Penduduk Kabupaten "
    "Kotawaringin Barat"
)


@pytest.fixture
def asked(world):
    """Twenty noken of Nabire, sent for Rp50.000, and ten endek of Bangli, fetched."""
    asked = ask(world, institution=register(name=LONG))
    noken = answer(asked, world.nabire, world.noken, fee=50_000)
    endek = answer(asked, world.bangli, world.endek, unit_price=70_000, pieces=10)
    choose(asked, (noken, 20), (endek, 10), po_number="PO-7/2026")
    return asked


def address(asked, tail=""):
    return f"/lembaga/permintaan/{asked.key}/{tail}"


def part_of(unit_id):
    return Order.objects.get().parts.get(unit_id=unit_id)


def paid(amount):
    order = Order.objects.get()
    comes(order.collector_id, amount, request_id=order.pk, method=Means.TRANSFER)


def test_the_page_tells_each_workshop_s_part_with_its_papers(client, asked, world):
    page = words(client.get(address(asked)))
    assert f"Pesanan {Order.objects.get().code}" in page
    assert "Rp2.550.000" in page
    assert "PO-7/2026" in page
    assert "20 x Noken kulit kayu Diterima bengkel" in page
    assert page.count("Berita acara serah terima") == 2
    prepare_part(part_id=part_of(world.nabire).pk, unit_id=world.nabire, by=YOHANA, now=NOON)
    assert "20 x Noken kulit kayu Disiapkan bengkel" in words(client.get(address(asked)))


@pytest.mark.parametrize(
    ("paper", "says"),
    [
        ("faktur", "1234567890"),
        ("surat-jalan", "Gudang RSUD, Jalan Merdeka, Nabire"),
        ("bast", "Pihak Kedua"),
    ],
)
def test_every_paper_names_the_institution_and_its_own_number(client, asked, paper, says):
    answered = client.get(address(asked, f"surat/?paket=1&surat={paper}"))
    assert answered["Content-Type"] == "application/pdf"
    assert answered["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    text = Paper(answered.content).text
    assert LONG in " ".join(text.split())
    assert "PO-7/2026" in text
    assert says in text


def test_the_invoice_says_who_owes_what_until_when_and_that_one_payment_is_for_all(client, asked):
    answered = client.get(address(asked, "surat/?paket=2&surat=faktur"))
    text = " ".join(Paper(answered.content).text.split())
    assert "Rp700.000" in text
    assert "02.183.241.5-000.000" in text
    assert f"{NEEDED.day} Mei 2026" in text
    assert "Belum dibayar" in text
    assert "Dibayar sekali bersama bagian bengkel lain dari pesanan ini: Rp2.550.000" in text


def test_once_the_money_came_the_invoice_is_paid_and_nothing_is_asked_for(client, asked):
    paid(2_550_000)
    assert Order.objects.get().status == OrderStatus.PAID
    invoice = Paper(client.get(address(asked, "surat/?paket=1&surat=faktur")).content).text
    assert "Lunas" in invoice
    assert "1234567890" not in invoice
    assert "Rekening dan cara membayar" not in words(client.get(address(asked)))


def test_what_was_delivered_on_credit_is_unpaid_until_the_money_comes(client, asked, world):
    unit, part = world.nabire, part_of(world.nabire).pk
    ready_part(part_id=part, unit_id=unit, by=YOHANA, now=NOON)
    hand_over_part(part_id=part, unit_id=unit, tracking_number="JP1234567890", by=YOHANA, now=NOON)
    deliver_part(part_id=part, unit_id=unit, by=YOHANA, now=NOON)
    invoice = address(asked, "surat/?paket=1&surat=faktur")
    assert "Belum dibayar" in Paper(client.get(invoice).content).text
    assert "JP1234567890" in words(client.get(address(asked)))
    paid(2_550_000)
    assert "Lunas" in Paper(client.get(invoice).content).text


@pytest.mark.parametrize(
    "wrong", ["?paket=3&surat=faktur", "?paket=1&surat=isi-paket", "?paket=x&surat=bast", "?surat="]
)
def test_there_is_no_other_paper(client, asked, wrong):
    assert client.get(address(asked, f"surat/{wrong}")).status_code == 404


def test_the_unit_prints_the_same_terms_and_only_for_its_own_part(client, asked, world):
    sign_in(client, world.nabire)
    own, other = part_of(world.nabire).pk, part_of(world.bangli).pk
    printed = client.get(f"{NABIRE}/pesanan/{own}/cetak/faktur/")
    assert "PO-7/2026" in Paper(printed.content).text
    assert client.get(f"{NABIRE}/pesanan/{other}/cetak/faktur/").status_code == 404
    assert client.get(f"{BANGLI}/pesanan/{other}/cetak/faktur/").status_code == 404


def test_an_order_is_taken_back_until_a_workshop_begins(client, asked):
    assert "Batalkan pesanan ini" in words(client.get(address(asked)))
    client.post(address(asked, "batal-pesanan/"))
    assert Order.objects.get().status == OrderStatus.CANCELLED
    assert set(Order.objects.get().parts.values_list("status", flat=True)) == {"cancelled"}
    page = words(client.get(address(asked)))
    assert "Batalkan pesanan ini" not in page
    assert "Pilih lagi dari penawaran di bawah" in page
    assert "Sudah dipesan" not in page


def test_the_list_of_requests_says_that_an_order_was_cancelled(client, world):
    lembaga = register()
    asked = ask(world, institution=lembaga)
    noken = answer(asked, world.nabire, world.noken)
    choose(asked, (noken, 20))
    home = f"/lembaga/pribadi/{lembaga.key}/"
    assert "Pesanan dibatalkan" not in words(client.get(home))
    client.post(address(asked, "batal-pesanan/"))
    assert "Pesanan dibatalkan" in words(client.get(home))


def test_a_cancelled_order_has_an_invoice_that_asks_for_nothing_and_no_other_paper(
    client, asked, world
):
    part = part_of(world.nabire).pk
    client.post(address(asked, "batal-pesanan/"))
    page = words(client.get(address(asked)))
    assert "Faktur" in page
    assert "Surat jalan" not in page
    assert "Berita acara serah terima" not in page
    for paper in ("surat-jalan", "bast"):
        assert client.get(address(asked, f"surat/?paket=1&surat={paper}")).status_code == 404
    sign_in(client, world.nabire)
    here = f"{NABIRE}/pesanan/{part}/"
    for printed in (address(asked, "surat/?paket=1&surat=faktur"), f"{here}cetak/faktur/"):
        invoice = Paper(client.get(printed).content).text
        assert "Dibatalkan. Tidak ada yang harus dibayar." in invoice
        for asking in ("Belum dibayar", "Transfer ke", "1234567890", "Jatuh tempo"):
            assert asking not in invoice, asking
    desk = words(client.get(here))
    assert "Faktur (PDF)" in desk
    for gone in ("Surat jalan", "Isi paket", "Label", "Daftar ambil"):
        assert f"{gone} (PDF)" not in desk, gone
    assert client.get(f"{here}cetak/surat-jalan/").status_code == 404


def test_what_a_workshop_has_begun_is_not_taken_back(client, asked, world):
    prepare_part(part_id=part_of(world.nabire).pk, unit_id=world.nabire, by=YOHANA, now=NOON)
    answered = client.post(address(asked, "batal-pesanan/"))
    assert answered.status_code == 422
    assert "tidak bisa dibatalkan" in words(answered)
    assert Order.objects.get().status == OrderStatus.PLACED
    assert part_of(world.bangli).status == PartStatus.ACCEPTED


def test_the_code_alone_does_not_end_an_order_by_invoice(client, asked):
    order = Order.objects.get()
    page = text(client.get(f"/pesanan/{order.code}/"))
    assert f"Faktur Rp2.550.000 dibayar paling lambat {NEEDED.day} Mei 2026." in page
    assert "batal/" not in page
    assert client.post(f"/pesanan/{order.code}/batal/").status_code == 404
    order.refresh_from_db()
    assert order.status == OrderStatus.PLACED


def test_a_request_without_an_order_has_nothing_to_print_or_to_cancel(client, world):
    asked = ask(world)
    assert client.get(address(asked, "surat/?paket=1&surat=faktur")).status_code == 404
    assert client.get(address(asked, "surat/")).status_code == 200
    assert client.post(address(asked, "batal-pesanan/")).status_code == 422


def test_an_ordered_request_asks_the_database_little(client, asked, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        client.get(address(asked))
