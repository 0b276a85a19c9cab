"""The words for what a product is to a buyer, and what buyers are told of its shelf."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bekal.catalogue.kinds import FOODS

FEW = 3
"""From so many pieces on, fewer are told to buyers as "Sisa 3"."""


class Origin(StrEnum):
    """How much of a product was made inside."""

    INSIDE = "inside"
    PARTNER = "partner"


class Making(StrEnum):
    """Whether pieces lie ready, or are made when somebody orders."""

    STOCK = "stock"
    ORDER = "order"


class Halal(StrEnum):
    """What a food says of being halal. Only a certificate in force bears the first."""

    CERTIFIED = "certified"
    UNCERTIFIED = "uncertified"
    NOT_HALAL = "not_halal"


class ShelfState(StrEnum):
    """What buyers are told of how many there are."""

    READY = "ready"
    FEW = "few"
    MADE = "made"
    SOLD_OUT = "sold_out"
    PAUSED = "paused"


class ReviewStatus(StrEnum):
    """Where a review stands."""

    WAITING = "waiting"
    SHOWN = "shown"
    REFUSED = "refused"


class PermitKind(StrEnum):
    """The permits that goods of workshops have."""

    PIRT = "pirt"
    BPOM = "bpom"
    HALAL = "halal"
    SNI = "sni"
    BRAND = "brand"


ORIGIN_LABELS = {
    Origin.INSIDE: _("Dibuat seluruhnya di bengkel"),
    Origin.PARTNER: _("Dirakit di bengkel, sebagian bahan dari mitra"),
}
HALAL_LABELS = {
    Halal.CERTIFIED: _("Bersertifikat halal"),
    Halal.UNCERTIFIED: _("Belum bersertifikat halal"),
    Halal.NOT_HALAL: _("Mengandung bahan tidak halal"),
}
PERMIT_LABELS = {
    PermitKind.PIRT: _("P-IRT"),
    PermitKind.BPOM: _("Izin edar BPOM"),
    PermitKind.HALAL: _("Sertifikat halal"),
    PermitKind.SNI: _("SNI"),
    PermitKind.BRAND: _("Merek terdaftar"),
}
DISTRIBUTION = frozenset({PermitKind.PIRT, PermitKind.BPOM})
"""One of these must stand on the pack of a food."""


@dataclass(frozen=True)
class NewShelf:
    """What buyers are told of a product: `left` only when FEW, `days` only when MADE.

    `sentence` says to buyers why the unit pauses, when PAUSED.
    """

    product_id: int
    state: ShelfState
    left: int | None = None
    days: int | None = None
    sentence: str = ""


_RETURNS = {
    "food": _("Makanan: laporkan dalam 3 hari sejak diterima bila basi, salah, atau kurang."),
    Making.STOCK: _("Bisa dikembalikan dalam 7 hari sejak diterima, juga bila tidak cocok."),
    Making.ORDER: _(
        "Dibuat untuk Anda: bisa dikembalikan dalam 7 hari bila rusak, salah, atau kurang."
    ),
}


def return_sentence(*, is_food: bool, making: Making) -> StrOrPromise:
    """What buyers are promised when something is wrong; the shop keeps to the same sentences."""
    return _RETURNS["food" if is_food else making]


def is_food(*, said: bool | None, category: str) -> bool:
    """Whether a product is processed food: by what its officer said, else by its category.

    So that nobody sells crisps without a permit by leaving a question unanswered.
    """
    return category in FOODS if said is None else said


def is_service(category: str) -> bool:
    """Whether a category of the catalogue is of services: jasa, jasa-boga, jasa-sablon."""
    return category == "jasa" or category.startswith("jasa-")
