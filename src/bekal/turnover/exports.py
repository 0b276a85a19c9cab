"""Tables of turnover as files. Every row says which place, days and tree it speaks of."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from bekal.foundation.clock import Period
from bekal.foundation.exports import csv_lines
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level
from bekal.turnover import queries
from bekal.turnover.pages import Question
from bekal.turnover.rules import Dimension, Total


class Table(StrEnum):
    """The tables that can be taken along; the values stand in addresses."""

    PLACES = "tempat"
    DAYS = "hari"
    CATEGORIES = "kategori"
    CHANNELS = "saluran"
    BUYERS = "pembeli"
    SHARES = "bagian"
    SILENT = "diam"


_ABOUT = ("tempat", "dari", "sampai", "susunan")
_SUMS = (
    "omzet_kotor",
    "dikembalikan",
    "omzet_bersih",
    "barang_terjual",
    "nota",
    "pnbp_terutang",
    "premi",
    "bahan_dan_biaya",
    "modal_bengkel",
    "biaya_operasional",
    "bagian_mitra",
    "data_contoh_dalam_kotor",
)
_COVERAGE = ("unit_diharapkan", "unit_mencatat", "unit_diam")


def table_asked(text: str, place: PlaceNow) -> Table:
    """The table that an address names; days of a unit and places below any other by default."""
    if text in set(Table):
        return Table(text)
    return Table.DAYS if place.level is Level.UNIT else Table.PLACES


def file_name(place: PlaceNow, period: Period, table: Table) -> str:
    """A name that says what is inside."""
    return f"omzet-{place.code}-{period.first}-{period.last}-{table}.csv"


def as_file(place: PlaceNow, question: Question, table: Table) -> str:
    """A table of a place as CSV text; amounts are bare rupiah."""
    heading, rows = _MAKERS[table](question)
    about = (
        place.name,
        question["period"].first.isoformat(),
        question["period"].last.isoformat(),
        question["basis"].value,
    )
    return "".join(csv_lines((*_ABOUT, *heading), ((*about, *row) for row in rows)))


_Cell = str | int | None
_Rows = tuple[tuple[str, ...], Iterable[tuple[_Cell, ...]]]


def _sums(total: Total) -> tuple[_Cell, ...]:
    return (
        total.gross,
        total.returned,
        total.net,
        total.net_pieces,
        total.receipts,
        total.pnbp,
        total.premi,
        total.cost_recovery,
        total.capital,
        total.operating,
        total.partner,
        total.sample_gross,
    )


def _places(question: Question) -> _Rows:
    heading = ("kode", "nama", "jenis", *_COVERAGE, *_SUMS)
    return heading, (
        (
            row.node.code,
            row.node.name,
            row.node.kind,
            row.coverage.expected,
            row.coverage.reported,
            row.coverage.silent,
            *_sums(row.total),
        )
        for row in queries.children(**question)
    )


def _days(question: Question) -> _Rows:
    heading = ("hari", "laporan_hari", *_SUMS)
    found = queries.days(**question)
    return heading, ((row.day.isoformat(), row.reports, *_sums(row.total)) for row in found)


def _slices(dimension: Dimension) -> Callable[[Question], _Rows]:
    def rows(question: Question) -> _Rows:
        heading = (dimension.value, *_SUMS[:4])
        found = queries.slices(**question)[dimension]
        return heading, (
            (row.label, row.gross, row.returned, row.net, row.net_pieces) for row in found
        )

    return rows


def _shares(question: Question) -> _Rows:
    total = queries.total(**question).total
    return _SUMS, [_sums(total)]


def _silent(question: Question) -> _Rows:
    heading = ("kode", "nama", "jenis", "induk", "terakhir_mencatat")
    return heading, (
        (
            unit.node.code,
            unit.node.name,
            unit.node.kind,
            unit.above,
            unit.last.isoformat() if unit.last else None,
        )
        for unit in queries.silent_units(**question)
    )


_MAKERS: dict[Table, Callable[[Question], _Rows]] = {
    Table.PLACES: _places,
    Table.DAYS: _days,
    Table.CATEGORIES: _slices(Dimension.CATEGORY),
    Table.CHANNELS: _slices(Dimension.CHANNEL),
    Table.BUYERS: _slices(Dimension.BUYER),
    Table.SHARES: _shares,
    Table.SILENT: _silent,
}
