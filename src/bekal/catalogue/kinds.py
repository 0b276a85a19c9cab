"""The kinds under which visitors find products, and the drawing that stands for a photograph. Pure.

The sources use some thirty words for categories; visitors choose among eleven kinds. A kind has a
swatch (`sw-<swatch>.svg` of ui/img). A drawing is chosen by a word of the product's name, else it
is the swatch of its kind: it never shows something that the product is not.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

SLUG_LENGTH = 60
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Kind:
    """A kind of products, by the code in addresses; `categories` are the words of the sources."""

    code: str
    name: str | Promise
    swatch: str
    categories: tuple[str, ...]


OTHER = Kind("lainnya", _("Lainnya"), "tenun", ("olahraga", "otomotif", "kebutuhan-rumah"))
KINDS = (
    Kind("tekstil", _("Batik, tenun, dan busana"), "batik", ("tekstil", "rajutan")),
    Kind("makanan", _("Makanan"), "pangan", ("makanan", "jasa-boga")),
    Kind("minuman", _("Kopi dan minuman"), "kopi", ("minuman", "minuman-herbal", "herbal")),
    Kind(
        "kerajinan",
        _("Anyaman dan kerajinan"),
        "anyam",
        ("kerajinan", "kerajinan-daur-ulang", "perhiasan"),
    ),
    Kind("mebel", _("Mebel dan kayu"), "kayu", ("mebel", "kerajinan-kayu")),
    Kind("kulit", _("Kulit dan alas kaki"), "kulit", ("kulit", "alas-kaki")),
    Kind("seni", _("Seni dan musik"), "seni", ("seni", "alat-musik")),
    Kind(
        "kebun",
        _("Kebun, ternak, dan ikan"),
        "pangan",
        ("pertanian", "perkebunan", "peternakan", "perikanan"),
    ),
    Kind("bahan", _("Bahan bangunan dan industri"), "kayu", ("bahan-bangunan", "bahan-industri")),
    Kind("jasa", _("Jasa"), "seni", ("jasa", "jasasablon")),
    OTHER,
)
BY_CODE = {kind.code: kind for kind in KINDS}
_BY_CATEGORY = {category: kind for kind in KINDS for category in kind.categories}
_DRAWINGS = {
    "batik": "batik",
    "tenun": "tenun",
    "songket": "tenun",
    "kopi": "kopi",
    "sambal": "sambal",
    "keranjang": "keranjang",
    "bangku": "bangku",
    "tas": "tas",
    "cangkir": "cangkir",
    "mug": "cangkir",
    "gerabah": "cangkir",
    "gerobak": "gerobak",
}


def kind_of(category: str) -> Kind:
    """The kind that a category (its code) belongs to; a category that nobody foresaw is OTHER."""
    return _BY_CATEGORY.get(category, OTHER)


def drawing_of(*, name: str, category: str) -> str:
    """The name of the drawing in ui/img that stands for a photograph of a product."""
    for word in _WORD.findall(name.lower()):
        if word in _DRAWINGS:
            return _DRAWINGS[word]
    return f"sw-{kind_of(category).swatch}"


def slug_of(name: str) -> str:
    """The name of a product as a part of its address; "karya" when no letter of it can stay."""
    return slugify(name)[:SLUG_LENGTH].strip("-") or "karya"
