"""What a buyer abroad may ask, and what units may answer. Pure.

Incoterms 2020 are those of the International Chamber of Commerce (ICC publication 723E).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation import codes, formats
from bekal.foundation.refusals import Refused

ENQUIRY_KEY = "enquiry"
"""Names the kind of private address on which a buyer abroad follows an enquiry."""
GOODS_LENGTH = 120
PLACE_LENGTH = 80
REPLY_LENGTH = 1000
DOCUMENTS_LENGTH = 120
MOST_PRODUCTS = 10
KEPT_DAYS = 365
"""How long who asked is kept after the last word of either side."""
LONGEST_LEAD_DAYS = 730
LONGEST_VALIDITY = dt.timedelta(days=366)


class Incoterm(StrEnum):
    """Who carries cost and risk how far. The names are English everywhere."""

    EXW = "EXW"
    FCA = "FCA"
    CPT = "CPT"
    CIP = "CIP"
    DAP = "DAP"
    DPU = "DPU"
    DDP = "DDP"
    FAS = "FAS"
    FOB = "FOB"
    CFR = "CFR"
    CIF = "CIF"


INCOTERM_LABELS = {
    Incoterm.EXW: "EXW, Ex Works",
    Incoterm.FCA: "FCA, Free Carrier",
    Incoterm.CPT: "CPT, Carriage Paid To",
    Incoterm.CIP: "CIP, Carriage and Insurance Paid To",
    Incoterm.DAP: "DAP, Delivered at Place",
    Incoterm.DPU: "DPU, Delivered at Place Unloaded",
    Incoterm.DDP: "DDP, Delivered Duty Paid",
    Incoterm.FAS: "FAS, Free Alongside Ship",
    Incoterm.FOB: "FOB, Free on Board",
    Incoterm.CFR: "CFR, Cost and Freight",
    Incoterm.CIF: "CIF, Cost, Insurance and Freight",
}


class Document(StrEnum):
    """Papers that a buyer abroad may need with the goods."""

    INVOICE = "invoice"
    PACKING = "packing"
    ORIGIN = "origin"
    PHYTOSANITARY = "phytosanitary"
    FUMIGATION = "fumigation"
    HEALTH = "health"
    HALAL = "halal"
    WORK = "work"


DOCUMENT_LABELS = {
    Document.INVOICE: gettext_lazy("Faktur dagang"),
    Document.PACKING: gettext_lazy("Daftar kemasan"),
    Document.ORIGIN: gettext_lazy("Surat keterangan asal"),
    Document.PHYTOSANITARY: gettext_lazy("Sertifikat fitosanitari"),
    Document.FUMIGATION: gettext_lazy("Sertifikat fumigasi"),
    Document.HEALTH: gettext_lazy("Sertifikat kesehatan"),
    Document.HALAL: gettext_lazy("Sertifikat halal"),
    Document.WORK: gettext_lazy("Keterangan upah dan syarat kerja pembuatnya"),
}


class ReplyKind(StrEnum):
    """What is answered: terms, or a no with its reason."""

    TERMS = "terms"
    DECLINE = "decline"


class EnquiryState(StrEnum):
    """Where an enquiry stands."""

    WAITING = "menunggu"
    ANSWERED = "dijawab"
    DECLINED = "ditolak"


ENQUIRY_LABELS = {
    EnquiryState.WAITING: gettext_lazy("Menunggu jawaban"),
    EnquiryState.ANSWERED: gettext_lazy("Sudah dijawab"),
    EnquiryState.DECLINED: gettext_lazy("Tidak disanggupi"),
}
ENQUIRY_KINDS = {
    EnquiryState.WAITING: "warn",
    EnquiryState.ANSWERED: "ok",
    EnquiryState.DECLINED: "neutral",
}
CLOSED_BORDERS = {
    "US": "19 U.S.C. § 1307",
    "CA": "Customs Tariff, tariff item No. 9897.00.00",
}
"""Countries that are known to refuse goods made in prisons, with the law that says so.

Sources: https://uscode.house.gov (title 19, section 1307, "Convict-made goods; importation
prohibited"); CBSA Memorandum D9-1-6, 5 June 2012. There may be others: the page says so.
"""


class EnquiryRefused(Refused):
    """The enquiry cannot be sent, or answered, as asked."""


@dataclass(frozen=True)
class Sought:
    """What a buyer abroad asks for; `country` is ISO 3166-1 alpha-2.

    `named_place` follows the Incoterm: "FOB Tanjung Priok".
    """

    goods: str
    pieces: int
    measure: str
    country: str
    incoterm: Incoterm
    named_place: str
    wants_samples: bool
    documents: frozenset[Document]


@dataclass(frozen=True)
class Terms:
    """What a unit answers: rupiah for one, at least so many, ready so many days after ordering.

    `documents` are those that it can give.
    """

    unit_price: int
    least: int
    lead_days: int
    incoterm: Incoterm
    named_place: str
    documents: frozenset[Document]
    sends_samples: bool
    valid_until: dt.date


def enquiry_number(code: str) -> str:
    """The number of an enquiry as people say it: "EK-7Q2M-18KD"."""
    return f"EK-{codes.grouped(code)}"


def no_such_enquiry() -> EnquiryRefused:
    """An enquiry that is not there, or went to somebody else."""
    return EnquiryRefused(_("Pertanyaan ini tidak ditemukan."))


def written(documents: Iterable[Document]) -> str:
    """Documents as they are kept, in the order of their list."""
    chosen = set(documents)
    return ",".join(one for one in Document if one in chosen)


def documents_of(text: str) -> tuple[Document, ...]:
    """Documents as they were kept."""
    return tuple(Document(one) for one in text.split(",") if one)


def state_of_replies(kinds: Iterable[str]) -> EnquiryState:
    """The state by the newest reply of everybody who replied."""
    said = set(kinds)
    if ReplyKind.TERMS in said:
        return EnquiryState.ANSWERED
    return EnquiryState.DECLINED if said else EnquiryState.WAITING


def check_sought(sought: Sought, *, countries: Iterable[str]) -> None:
    """Refuse an enquiry without goods, number or a country. Raises EnquiryRefused at its field."""
    _check_text(sought.goods, GOODS_LENGTH, field="goods", question=_("Isi barang yang dicari."))
    if not 0 < sought.pieces <= formats.LARGEST_COUNT:
        raise EnquiryRefused(_("Isi jumlah paling sedikit 1."), field="pieces")
    if not sought.measure.strip():
        raise EnquiryRefused(_("Isi satuannya, misalnya buah."), field="measure")
    if sought.country not in set(countries):
        raise EnquiryRefused(_("Pilih negara tujuan."), field="country")
    if len(sought.named_place) > PLACE_LENGTH:
        words = _("Paling panjang %(letters)s huruf. Singkat tulisannya.")
        raise EnquiryRefused(words % {"letters": PLACE_LENGTH}, field="named_place")


def check_terms(terms: Terms, *, today: dt.date) -> None:
    """Refuse terms that say nothing. Raises EnquiryRefused at its field."""
    if not 0 < terms.unit_price <= formats.LARGEST_RUPIAH:
        raise EnquiryRefused("Isi harga satu barang, lebih dari 0.", field="unit_price")
    if not 0 < terms.least <= formats.LARGEST_COUNT:
        raise EnquiryRefused("Isi pesanan paling sedikit, misalnya 100.", field="least")
    if not 0 < terms.lead_days <= LONGEST_LEAD_DAYS:
        raise EnquiryRefused("Isi lama pengerjaan dalam hari, paling lama 730.", field="lead_days")
    if not today <= terms.valid_until <= today + LONGEST_VALIDITY:
        raise EnquiryRefused(
            "Jawaban berlaku dari hari ini sampai paling lama setahun.", field="valid_until"
        )


def check_note(note: str, *, is_decline: bool) -> None:
    """Refuse a no without its reason, and what is too long."""
    if is_decline and not note.strip():
        raise EnquiryRefused("Tulis alasannya; penanya membacanya.", field="note")
    if len(note) > REPLY_LENGTH:
        raise EnquiryRefused(f"Paling panjang {REPLY_LENGTH} huruf.", field="note")


def _check_text(text: str, longest: int, *, field: str, question: str) -> None:
    if not text.strip():
        raise EnquiryRefused(question, field=field)
    if len(text) > longest:
        words = _("Paling panjang %(letters)s huruf. Singkat tulisannya.")
        raise EnquiryRefused(words % {"letters": longest}, field=field)
