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
    Kind("jasa", _("Jasa"), "seni", ("jasa", "jasa-sablon")),
    OTHER,
)
BY_CODE = {kind.code: kind for kind in KINDS}
FOODS = ("makanan", "minuman", "minuman-herbal", "herbal")
"""The categories of food and drink; jasa-boga is a service, and has no label to be read."""
_BY_CATEGORY = {category: kind for kind in KINDS for category in kind.categories}
# A drawing for each word that a product of a kind may be named by; the first such word counts.
_ANYWHERE = {
    "bangku": "bangku",
    "cangkir": "cangkir",
    "gelas": "cangkir",
    "gerobak": "gerobak",
    "keranjang": "keranjang",
    "kursi": "kursi",
    "meja": "meja",
    "mug": "cangkir",
    "sandal": "sandal",
    "sepatu": "sepatu",
    "tas": "tas",
}
_IN_KIND = {
    "tekstil": {
        **dict.fromkeys(["batik"], "batik"),
        **dict.fromkeys(["tenun", "songket", "tapis"], "tenun"),
        **dict.fromkeys(["kaos", "baju", "kemeja", "pakaian", "garmen"], "kaos"),
        **dict.fromkeys(["peci", "songkok"], "songkok"),
    },
    "makanan": {
        **dict.fromkeys(["keripik", "kripik", "kripsang", "kerupuk", "emping"], "keripik"),
        **dict.fromkeys(["makanan", "peyek", "stik", "amplang", "getas"], "keripik"),
        **dict.fromkeys(["roti", "donat", "kue", "nastar", "bakpia"], "roti"),
        **dict.fromkeys(["madu"], "madu"),
        **dict.fromkeys(["sambal"], "sambal"),
        **dict.fromkeys(["tempe"], "tempe"),
        **dict.fromkeys(["kopi"], "kopi"),
    },
    "minuman": {"kopi": "kopi", "minyak": "botol"},
    "kerajinan": {
        **dict.fromkeys(["anyaman", "anyam", "lidi", "piring"], "anyaman"),
        **dict.fromkeys(["bingkai", "figura", "lukisan"], "bingkai"),
        **dict.fromkeys(["kapal", "perahu"], "kapal"),
        **dict.fromkeys(["minyak"], "botol"),
        **dict.fromkeys(["songkok", "tanjak"], "songkok"),
    },
    "mebel": dict.fromkeys(["mebel", "meubeler", "meubelair", "furniture"], "meja"),
    "seni": {
        **dict.fromkeys(["lukisan", "kaligrafi"], "bingkai"),
        **dict.fromkeys(["gitar"], "gitar"),
    },
    "kebun": {
        **dict.fromkeys(["sayur", "sayuran", "kangkung", "sawi", "pakcoy"], "sayur"),
        **dict.fromkeys(["ikan", "lele", "nila", "gurame"], "ikan"),
        **dict.fromkeys(["beras", "padi", "jagung"], "karung"),
        **dict.fromkeys(["telur"], "telur"),
    },
    "bahan": dict.fromkeys(["batako", "paving"], "batako"),
    "jasa": dict.fromkeys(["kaos"], "kaos"),
    "lainnya": dict.fromkeys(["sabun"], "botol"),
}
_DRAWINGS = {kind.code: {**_ANYWHERE, **_IN_KIND.get(kind.code, {})} for kind in KINDS}


def kind_of(category: str) -> Kind:
    """The kind that a category (its code) belongs to; a category that nobody foresaw is OTHER."""
    return _BY_CATEGORY.get(category, OTHER)


def drawing_of(*, name: str, category: str) -> str:
    """The name of the drawing in ui/img that stands for a photograph of a product."""
    kind = kind_of(category)
    drawings = _DRAWINGS[kind.code]
    words = (drawings[word] for word in _WORD.findall(name.lower()) if word in drawings)
    # The swatch of drinks is of coffee beans, which most drinks are not made of.
    return next(words, "jus" if kind.code == "minuman" else f"sw-{kind.swatch}")


def slug_of(name: str) -> str:
    """The name of a product as a part of its address; "karya" when no letter of it can stay."""
    return slugify(name)[:SLUG_LENGTH].strip("-") or "karya"


def path_of(name: str, code: str) -> str:
    """The last part of a product's public address: its name, for people, and its code."""
    return f"{slug_of(name)}-{code}"
