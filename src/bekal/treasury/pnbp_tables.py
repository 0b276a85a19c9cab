"""What is owed to the state and deposited, as rows of files for spreadsheets."""

import datetime as dt
from collections.abc import Iterable, Iterator

from bekal.foundation.clock import Zone, local_day
from bekal.treasury import queries
from bekal.treasury.models import Deposit
from bekal.treasury.queries import Owed

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


def deposits(
    rows: Iterable[Deposit], *, zone: Zone, now: dt.datetime
) -> Iterator[tuple[object, ...]]:
    """A row for each deposit, by the unit's own days."""
    for row in rows:
        paid = queries.payment_of(row)
        yield (
            local_day(row.billed_at, zone),
            f"'{row.billing_code}",
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


def owed(rows: Iterable[Owed], *, today: dt.date) -> Iterator[tuple[object, ...]]:
    """A row for each sale of which something is left, oldest first."""
    for row in rows:
        yield (row.day, (today - row.day).days, row.source, row.due, row.left)
