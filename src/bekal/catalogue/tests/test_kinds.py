"""Which kind a product is found under, and what is drawn for it."""

import pytest

from bekal.catalogue import kinds
from bekal.catalogue.source import SourceRow, packaged_rows
from bekal.ui.assets import SOURCES


def test_every_category_of_the_sources_has_a_kind():
    known = {category for kind in kinds.KINDS for category in kind.categories}
    rows = [row for row in packaged_rows() if isinstance(row, SourceRow)]
    assert {row.category_code for row in rows} <= known


def test_a_category_that_nobody_foresaw_is_other():
    assert kinds.kind_of("batu-akik") is kinds.OTHER


def test_every_drawing_and_swatch_is_there():
    names = {drawing for words in kinds._DRAWINGS.values() for drawing in words.values()}
    names |= {f"sw-{kind.swatch}" for kind in kinds.KINDS}
    assert {name for name in names if not (SOURCES / "img" / f"{name}.svg").is_file()} == set()


@pytest.mark.parametrize(
    ("name", "category", "drawing"),
    [
        ("Kopi bubuk", "minuman", "kopi"),
        ("Peralatan minum kopi dari kayu", "kerajinan-kayu", "sw-kayu"),
        ("Jaring ikan", "kerajinan", "sw-anyam"),
        ("Bibit markisa madu", "pertanian", "sw-pangan"),
        ("Kacang telur", "makanan", "sw-pangan"),
        ("Keripik tempe", "makanan", "keripik"),
        ("Jahe merah kemasan", "minuman-herbal", "jus"),
        ("Tas batik", "kerajinan", "tas"),
        ("Set meja kursi", "mebel", "meja"),
        ("", "nonsense", "sw-tenun"),
    ],
)
def test_a_drawing_shows_what_the_product_is_or_its_kind_alone(name, category, drawing):
    assert kinds.drawing_of(name=name, category=category) == drawing


def test_the_slug_of_a_name_without_letters_is_still_an_address():
    assert kinds.slug_of("???") == "karya"
    assert kinds.slug_of("Keripik Tempe " * 9)[-1] != "-"
