"""Statements in SWIFT MT940, as Indonesian banks deliver them to offices. Pure.

Each `:61:` line is read by itself, so that a broken one leaves the others whole.
"""

import datetime as dt
import logging
import re
from typing import Any

import mt940

from bekal.payments.bank_lines import (
    MOST_LINES,
    BankLine,
    Statement,
    StatementUnreadable,
    tidy,
    told_apart,
)

# Of a line that it cannot read it would write everything into the log: names of payers too.
logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)

_STATEMENT = re.compile(r"(?m)^(?=:20:)")
_LINE = re.compile(r"(?m)^:61:")
_END = re.compile(r"(?m)^(?::6[245][FM]?:|-\}?\s*$)")
_NO_REFERENCE = "NONREF"


def is_mt940(text: str) -> bool:
    """Whether a text has the tags of a statement."""
    return bool(re.search(r"(?m)^:20:", text) and re.search(r"(?m)^:6[01][FM]?:", text))


def read_mt940(text: str) -> Statement:
    """Read every line of every statement in a file. Raises StatementUnreadable."""
    lines: list[BankLine] = []
    for statement in _STATEMENT.split(text.replace("\r\n", "\n"))[1:]:
        head, *parts = _LINE.split(statement)
        for part in parts:
            body = _END.split(part)[0]
            lines.append(_line(len(lines) + 1, head, body))
            if len(lines) > MOST_LINES:
                raise StatementUnreadable(f"Paling banyak {MOST_LINES} baris sekali impor.")
    if not lines:
        raise StatementUnreadable("Berkas MT940 ini tidak memuat baris mutasi.")
    return Statement("MT940", told_apart(lines))


def _line(row: int, head: str, body: str) -> BankLine:
    try:
        (found,) = mt940.parse(f"{head}:61:{body}")
    except (RuntimeError, ValueError, ArithmeticError, LookupError, AttributeError):
        return BankLine(row, problem="Baris ini tidak terbaca.")
    data: dict[str, Any] = found.data
    amount = data["amount"].amount
    text = tidy(f"{data.get('transaction_details') or ''} {data.get('extra_details') or ''}")
    references = [data.get("bank_reference"), data.get("customer_reference")]
    reference = next((name for name in references if name and name != _NO_REFERENCE), "")
    problem = ""
    if data["status"] != "C":
        problem = "Bukan uang masuk."
    elif data.get("currency") not in {None, "IDR"}:
        problem = "Bukan rupiah."
    elif amount != int(amount):
        problem = "Jumlahnya memuat sen."
    day = data["date"]
    return BankLine(
        row,
        dt.date(day.year, day.month, day.day),
        0 if problem else int(amount),
        text,
        tidy(reference),
        problem=problem,
    )
