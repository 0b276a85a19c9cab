"""Papers: data are content, bytes repeat, readers of every kind are served."""

import datetime as dt
import hashlib
import json
import subprocess
import sys

import pytest

from bekal.ui import pdf
from bekal.ui.qr import drawing_of, shouted
from tests.support.pdf import Paper, codes_in

AT = dt.datetime(2026, 4, 27, 3, 0, tzinfo=dt.UTC)
ADDRESS = "https://bekal.example/pesanan/BK-7Q2M-18KD/"
TEMPLATE = """
#import "/ui/typst/paper.typ": *
#show: sheet.with(footer: pages-footer)
= #data.title
#data.words
#ruled((1fr, auto), ("Barang", "Jumlah"), data.lines.map(l => ([#l.at(0)], [#l.at(1)])))
#code()
"""


@pytest.fixture
def template(tmp_path, monkeypatch):
    """A template of a room, in a package of its own beside the real ui."""
    (tmp_path / "ui").symlink_to(pdf.PACKAGE / "ui")
    (tmp_path / "kind.typ").write_text(TEMPLATE)
    monkeypatch.setattr(pdf, "PACKAGE", tmp_path)
    return "kind.typ"


def data(**changes):
    given = {"title": "Isi paket", "words": "", "lines": [["Noken", 2]], **pdf.code_of(ADDRESS)}
    return {**given, **changes}


def test_a_paper_says_what_its_data_say(template):
    paper = Paper(pdf.paper(template, data(words="Rp48.000, Jalan Mélati 5"), made_at=AT))
    assert paper.text == (
        "Isi paket Rp48.000, Jalan Mélati 5 Barang Jumlah Noken 2 Isi paket Halaman 1 dari 1"
    )


@pytest.mark.parametrize(
    "typed",
    [
        '#read("/config/settings/base.py")',
        "#strong[x] *tebal* _miring_ $x^2$ `kode` <label> @ref",
        '"); #panic("x")',
        "\\u{41} ~ --- // komentar /* */",
        "= Judul\n- daftar\n+ satu",
    ],
)
def test_what_a_person_typed_is_never_markup(template, typed):
    paper = Paper(pdf.paper(template, data(words=typed, lines=[[typed, 1]]), made_at=AT))
    plain = " ".join(typed.split())
    assert paper.text.count(plain) == 2


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\x00\x07b", "ab"),
        ("日本", f"{pdf.MISSING * 2}"),
        ("Siti 😀", f"Siti {pdf.MISSING}"),
        ("\u202ecba", "cba"),
        ("Me\u0301lati", "Mélati"),
        ("Jalan\u2003Mawar\tLima", "Jalan Mawar Lima"),
        ("", ""),
    ],
)
def test_signs_that_the_font_lacks_keep_no_label_from_being_printed(template, typed, printed):
    paper = Paper(pdf.paper(template, data(words=typed), made_at=AT))
    assert paper.text.startswith(f"Isi paket {printed} Barang".replace("  ", " "))


def test_a_paper_is_accessible_and_fit_for_the_archive(template):
    paper = Paper(pdf.paper(template, data(), made_at=AT))
    assert paper.title == "Isi paket"
    assert "/Lang(id)" in paper.catalog
    assert "/Marked true" in paper.catalog
    assert "<pdfuaid:part>1<" in paper.metadata
    assert "<pdfaid:part>2<" in paper.metadata
    assert paper.alternatives == [b"Kode QR ke bekal.example/pesanan/BK-7Q2M-18KD/"]


def test_the_same_data_give_the_same_bytes(template):
    assert pdf.paper(template, data(), made_at=AT) == pdf.paper(template, data(), made_at=AT)
    later = pdf.paper(template, data(), made_at=AT + dt.timedelta(days=1))
    assert later != pdf.paper(template, data(), made_at=AT)


PROGRAM = """
import datetime as dt, hashlib, json, pathlib, sys
from bekal.ui import pdf
pdf.PACKAGE = pathlib.Path(sys.argv[1])
at = dt.datetime.fromisoformat(sys.argv[3])
made = pdf.paper("kind.typ", json.loads(sys.argv[2]), made_at=at)
print(hashlib.sha256(made).hexdigest())
"""


def test_another_process_writes_the_same_bytes(template):
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(pdf.PACKAGE), json.dumps(data()), AT.isoformat()],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": "src", "PYTHONHASHSEED": "7", "TZ": "Asia/Jayapura"},
    )
    here = hashlib.sha256(pdf.paper(template, data(), made_at=AT)).hexdigest()
    assert said.stdout.strip() == here


def test_the_code_on_paper_leads_to_the_address_in_capitals(template):
    (page,) = pdf.pictures(template, data(), made_at=AT)
    assert codes_in(page) == [ADDRESS.upper()]


def test_an_address_in_capitals_makes_a_smaller_code():
    def modules(text):
        return int(drawing_of(text).partition('width="')[2].partition('"')[0])

    longer = "https://toko.bekal.example.id/pesanan/bk-7q2m-18kd/ulasan/"
    assert modules(shouted(longer)) < modules(longer)


def test_fonts_of_the_machine_are_left_out():
    families = {font.family for font in pdf._fonts().fonts()}
    assert "Plus Jakarta Sans" in families
    assert families <= {
        "Plus Jakarta Sans",
        "Libertinus Serif",
        "New Computer Modern",
        "New Computer Modern Math",
        "DejaVu Sans Mono",
    }
