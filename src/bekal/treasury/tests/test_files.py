"""Every list of a unit's money can be taken along as CSV and as XLSX, with the same cells."""

import csv
import io
import re

import pytest
import python_calamine

from bekal.accounts.rules import Role
from bekal.foundation.exports import Digits, csv_lines
from bekal.treasury.tests.deposits import billed, code
from bekal.treasury.tests.deposits import sells as sells_at_bangli
from bekal.treasury.tests.premi import divides, prepares, saves, sells
from tests.support.world import TODAY

pytestmark = pytest.mark.django_db
UNIT = "/kerja/lapas-kelas-iib-nabire/uang/"
FILES = (
    "premi/menunggu/unduh/",
    "premi/pembayaran/unduh/",
    "premi/pembuat/{maker}/unduh/",
    "pnbp/unduh/",
    "pnbp/terutang/unduh/",
    "pnbp/kas-negara/unduh/",
    "pnbp/temuan/unduh/",
    "kas/unduh/",
    "dana/unduh/",
)


def as_csv(answer):
    """The rows of a CSV file."""
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def as_xlsx(answer):
    """The rows of the one sheet of an XLSX file, as texts."""
    assert answer["Content-Disposition"].endswith('.xlsx"')
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell):
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


@pytest.fixture
def siti(world, batches, makers, person):
    """The treasurer of Nabire, where everything has happened once."""
    sells(world.nabire, world.noken, 3)
    batches.add(world.nabire, world.noken, pieces=2, shares=[(makers[0], 60)])
    sells(world.nabire, world.noken, 2)
    divides(world.nabire)
    saves(world.nabire)
    prepares(world.nabire)
    return person("Siti", (Role.BENDAHARA, "nabire"))


@pytest.mark.parametrize("file", FILES)
def test_both_files_of_a_list_have_the_same_cells(siti, makers, file):
    address = UNIT + file.format(maker=makers[0])
    lines = as_csv(siti.get(address))
    sheet = as_xlsx(siti.get(f"{address}?bentuk=xlsx"))
    assert sheet[0] == lines[0]
    width = len(lines[0])
    assert [row[:width] for row in sheet] == lines


@pytest.mark.parametrize("file", ["/pnbp/unduh/", "/pnbp/temuan/unduh/"])
def test_units_side_by_side_too(siti, file):
    assert as_xlsx(siti.get(f"{file}?bentuk=xlsx"))[0] == as_csv(siti.get(file))[0]


def test_each_page_leads_to_both(siti, makers):
    for page in ("premi/menunggu/", "premi/pembayaran/", f"premi/pembuat/{makers[0]}/"):
        text = siti.get(UNIT + page).content.decode()
        assert re.search(r'unduh/[^"]*">[^<]*\(CSV\)</a>', text), page
        assert re.search(r'unduh/\?[^"]*bentuk=xlsx">[^<]*\(XLSX\)</a>', text), page


def test_a_code_with_zeros_in_front_is_no_number(world, person):
    sells_at_bangli(world.bangli, world.endek, 2)
    billed(world.bangli, 100_000)
    ratna = person("Ratna", (Role.BENDAHARA, "bangli"))
    address = "/kerja/lapas-narkotika-kelas-iia-bangli/uang/pnbp/unduh/"
    kept = str(as_csv(ratna.get(address))[1][1])
    assert kept.startswith("'")
    assert as_xlsx(ratna.get(f"{address}?bentuk=xlsx"))[1][1] == kept[1:]
    assert kept[1:] == code(1)
    assert "".join(csv_lines(("kode",), [(Digits("0017"),)])).split() == ["\ufeffkode", "'0017"]
    assert TODAY.isoformat() in as_csv(ratna.get(address))[1]
