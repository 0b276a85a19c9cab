"""The worked cases of docs/money.md, on the pages that tell them."""

import pytest

from tests.browser.steps import BANGLI, NABIRE, sell, sold_today
from tests.browser.visitor import DESK


def parts_of(visitor, table):
    """What each row of a table says: its words and its amount."""
    rows = visitor.page.locator(f"{table} tbody tr, {table} tfoot tr")
    return {
        " ".join(row.locator("th").inner_text().split()): row.locator("td").last.inner_text()
        for row in rows.all()
    }


def share(parts, label):
    """The amount in the row that begins so."""
    return next(amount for words, amount in parts.items() if words.startswith(label))


def test_siti_reads_how_the_kepmen_divides_a_noken(visit, world, people):
    receipt = sell(visit(people.yohana), world.noken, pieces=1)
    siti = visit(people.siti)
    siti.open(receipt)
    siti.follow("Mengapa sebesar ini?")
    assert "Kepmen Kehakiman M.01-PP.02.01/1990" in siti.text()
    parts = parts_of(siti, ".table--steps")
    assert share(parts, "Harga jual") == "Rp100.000"
    assert share(parts, "Bahan dan biaya") == "Rp60.000"
    assert share(parts, "Yang dibagi menurut persen") == "Rp40.000"
    assert share(parts, "Premi pembuat") == "Rp20.000"
    assert share(parts, "Dana penunjang bengkel") == "Rp14.000"
    assert share(parts, "PNBP terutang") == "Rp6.000"
    assert share(parts, "Jumlah semua bagian") == "Rp100.000"
    assert "50% x Rp40.000 = Rp20.000" in siti.text()


def test_ketut_reads_how_bangli_divides_an_endek(visit, world, people):
    receipt = sell(visit(people.wayan), world.endek, pieces=1, desk=BANGLI)
    ketut = visit(people.ketut)
    ketut.open(receipt)
    ketut.follow("Mengapa sebesar ini?")
    parts = parts_of(ketut, ".table--steps")
    assert share(parts, "Premi pembuat") == "Rp35.000"
    assert share(parts, "Dana penunjang bengkel") == "Rp15.000"
    assert share(parts, "PNBP terutang") == "Rp50.000"
    assert not any(words.startswith("Bahan dan biaya") for words in parts)


def test_siti_takes_one_of_two_noken_back_and_each_part_halves(visit, world, people):
    yohana = visit(people.yohana)
    receipt = sell(yohana, world.noken, pieces=2)
    siti = visit(people.siti, width=DESK)
    siti.open(receipt)
    siti.follow("Kembalikan barang")
    siti.page.get_by_role("button", name="Tambah Noken kulit kayu").click()
    siti.pick("Barang kembali")
    siti.page.get_by_label("Alasan").fill("Jahitannya lepas")
    siti.press("Periksa dahulu")
    assert "Rp10.000" not in siti.text("h1")
    for amount in ("Rp60.000", "Rp20.000", "Rp14.000", "Rp6.000"):
        assert amount in siti.text()
    siti.press("Simpan pengembalian Rp100.000")
    assert "Pengembalian untuk PJ-" in siti.text(".notice")
    assert "dikembalikan sebagian" in siti.text()
    assert "Jahitannya lepas" in siti.text()
    assert sold_today(yohana) == 100_000

    siti.open(f"{NABIRE}bagi-hasil/saldo/")
    assert "Rp100.000" in siti.text()
    assert "Rp6.000" in siti.text()


def test_markus_sees_before_and_after_and_chooses_a_rule_from_tomorrow(visit, people):
    markus = visit(people.markus)
    markus.open(f"{NABIRE}bagi-hasil/pilih/")
    markus.page.locator("input[name=code][value=bangli-2023]").check(force=True)
    markus.page.get_by_label("Dasar hukum").fill("Keputusan Kalapas Nabire 7/2026")
    markus.press("Periksa dahulu")
    assert "Rp50.000" in markus.text()
    markus.press("Simpan aturan")
    assert "Keputusan Kalapas Nabire 7/2026" in markus.text()
    assert "Akan berlaku" in markus.text()


@pytest.mark.parametrize("who", ["yohana", "siti", "frans", "dewi"])
def test_only_the_head_of_a_unit_may_choose(visit, people, who):
    someone = visit(getattr(people, who))
    answer = someone.open(f"{NABIRE}bagi-hasil/pilih/")
    assert answer.status == 403
