"""What the papers of an order say, and that they can be printed whatever was typed."""

import datetime as dt
from dataclasses import replace

import pytest

from bekal.catalogue.queries import ContactShown, PickupPoint, Reach
from bekal.catalogue.rules import HOURS_LENGTH, POINT_LENGTH
from bekal.places.queries import place_by_id
from bekal.shop import printed
from bekal.shop.printed import LABEL_SIZES
from bekal.shop.printing import Print
from bekal.shop.queries import Signers, Terms, part_of_unit, parts_of_unit
from bekal.shop.rules import (
    ADDRESS_LENGTH,
    LANDMARK_LENGTH,
    NAME_LENGTH,
    NOTE_LENGTH,
    Delivery,
)
from bekal.shop.tests.orders import an_order
from bekal.shop.tests.troubles import put
from bekal.ui import pdf
from tests.support.pdf import Paper, codes_in
from tests.support.world import NOON, TODAY

pytestmark = pytest.mark.django_db
TERMS = Terms(
    reference="PO-17/2026",
    npwp="0123456789012345",
    pay_to=("Rekening Bank Contoh 0001",),
    signers=Signers("Yohana", "Petugas bengkel", "Rina", "Kepala gudang"),
)

POINT = PickupPoint("Jalan Pemuda 1, loket depan", "Senin sampai Jumat, 09.00-15.00", False)
REACH = Reach(ContactShown("+6281200001111", False), POINT)


def printing(unit_id, at=NOON):
    unit = place_by_id(place_id=unit_id, on=TODAY)
    assert unit is not None
    return Print(unit, at, Reach())


@pytest.fixture
def to(world):
    return printing(world.nabire)


def ordered(world, **changes):
    """Two noken of Nabire for Ibu Kartini, by courier."""
    buyer = {k: changes.pop(k) for k in ("name", "address", "landmark", "note") if k in changes}
    order = an_order(world.nabire, world.noken, **changes)
    put("shop_orderbuyer", order_id=order["id"], **buyer)
    part = part_of_unit(unit_id=world.nabire, part_id=order["part"])
    assert part is not None
    return part


@pytest.fixture
def part(world):
    return ordered(world)


def says(raw, *words):
    text = Paper(raw).text
    for each in words:
        assert each in text, f"{each!r} not in {text!r}"
    return text


def test_the_slip_tells_what_is_in_the_box_and_no_prices(part, to):
    text = says(
        printed.slip(part, to=to),
        "Isi paket",
        part.order_code,
        "Dipesan 27 April 2026",
        "Lapas Kelas IIB Nabire",
        "Ibu Kartini Wulandari",
        "JNE REG",
        "2 barang",
        "Jangan dilipat.",
        "Laporkan dalam 7 hari",
    )
    assert "Rp" not in text
    assert "Mawar" not in text


@pytest.mark.parametrize("size", LABEL_SIZES)
def test_the_label_tells_where_to(part, to, size):
    text = says(
        printed.labels([part], size=size, to=to),
        "JNE REG",
        "0,5 kg",
        "Ibu Kartini Wulandari",
        "0812-3456-7890",
        "Jalan Mawar 5, RT 02/RW 03",
        "Palu Timur, Kota Palu, Sulawesi Tengah 94111",
        "Patokan: pagar hijau",
        "Lapas Kelas IIB Nabire",
        "Papua Tengah",
        part.order_code,
    )
    assert "kartini@" not in text
    assert "Jangan dilipat" not in text


def test_labels_have_their_size_and_four_stand_on_a_sheet(part, to):
    one = Paper(printed.labels([part] * 3, size="100x150", to=to))
    assert len(one.pages) == 3
    assert b"[0 0 283.46457 425.19684]" in one.pages[0]
    sheet = Paper(printed.labels([part] * 5, size="a4", to=to))
    assert len(sheet.pages) == 2
    assert b"[0 0 595.2756 841.8898]" in sheet.pages[0]


@pytest.mark.parametrize("size", LABEL_SIZES)
def test_the_longest_address_stays_on_its_label(world, to, size):
    part = ordered(
        world,
        name="W" * NAME_LENGTH,
        address="Jalan Panjang " * (ADDRESS_LENGTH // 14),
        landmark="patokan " * (LANDMARK_LENGTH // 8),
        note="x" * NOTE_LENGTH,
    )
    raw = printed.labels([part], size=size, to=to)
    assert len(Paper(raw).pages) == 1
    says(raw, part.order_code, "Lapas Kelas IIB Nabire")


def test_papers_say_where_their_unit_is_found_and_called(part, to):
    to = replace(to, unit=replace(to.unit, city="Nabire"), reach=REACH)
    told = ("Jalan Pemuda 1, loket depan", "Nabire, Papua Tengah", "0812-0000-1111")
    for make in (printed.slip, printed.delivery_note, printed.invoice):
        says(make(part, to=to), *told)
    for size in LABEL_SIZES:
        says(printed.labels([part], size=size, to=to), *told)
    says(printed.delivery_note(part, to=to), f"Nabire, {to.day}")
    says(printed.handover_record(part, to=to), "di Nabire, yang bertanda tangan")


def test_a_paper_of_goods_to_be_fetched_says_where_and_when(part, to):
    told = f"Diambil di {POINT.line}"
    fetched = replace(part, delivery=Delivery.PICKUP, service="", fee=0)
    for make in (printed.slip, printed.delivery_note):
        says(make(fetched, to=replace(to, reach=REACH)), told)
        assert "Diambil di Jalan" not in Paper(make(part, to=replace(to, reach=REACH))).text
        assert "Diambil di Jalan" not in Paper(make(fetched, to=to)).text


@pytest.mark.parametrize("size", LABEL_SIZES)
def test_the_longest_point_of_a_unit_leaves_the_label_whole(world, to, size):
    part = ordered(world, address="Jalan Panjang " * (ADDRESS_LENGTH // 14))
    long = PickupPoint("Q" * POINT_LENGTH, "9" * HOURS_LENGTH, False)
    raw = printed.labels([part], size=size, to=replace(to, reach=replace(REACH, point=long)))
    text = says(raw, part.order_code, "0812-0000-1111")
    assert len(Paper(raw).pages) == 1
    assert text.replace(part.order_code, "").count("Q") == POINT_LENGTH


def test_a_name_without_a_blank_breaks_on_label_and_slip(world, to):
    part = ordered(world, name="W" * NAME_LENGTH, address="M" * 60)
    for raw in (printed.labels([part], size="100x150", to=to), printed.slip(part, to=to)):
        text = Paper(raw).text.replace(part.order_code, "")
        assert "W" * NAME_LENGTH not in text
        assert text.count("W") == NAME_LENGTH


@pytest.mark.parametrize("typed", ["#panic(1)", "😀 日本", "$x$ *b* <a>", "\\ \" ' `", "نور"])
def test_whatever_a_buyer_typed_can_be_printed(world, to, typed):
    part = ordered(world, name=typed, address=typed, landmark=typed, note=typed)
    for make in (printed.slip, printed.delivery_note, printed.invoice, printed.handover_record):
        assert Paper(make(part, to=to)).pages
    assert Paper(printed.labels([part], size="a4", to=to)).pages
    assert Paper(printed.picking_list([part], to=to)).pages


def test_the_code_on_a_label_leads_to_the_order(part, to, settings):
    settings.BEKAL_ADDRESS = "https://bekal.example"
    data = {"title": "Label kirim", "size": "a4", "labels": [printed._label(part, to=to)]}
    (page,) = pdf.pictures("shop/papers/label.typ", data, made_at=NOON)
    assert codes_in(page) == [f"HTTPS://BEKAL.EXAMPLE/PESANAN/{part.order_code}/"]


def test_the_picking_list_adds_up_what_lies_on_the_shelf(world, to):
    first, second = ordered(world), ordered(world, pieces=1, gross=100_000, goods=100_000)
    parts = parts_of_unit(unit_id=world.nabire, part_ids=[first.id, second.id])
    text = says(
        printed.picking_list(parts, to=to),
        "Daftar ambil barang",
        "Dicetak 27 April 2026, 12.00 WIT",
        first.order_code,
        second.order_code,
        "2 × Noken",
        "1 × Noken",
    )
    assert f"Noken {first.lines[0].code} 3" in text


def test_a_picking_list_runs_over_pages(world, to):
    parts = [ordered(world) for _ in range(40)]
    paper = Paper(printed.picking_list(parts, to=to))
    assert len(paper.pages) > 1
    assert f"Halaman {len(paper.pages)} dari {len(paper.pages)}" in paper.text


def test_surat_jalan_is_signed_on_arrival(part, to):
    text = says(
        printed.delivery_note(part, to=to, terms=TERMS),
        f"SJ/{part.order_code}/1",
        "PO-17/2026",
        "Yang menyerahkan",
        "Yohana",
        "Kurir",
        "Yang menerima",
        "Diterima baik",
        "Jalan Mawar 5",
    )
    assert "Rp" not in text


def test_the_invoice_sums_up_and_says_what_it_is_not(part, to):
    says(
        printed.invoice(part, to=to, terms=TERMS),
        f"F/{part.order_code}/1",
        "Rp100.000",
        "Rp200.000",
        "Ongkos kirim Rp22.000",
        "Rp222.000",
        "Dua ratus dua puluh dua ribu rupiah",
        "Belum dibayar",
        "Rekening Bank Contoh 0001",
        "0123456789012345",
        "Faktur ini bukan faktur pajak.",
    )


def test_bast_names_the_day_in_words_and_both_parties(part, to):
    says(
        printed.handover_record(part, to=to, terms=TERMS),
        f"BAST/{part.order_code}/1",
        "Pada hari ini, Senin, tanggal dua puluh tujuh April tahun dua ribu dua puluh enam",
        "Papua Tengah",
        "Yohana",
        "Petugas bengkel",
        "Rina",
        "surat pesanan nomor PO-17/2026",
        "Dua ratus ribu rupiah",
        "Pihak Kedua",
    )


def test_what_is_not_known_is_left_for_a_pen(part, to):
    text = says(printed.handover_record(part, to=to), "Nama dan tanda tangan", "pesanan BK-")
    assert "surat pesanan" not in text


def test_papers_are_the_same_each_time_and_titled(part, to):
    for make in (printed.slip, printed.delivery_note, printed.invoice, printed.handover_record):
        raw = make(part, to=to)
        assert raw == make(part, to=to)
        assert Paper(raw).title
        assert "<pdfuaid:part>1<" in Paper(raw).metadata


def test_a_sample_order_says_so_on_paper(world, to, part):
    sample = replace(part, is_sample=True)
    for make in (printed.slip, printed.delivery_note, printed.invoice, printed.handover_record):
        says(make(sample, to=to), "Contoh: pesanan ini tidak sungguhan.")
    says(printed.labels([sample], size="100x150", to=to), "Contoh: pesanan ini tidak sungguhan.")


def test_a_paper_is_dated_at_the_unit(world):
    late = dt.datetime(2026, 4, 27, 16, 0, tzinfo=dt.UTC)  # 01.00 WIT of the next day
    to = printing(world.nabire, late)
    says(printed.delivery_note(ordered(world), to=to), "28 April 2026")
