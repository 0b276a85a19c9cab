"""A report of the books as a paper."""

import datetime as dt

from bekal.places.queries import PlaceNow
from bekal.places.rules import Level
from bekal.treasury.book_tables import Table, as_texts
from bekal.ui import pdf

_SIGNERS = [["Bendahara penerimaan", ""], ["Kepala UPT", ""]]
_ABOUT = (
    "Dalam rupiah. Saldo positif adalah debit, negatif adalah kredit.",
    "Dihitung Bekal dari jurnal yang tidak dapat diubah.",
)


def paper(
    table: Table,
    *,
    title: str,
    place: PlaceNow,
    period: str,
    printed: str,
    made_at: dt.datetime,
) -> bytes:
    """A table of the books as PDF, with room to sign where it is a unit's."""
    heads = [head.replace("_", " ").capitalize() for head in table.heads]
    return pdf.paper(
        "treasury/papers/report.typ",
        {
            "title": title,
            "place": place.name,
            "period": period,
            "about": [*_ABOUT, f"Dicetak {printed}."],
            "heads": heads,
            "rows": as_texts(table.rows),
            "totals": as_texts(table.totals),
            "right": _numbers(table),
            "wide": table.wide,
            "signers": _SIGNERS if place.level is Level.UNIT else [],
            "foot": f"{title}, {place.name}, {period}",
        },
        made_at=made_at,
    )


def _numbers(table: Table) -> list[int]:
    """The columns that hold numbers alone."""
    rows = [*table.rows, *table.totals]
    return [
        column
        for column in range(len(table.heads))
        if any(isinstance(row[column], int) for row in rows)
    ]
