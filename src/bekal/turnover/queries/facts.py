"""The facts behind a total: receipts of a unit's day, and whether all sums agree with them."""

import datetime as dt

from bekal.foundation.clock import Period, Zone
from bekal.sales.rules import (
    BUYER_LABELS,
    CHANNEL_LABELS,
    PAYMENT_LABELS,
    REFUND_LABELS,
    BuyerClass,
    Channel,
    PaymentKind,
    RefundKind,
    receipt_number,
)
from bekal.turnover.queries import statements
from bekal.turnover.queries.shapes import Receipt, TakenBack
from bekal.turnover.queries.totals import asked, rows_of
from bekal.turnover.rules import Basis

_LEVEL_WORDS = {"centre": "nasional", "kanwil": "jumlah kanwil", "unit": "jumlah unit"}
_BASIS_WORDS = {
    Basis.AS_IT_WAS: "menurut susunan saat itu",
    Basis.AS_IT_IS_NOW: "menurut susunan sekarang",
}


def receipts(*, unit_id: int, day: dt.date) -> list[Receipt]:
    """A unit's receipts of a day, newest first; one statement."""
    return [
        Receipt(
            row[0],
            receipt_number(row[1]),
            row[2],
            Zone(row[3]),
            CHANNEL_LABELS[Channel(row[4])],
            BUYER_LABELS[BuyerClass(row[5])],
            PAYMENT_LABELS[PaymentKind(row[6])],
            *row[7:],
        )
        for row in rows_of(statements.RECEIPTS, _of_day(unit_id, day))
    ]


def taken_back(*, unit_id: int, day: dt.date) -> list[TakenBack]:
    """The refunds that count on a unit's day, in the order of their recording; one statement."""
    return [
        TakenBack(
            row[0],
            row[1],
            receipt_number(row[2]),
            row[3],
            REFUND_LABELS[RefundKind(row[4])],
            row[5],
            row[6],
        )
        for row in rows_of(statements.TAKEN_BACK, _of_day(unit_id, day))
    ]


def _of_day(unit_id: int, day: dt.date) -> dict[str, object]:
    return asked(place_id=unit_id, period=Period(day, day), basis=Basis.AS_IT_WAS, on=day)


def sum_problems() -> list[str]:
    """Months in which nation, sum of kanwil, sum of units and sum of receipts are not the same.

    By the tree of each day and by the last tree, gross, returns and pieces; empty when all agree.
    Reads all facts: for `bekal check`, not for a page.
    """
    return [
        f"omzet {month}: {_LEVEL_WORDS[level]} {_BASIS_WORDS[Basis(basis)]} tidak sama dengan "
        "jumlah nota"
        for month, level, basis in rows_of(statements.PROBLEMS, {})
    ]
