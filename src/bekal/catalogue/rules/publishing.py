"""Which facts a product must have before buyers may order it, and how they are written."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bekal.catalogue.rules.goods import (
    DISTRIBUTION,
    Halal,
    Making,
    Origin,
    PermitKind,
    is_food,
)
from bekal.catalogue.rules.sheets import NAME_LENGTH, tidy
from bekal.foundation import formats
from bekal.foundation.refusals import Refused

DESCRIPTION_LENGTH = 2000
TEXT_LENGTH = 400
COMPOSITION_LENGTH = 1000
NET_CONTENT_LENGTH = 60
HEAVIEST_G = 500_000
LONGEST_CM = 600
LARGEST_LIMIT = 999
LONGEST_SHELF_LIFE = 1825
KIND_FOR_CHILDREN = "LPKA"
"""Units that guide children, who are not in production (design 3.10; domain.md 11, point 1)."""
BPOM_31 = "Peraturan BPOM 31/2018 tentang Label Pangan Olahan, diubah dengan 20/2021"
LENGTHS = {
    "description": DESCRIPTION_LENGTH,
    "description_en": DESCRIPTION_LENGTH,
    "name_en": NAME_LENGTH,
    "material": TEXT_LENGTH,
    "measure": TEXT_LENGTH,
    "care": TEXT_LENGTH,
    "composition": COMPOSITION_LENGTH,
    "net_content": NET_CONTENT_LENGTH,
    "allergens": TEXT_LENGTH,
    "storage": TEXT_LENGTH,
}
LARGEST = {
    "weight_g": HEAVIEST_G,
    "length_cm": LONGEST_CM,
    "width_cm": LONGEST_CM,
    "height_cm": LONGEST_CM,
    "buyer_limit": LARGEST_LIMIT,
    "shelf_life_days": LONGEST_SHELF_LIFE,
}
_WORDS = {
    "description": "Keterangan",
    "description_en": "Keterangan Inggris",
    "name_en": "Nama Inggris",
    "material": "Bahan",
    "measure": "Ukuran barang",
    "care": "Perawatan",
    "composition": "Komposisi",
    "net_content": "Isi bersih",
    "allergens": "Alergen",
    "storage": "Cara simpan",
    "weight_g": "Berat kirim",
    "length_cm": "Panjang kemasan",
    "width_cm": "Lebar kemasan",
    "height_cm": "Tinggi kemasan",
    "buyer_limit": "Batas satu pembeli",
    "shelf_life_days": "Masa simpan",
}


class Fact(StrEnum):
    """What a product must have before buyers see it as something to order."""

    DESCRIPTION = "description"
    ORIGIN = "origin"
    WEIGHT = "weight_g"
    KIND = "is_food"
    COMPOSITION = "composition"
    NET_CONTENT = "net_content"
    STORAGE = "storage"
    SHELF_LIFE = "shelf_life_days"
    HALAL = "halal"
    DISTRIBUTION = "distribution"
    HALAL_PERMIT = "halal_permit"
    COST = "cost"
    ADULTS = "adults"


@dataclass(frozen=True)
class NewListing:
    """What a product is for a buyer, as an officer describes it; sizes are of the packed piece.

    `is_food` says whether it is processed food; None: nobody has said, so its category tells.
    """

    description: str = ""
    description_en: str = ""
    name_en: str = ""
    origin: Origin | None = None
    making: Making = Making.STOCK
    weight_g: int | None = None
    length_cm: int | None = None
    width_cm: int | None = None
    height_cm: int | None = None
    material: str = ""
    measure: str = ""
    care: str = ""
    buyer_limit: int | None = None
    is_food: bool | None = None
    composition: str = ""
    net_content: str = ""
    allergens: str = ""
    storage: str = ""
    shelf_life_days: int | None = None
    halal: Halal | None = None


@dataclass(frozen=True)
class PermitSpan:
    """A permit of a product as far as it counts: its kind, and from when until when it holds."""

    kind: PermitKind
    valid_from: dt.date
    valid_until: dt.date | None

    def holds(self, on: dt.date) -> bool:
        """Whether it is in force on a day; the last day counts."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True)
class Missing:
    """A fact that is missing, what to do about it, and the rule that asks for it."""

    fact: Fact
    name: str
    sentence: str
    source: str = ""


_ALWAYS = (
    Missing(Fact.DESCRIPTION, "keterangan", "Isi keterangan produk untuk pembeli."),
    Missing(Fact.ORIGIN, "asal", "Pilih asalnya: dibuat seluruhnya di bengkel, atau dirakit."),
    Missing(Fact.WEIGHT, "berat kirim", "Isi berat kirim dalam gram; ongkir dihitung darinya."),
)
_NO_KIND = Missing(Fact.KIND, "jenis barang", "Pilih jenis barang: makanan olahan atau bukan.")
_OF_FOOD = (
    Missing(Fact.COMPOSITION, "komposisi", "Isi daftar bahan (komposisi).", BPOM_31),
    Missing(Fact.NET_CONTENT, "isi bersih", "Isi berat bersih atau isi bersih.", BPOM_31),
    Missing(Fact.STORAGE, "cara simpan", "Isi cara penyimpanan.", BPOM_31),
    Missing(
        Fact.SHELF_LIFE, "masa simpan", "Isi masa simpan: sampai kapan baik digunakan.", BPOM_31
    ),
    Missing(Fact.HALAL, "keterangan halal", "Pilih keterangan halal.", BPOM_31),
)
_NO_DISTRIBUTION = Missing(
    Fact.DISTRIBUTION,
    "izin edar",
    "Tambahkan izin P-IRT atau BPOM yang masih berlaku untuk produk ini.",
    BPOM_31,
)
_NO_HALAL_PERMIT = Missing(
    Fact.HALAL_PERMIT,
    "sertifikat halal",
    "Tambahkan sertifikat halal yang masih berlaku, atau ubah keterangan halal.",
    BPOM_31,
)
_NO_COST = Missing(
    Fact.COST,
    "harga pokok",
    "Isi harga pokok: bagi hasil unit ini dihitung setelah biaya, jadi tanpa harga pokok "
    "penjualannya tidak bisa dicatat.",
)

_OF_CHILDREN = Missing(
    Fact.ADULTS,
    "bengkel orang dewasa",
    "LPKA membina anak. Anak tidak bekerja untuk dijual, jadi karyanya tidak ditayangkan di toko.",
)


def publish_problems(
    *,
    listing: NewListing,
    permits: Iterable[PermitSpan],
    on: dt.date,
    can_split: bool,
    category: str,
    unit_kind: str = "",
) -> tuple[Missing, ...]:
    """Which facts a product lacks on a day before it may be ordered; none when it is complete.

    `can_split` says whether its price could be split: by a rule on gross, or with its cost known.
    Of a `category` of food it is processed food until somebody says that it is fresh.
    Nothing is published of a unit that guides children (`unit_kind`).
    """
    if unit_kind == KIND_FOR_CHILDREN:
        return (_OF_CHILDREN,)
    missing = _lacked(listing, _ALWAYS)
    if listing.is_food is None:
        missing.append(_NO_KIND)
    if is_food(said=listing.is_food, category=category):
        held = {permit.kind for permit in permits if permit.holds(on)}
        missing += [*_lacked(listing, _OF_FOOD), *_unpermitted(listing, held)]
    if not can_split:
        missing.append(_NO_COST)
    return tuple(missing)


def _lacked(listing: NewListing, facts: Iterable[Missing]) -> list[Missing]:
    return [each for each in facts if not getattr(listing, each.fact)]


def _unpermitted(listing: NewListing, held: Collection[PermitKind]) -> Iterator[Missing]:
    if not DISTRIBUTION.intersection(held):
        yield _NO_DISTRIBUTION
    if listing.halal is Halal.CERTIFIED and PermitKind.HALAL not in held:
        yield _NO_HALAL_PERMIT


class PublishRefused(Refused):
    """The product lacks facts that buyers must be told; `missing` says which."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        """Name them."""
        named = ", ".join(each.name for each in missing)
        super().__init__(f"Belum bisa ditayangkan. Yang belum ada: {named}.")
        self.missing = missing


class ListingRefused(Refused):
    """Something an officer wrote of a product cannot be."""


def tidy_listing(listing: NewListing) -> NewListing:
    """The same with tidy texts; descriptions keep their paragraphs."""
    texts: dict[str, Any] = {
        name: tidy_text(text) if name.startswith("description") else tidy(text)
        for name, text in ((name, getattr(listing, name)) for name in LENGTHS)
    }
    return replace(listing, **texts)


def tidy_text(text: str) -> str:
    """Paragraphs of tidy lines, with at most one empty line between two."""
    lines = [tidy(line) for line in text.replace("\r\n", "\n").split("\n")]
    paragraphs = "\n".join(lines).split("\n\n")
    return "\n\n".join(each.strip("\n") for each in paragraphs if each.strip("\n"))


def check_listing(listing: NewListing) -> None:
    """Raise ListingRefused, at its field, for what is too long, too large or not above zero."""
    for name, most in LENGTHS.items():
        if len(getattr(listing, name)) > most:
            raise ListingRefused(f"{_WORDS[name]} paling panjang {most} huruf.", field=name)
    for refused in number_refusals(vars(listing)):
        raise refused


def number_refusals(told: Mapping[str, Any]) -> Iterator[ListingRefused]:
    """What is wrong with the numbers of a listing, by its fields; one that is not there is fine."""
    for name, most in LARGEST.items():
        number = told.get(name)
        if number is not None and not 1 <= number <= most:
            sentence = f"{_WORDS[name]}: isi angka dari 1 sampai {formats.thousands(most)}."
            yield ListingRefused(sentence, field=name)
