"""Turnover as public tables. Cells of a unit with few receipts are kept back."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from bekal.foundation.clock import month_of
from bekal.foundation.datasets import Asked, Cell, Column, Dataset, Kind, yes_no
from bekal.places.queries import as_it_was
from bekal.sales.rules import BUYER_LABELS, BuyerClass
from bekal.turnover.disclosure import hidden_of

_OPEN = """
  (%(first)s::date is null or f.day >= %(first)s) and (%(last)s::date is null or f.day <= %(last)s)
"""
_SUMS = """
  sum(f.gross)::bigint, sum(f.returned)::bigint, sum(f.gross - f.returned)::bigint,
  sum(f.pieces - f.pieces_returned)::bigint, sum(f.sample_gross)::bigint
"""
_KANWIL = f"""
{as_it_was(unit="f.unit_id", day="f.day")}
join places_place k on k.id = a.ancestor_id and k.level = 'kanwil'
"""
_DAYS = f"""
select f.day, k.code, t.name, sum(f.receipts)::bigint, {_SUMS}
from sales_unitday f {_KANWIL}
join places_tenure t on t.place_id = k.id and t.during @> f.day
where {_OPEN}
group by f.day, k.code, t.name order by f.day, k.code, t.name
"""
_KINDS = f"""
select f.day, f.category, coalesce(c.name, f.category), f.buyer_class, sum(f.lines)::bigint, {_SUMS}
from sales_leaf f left join catalogue_category c on c.code = f.category
where {_OPEN}
group by f.day, f.category, c.name, f.buyer_class order by f.day, f.category, f.buyer_class
"""
# A unit's month in the kanwil under which it stood on each day; its newest name in the month.
_UNITS = f"""
select date_trunc('month', f.day)::date, k.code, u.code, max(t.name),
  sum(f.receipts)::bigint, {_SUMS}
from sales_unitday f {_KANWIL}
join places_place u on u.id = f.unit_id
join places_tenure t on t.place_id = u.id and t.during @> f.day
where {_OPEN}
group by 1, k.code, u.code order by 1, k.code, u.code
"""


def _asked(sql: str, *, first: dt.date | None, last: dt.date | None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"first": first, "last": last})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _days(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """Kanwil with few receipts on a day are kept back; the sum of the nation's day is public."""
    rows = _asked(_DAYS, first=asked.first, last=asked.last)
    yield from _kept_back(rows, whole=itemgetter(0), weight=3)


def _kinds(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    rows = _asked(_KINDS, first=asked.first, last=asked.last)
    for day, code, name, buyer, *shown in _kept_back(rows, whole=itemgetter(0), weight=4):
        yield (day, code, name, BUYER_LABELS[BuyerClass(buyer)], *shown)


def _units(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    """Whole months alone: days could be told apart by the difference of two questions."""
    first = asked.first and asked.first.replace(day=1)
    last = asked.last and month_of(asked.last).last
    rows = _asked(_UNITS, first=first, last=last)
    for month, *shown in _kept_back(rows, whole=itemgetter(0, 1), weight=4):
        yield (f"{month:%Y-%m}", *shown)


def _kept_back(
    rows: list[tuple[Any, ...]], *, whole: Callable[[tuple[Any, ...]], object], weight: int
) -> Iterator[tuple[Any, ...]]:
    """The rows with their small ones kept back and marked.

    Rows of one `whole` follow each other and add up to a public sum. At `weight` stands how many
    receipts a row tells of; after it come its sums.
    """
    for _sum, group in groupby(rows, key=whole):
        cells = list(group)
        hidden = hidden_of([row[weight] for row in cells])
        for place, row in enumerate(cells):
            shown = _shown(row[weight], row[weight + 1 :], hide=place in hidden)
            yield (*row[:weight], *shown)


def _shown(receipts: int, sums: Sequence[int], *, hide: bool) -> tuple[Cell, ...]:
    """Receipts and sums with whether they were kept back; then they are empty."""
    cells: list[Cell] = [None] * (1 + len(sums)) if hide else [receipts, *sums]
    return (*cells, yes_no(hide))


_MONEY = _("rupiah")
_SUM_COLUMNS = (
    Column("omzet_kotor", Kind.WHOLE, _("Jumlah harga pada nota, sebelum pengembalian."), _MONEY),
    Column("dikembalikan", Kind.WHOLE, _("Nilai yang kembali dan dihitung di sini."), _MONEY),
    Column("omzet_bersih", Kind.WHOLE, _("Omzet kotor dikurangi yang dikembalikan."), _MONEY),
    Column("barang_terjual", Kind.WHOLE, _("Barang pada nota dikurangi yang kembali."), _("buah")),
    Column(
        "kotor_data_contoh",
        Kind.WHOLE,
        _("Bagian omzet kotor dari penjualan buatan untuk peragaan; nol pada data sungguhan."),
        _MONEY,
    ),
)
_RECEIPTS = Column("nota", Kind.WHOLE, _("Banyaknya nota, juga yang kemudian kembali."), _("nota"))
_HIDDEN = Column(
    "ditahan",
    Kind.TEXT,
    _("ya: angkanya ditahan karena hanya sedikit nota. Selnya kosong, bukan nol."),
)
_DAY_COLUMN = Column("hari", Kind.DAY, _("Tanggal penjualan menurut jam setempat."))
_KANWIL_COLUMN = Column(
    "kanwil_kode", Kind.TEXT, _("Kode kantor wilayah yang membawahi unit pada hari itu.")
)

BY_DAY = Dataset(
    name="omzet-harian",
    title=_("Omzet harian menurut kanwil"),
    about=_(
        "Satu baris untuk setiap hari dan kantor wilayah dengan penjualan atau pengembalian. "
        "Kantor wilayah adalah yang membawahi unit pada hari itu."
    ),
    topics=("sales", "places"),
    columns=(
        _DAY_COLUMN,
        _KANWIL_COLUMN,
        Column("kanwil", Kind.TEXT, _("Nama kantor wilayah pada hari itu.")),
        _RECEIPTS,
        *_SUM_COLUMNS,
        _HIDDEN,
    ),
    key=("hari", "kanwil_kode"),
    rows=_days,
    has_days=True,
    method="bersih",
    api="/api/v1/turnover/nasional/days",
)
BY_KIND = Dataset(
    name="omzet-kategori",
    title=_("Omzet harian menurut kategori dan pembeli"),
    about=_("Satu baris untuk setiap hari, kategori barang dan golongan pembeli, seluruh negeri."),
    topics=("sales", "catalogue"),
    columns=(
        _DAY_COLUMN,
        Column("kategori_kode", Kind.TEXT, _("Kode kategori barang.")),
        Column("kategori", Kind.TEXT, _("Kategori barang menurut katalog.")),
        Column("pembeli", Kind.TEXT, _("Golongan pembeli: umum, pegawai atau lembaga.")),
        Column("baris_nota", Kind.WHOLE, _("Banyaknya baris barang pada nota."), _("baris")),
        *_SUM_COLUMNS,
        _HIDDEN,
    ),
    key=("hari", "kategori_kode", "pembeli"),
    rows=_kinds,
    has_days=True,
    method="pembeli",
    api="/api/v1/turnover/nasional",
)
BY_UNIT = Dataset(
    name="omzet-unit",
    title=_("Omzet bulanan menurut unit"),
    about=_(
        "Satu baris untuk setiap bulan dan unit yang mencatat penjualan. Unit tanpa baris belum "
        "mencatat: itu bukan nol. Bulan selalu utuh."
    ),
    topics=("sales", "places"),
    columns=(
        Column("bulan", Kind.TEXT, _("Bulan penjualan, tahun dan bulan: 2026-04.")),
        _KANWIL_COLUMN,
        Column("unit_kode", Kind.TEXT, _("Kode unit, sama dengan kumpulan data unit.")),
        Column("unit", Kind.TEXT, _("Nama unit dalam bulan itu.")),
        _RECEIPTS,
        *_SUM_COLUMNS,
        _HIDDEN,
    ),
    key=("bulan", "kanwil_kode", "unit_kode"),
    rows=_units,
    has_days=True,
    method="ditahan",
    api="/api/v1/turnover/nasional/below",
)
