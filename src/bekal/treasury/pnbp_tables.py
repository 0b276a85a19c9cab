"""What is owed to the state and deposited, as tables for spreadsheets."""

import datetime as dt
from collections.abc import Iterable, Iterator

from bekal.foundation.clock import Zone, local_day
from bekal.foundation.exports import Digits, Table
from bekal.places.queries import PlaceNow
from bekal.treasury import queries
from bekal.treasury.models import Deposit
from bekal.treasury.pnbp_listed import UnitRow
from bekal.treasury.queries import Owed, TieRow
from bekal.treasury.rules import AGES, Finding

DEPOSITS = (
    "dicatat",
    "kode_billing",
    "berlaku_sampai",
    "jumlah",
    "keadaan",
    "dibayar",
    "ntpn",
    "lebih_setor",
    "penjualan_tertua",
    "alasan_terlambat",
    "data_contoh",
)
OWED = ("hari_penjualan", "umur_hari", "sumber", "pnbp", "belum_disetor")

TIES = ("ntpn", "keadaan", "tanggal", "jumlah_di_sini", "jumlah_kas_negara", "selisih")


def _ties(rows: Iterable[TieRow]) -> Iterator[tuple[object, ...]]:
    """A row for each NTPN on either side."""
    for row in rows:
        yield (row.ntpn, row.tie.value, row.day, row.ours, row.theirs, row.gap)


def _deposits(
    rows: Iterable[Deposit], *, zone: Zone, now: dt.datetime
) -> Iterator[tuple[object, ...]]:
    """A row for each deposit, by the unit's own days."""
    for row in rows:
        paid = queries.payment_of(row)
        yield (
            local_day(row.billed_at, zone),
            Digits(row.billing_code),
            local_day(row.expires_at, zone),
            row.amount,
            queries.stage_of(row, now=now).value,
            paid and paid.paid_on,
            paid and paid.ntpn,
            paid and paid.overpaid,
            paid and paid.oldest_on,
            paid and paid.late_reason,
            "ya" if row.is_sample else "",
        )


def _owed(rows: Iterable[Owed], *, today: dt.date) -> Iterator[tuple[object, ...]]:
    """A row for each sale of which something is left, oldest first."""
    for row in rows:
        yield (row.day, (today - row.day).days, row.source, row.due, row.left)


UNITS = (
    "kode",
    "unit",
    "terutang",
    *(f"terutang_{age.first}_hari_ke_atas" for age in AGES),
    "lebih_setor",
    "tahun",
    "disetor",
    "target",
)
FINDINGS = ("jenis", "kode_unit", "unit", "tanggal", "rupiah", "sumber", "penjelasan")


def _units(rows: Iterable[UnitRow], *, year: int) -> Iterator[tuple[object, ...]]:
    """A row for each unit."""
    for row in rows:
        standing, of_year = row.standing, row.year
        yield (
            row.unit.code,
            row.unit.name,
            standing.owed,
            *standing.ages,
            standing.overpaid,
            year,
            of_year.deposited,
            of_year.target,
        )


def _findings(
    found: Iterable[Finding], *, units: Iterable[PlaceNow]
) -> Iterator[tuple[object, ...]]:
    """A row for each finding."""
    by_id = {unit.id: unit for unit in units}
    for one in found:
        unit = by_id[one.unit_id]
        yield (
            one.pattern.value,
            unit.code,
            unit.name,
            one.day,
            one.amount,
            one.source,
            one.sentence,
        )


def ties(rows: Iterable[TieRow]) -> Table:
    """Both sides of a unit's deposits, by NTPN."""
    return Table("Kas negara", TIES, list(_ties(rows)))


def deposits(rows: Iterable[Deposit], *, zone: Zone, now: dt.datetime) -> Table:
    """The deposits of a unit."""
    return Table("Setoran PNBP", DEPOSITS, list(_deposits(rows, zone=zone, now=now)))


def owed(rows: Iterable[Owed], *, today: dt.date) -> Table:
    """What a unit owes, sale by sale."""
    return Table("PNBP terutang", OWED, list(_owed(rows, today=today)))


def units(rows: Iterable[UnitRow], *, year: int) -> Table:
    """Units side by side."""
    return Table("PNBP setiap unit", UNITS, list(_units(rows, year=year)))


def findings(found: Iterable[Finding], *, units: Iterable[PlaceNow]) -> Table:
    """What was found in some units."""
    return Table("Temuan PNBP", FINDINGS, list(_findings(found, units=units)))
