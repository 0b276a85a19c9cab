"""The rules of splitting as public tables: those in the book, and those that sources report."""

import json
from collections.abc import Iterable, Iterator, Mapping

from django.db import connection
from django.utils.translation import gettext_lazy as _

from bekal.foundation.datasets import Asked, Cell, Column, Dataset, Kind, yes_no
from bekal.ledger.models import DocumentedSplit
from bekal.ledger.rules import AccountKind, Base, Form, Share, shares_from_json

_BOOK = """
select p.code, coalesce(called.name, p.code), r.activity, r.name, r.base, r.shares::text,
  r.citation, r.source, lower(r.during), upper(r.during) - 1, r.during @> %(on)s::date
from ledger_splitrule r join places_place p on p.id = r.place_id
left join lateral (
  select t.name from places_tenure t where t.place_id = p.id
  order by coalesce(lower(t.during) <= %(on)s, true) desc, t.during desc limit 1
) called on true
order by p.code, r.activity, lower(r.during) nulls first, r.id
"""
_BASE_WORDS = {Base.GROSS: "harga", Base.AFTER_COST: "laba"}
_SHARED = (
    AccountKind.PREMI_UNALLOCATED,
    AccountKind.PNBP_PAYABLE,
    AccountKind.CAPITAL,
    AccountKind.OPERATING,
    AccountKind.PARTNER_PAYABLE,
)


def _in_book(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_BOOK, {"on": asked.on})
        rows = cursor.fetchall()
    for code, place, activity, name, base, shares, citation, source, first, last, holds in rows:
        parts = _parts(json.loads(shares))
        base_word = _BASE_WORDS[Base(base)]
        dates = (first, last, yes_no(holds))
        yield (code, place, activity, name, base_word, *parts, citation, source, *dates)


def _documented(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for split in DocumentedSplit.objects.order_by("code"):
        base_word = _BASE_WORDS[Base(split.base)] if split.base else None
        parts = _parts(split.shares or [])
        yield (split.code, split.name, base_word, *parts, split.gap, split.citation, split.source)


def _parts(stored: Iterable[Mapping[str, str | int]]) -> tuple[str | None, ...]:
    shares = {share.account: _words(share) for share in shares_from_json(stored)}
    return tuple(shares.get(account) for account in _SHARED)


def _words(share: Share) -> str:
    """A share for a cell: "50%", "7,5%", "Rp5000/buah" or "sisa"."""
    if share.form is Form.REST:
        return "sisa"
    if share.form is Form.PER_PIECE:
        return f"Rp{share.value}/buah"
    whole, hundredths = divmod(share.value, 100)
    fraction = f",{hundredths:02d}".rstrip("0") if hundredths else ""
    return f"{whole}{fraction}%"


_PART_COLUMNS = (
    Column("premi", Kind.TEXT, _("Bagian pembuat: persen, rupiah tiap buah, atau sisa.")),
    Column("pnbp", Kind.TEXT, _("Bagian negara (PNBP).")),
    Column("dana_penunjang", Kind.TEXT, _("Bagian dana penunjang bengkel.")),
    Column("operasional", Kind.TEXT, _("Bagian biaya operasional.")),
    Column("mitra", Kind.TEXT, _("Bagian mitra.")),
)
_BASE = Column(
    "dasar", Kind.TEXT, _("Dasar pembagian: harga (seluruh harga jual) atau laba (setelah biaya).")
)
_CITATION = Column("dasar_hukum", Kind.TEXT, _("Aturan hukum atau perjanjian yang disebut."))
_SOURCE = Column("sumber", Kind.TEXT, _("Alamat atau nama sumbernya."))

IN_BOOK = Dataset(
    name="bagi-hasil",
    title=_("Aturan bagi hasil yang berlaku"),
    about=_(
        "Setiap aturan pembagian yang dipakai di Bekal, dengan tempat, masa berlaku dan dasar "
        "hukumnya. Aturan yang terdekat dengan unit yang berlaku."
    ),
    topics=("ledger", "places"),
    columns=(
        Column("tempat_kode", Kind.TEXT, _("Kode tempat yang menetapkan: unit, kanwil, nasional.")),
        Column("tempat", Kind.TEXT, _("Nama tempat itu.")),
        Column("kegiatan", Kind.TEXT, _("Kategori barang yang diatur. Kosong: semua.")),
        Column("nama", Kind.TEXT, _("Nama aturan.")),
        _BASE,
        *_PART_COLUMNS,
        _CITATION,
        _SOURCE,
        Column("sejak", Kind.DAY, _("Hari pertama berlaku. Kosong: sejak sebelum catatan Bekal.")),
        Column("sampai", Kind.DAY, _("Hari terakhir berlaku. Kosong: masih berlaku.")),
        Column("berlaku_hari_ini", Kind.TEXT, _("Apakah berlaku pada hari berkas dibuat.")),
    ),
    key=(),
    rows=_in_book,
    method="bagi-hasil",
)
DOCUMENTED = Dataset(
    name="bagi-hasil-tercatat",
    title=_("Bagi hasil menurut sumber"),
    about=_(
        "Pembagian yang diberitakan atau dinyatakan, dengan sumbernya. Sumber tidak selalu "
        "sejalan; yang tidak lengkap ditulis alasannya dan tidak dipakai menghitung."
    ),
    topics=("ledger",),
    columns=(
        Column("kode", Kind.TEXT, _("Kode pembagian.")),
        Column("nama", Kind.TEXT, _("Nama dan isinya dalam kata.")),
        _BASE,
        *_PART_COLUMNS,
        Column("tidak_lengkap", Kind.TEXT, _("Mengapa tidak dapat dipakai. Kosong: lengkap.")),
        _CITATION,
        _SOURCE,
    ),
    key=("kode",),
    rows=_documented,
    method="bagi-hasil",
)
