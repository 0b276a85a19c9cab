"""Themes, measures and words of the claims. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from bekal.foundation.datasets import Text


class Theme(StrEnum):
    """What a claim is about, in the order of the page; the words stand in addresses."""

    ODOPP = "odopp"
    SALES = "penjualan"
    PNBP = "pnbp"
    PREMI = "premi"
    FAIRS = "pameran"
    MAKING = "produksi"
    FOOD = "pangan"
    TRAINING = "pelatihan"
    HELP = "bantuan"
    UNITS = "lembaga"


THEME_LABELS: Mapping[Theme, Text] = {
    Theme.ODOPP: "One Day One Prison's Product",
    Theme.SALES: _("Penjualan dan omzet"),
    Theme.PNBP: _("PNBP"),
    Theme.PREMI: _("Premi dan bagi hasil"),
    Theme.FAIRS: _("Pameran"),
    Theme.MAKING: _("Produksi dan ekspor"),
    Theme.FOOD: _("Ketahanan pangan"),
    Theme.TRAINING: _("Pelatihan dan sertifikat"),
    Theme.HELP: _("Bantuan usaha"),
    Theme.UNITS: _("Unit dan penghuni"),
}


class SubjectKind(StrEnum):
    """Whom a claim speaks of."""

    UNIT = "unit"
    KANWIL = "kanwil"
    NATION = "nation"
    EVENT = "event"
    SEVERAL = "several"


class Precision(StrEnum):
    """How precisely a source dates what it says."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


MEASURES: Mapping[str, Text] = {
    "rupiah": "",
    "rupiah-bulan": _("tiap bulan"),
    "rupiah-hari": _("tiap hari"),
    "rupiah-kg": _("tiap kg"),
    "rupiah-buah": _("tiap buah"),
    "orang": _("orang"),
    "buah": _("buah"),
    "buah-hari": _("buah tiap hari"),
    "buah-bulan": _("buah tiap bulan"),
    "produk": _("produk"),
    "stan": _("stan"),
    "upt": _("UPT"),
    "lukisan": _("lukisan"),
    "kg": _("kg"),
    "persen": _("persen"),
    "persen-bulan": _("persen tiap bulan"),
    "hektare": _("hektare"),
    "bibit": _("bibit"),
    "kelompok": _("kelompok"),
    "peserta": _("peserta"),
    "kanwil": _("kanwil"),
    "provinsi": _("provinsi"),
    "edisi": _("kali"),
    "gerobak": _("gerobak"),
    "lapas": _("lapas"),
    "rutan": _("rutan"),
    "jp": _("jam pelajaran"),
    "unit": _("unit"),
    "sertifikat": _("sertifikat"),
    "bulan": _("bulan"),
    "lembar": _("lembar"),
    "pak": _("pak"),
    "jenis": _("jenis"),
}
MONEY = "rupiah"
"""How the code of a measure of money begins; its label is what follows the amount."""

BASES: Mapping[str, Text] = {
    "": "",
    "omzet": _("omzet"),
    "penjualan": _("penjualan"),
    "keuntungan": _("keuntungan"),
    "pendapatan": _("pendapatan"),
    "pnbp": _("PNBP"),
    "target": _("target PNBP"),
    "premi": _("premi"),
    "upah": _("upah"),
    "insentif": _("insentif"),
    "harga": _("harga"),
    "modal": _("modal"),
    "ongkos": _("ongkos kerja"),
    "dana": _("dana tanggung jawab sosial"),
}
QUALIFIERS: Mapping[str, Text] = {
    "": "",
    "hampir": _("hampir"),
    "kira-kira": _("kira-kira"),
    "lebih dari": _("lebih dari"),
    "paling sedikit": _("paling sedikit"),
}
FAIRS_EVENT = "pun"
"""The Pameran Produk Unggulan Narapidana in the Plasa Industri of Kemenperin."""
EVENTS = ("", FAIRS_EVENT, "ippa-2025-04", "ippa-2025-08", "panen-2026", "tei-2017")

SERIES: Mapping[str, Text] = {
    "bangli-penjualan": _("Penjualan"),
    "bangli-pnbp": _("PNBP"),
    "bangli-premi": _("Premi"),
    "jatim-odopp": _("Kanwil Jawa Timur"),
    "surabaya-odopp": _("Lapas I Surabaya"),
}
