"""Statements in SWIFT MT940, as Indonesian banks deliver them to offices. Pure.

Each `:61:` line is read by itself, so that a broken one leaves the others whole.
"""

import datetime as dt
import logging
import re
from typing import Any

import mt940

from bekal.foundation.refusals import Refused
from bekal.payments.bank_lines import (
    MOST_LINES,
    NO_INCOME,
    BankLine,
    Statement,
    StatementUnreadable,
    check_day,
    tidy,
    told_apart,
)

# Of a line that it cannot read it would write everything into the log: names of payers too.
logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)

_STATEMENT = re.compile(r"(?m)^(?=:20:)")
_LINE = re.compile(r"(?m)^:61:")
_END = re.compile(r"(?m)^(?::6[245][FM]?:|-\}?\s*$)")
_DETAILS = re.compile(r"(?m)^:86:")
_OTHER_TAG = re.compile(r"(?m)^:\w{2,3}:")
_IS_PARTED = re.compile(r"\d{3}\?\d\d")
_PART = re.compile(r"\?(\d\d)")
_TOLD = {"00", *map(str, range(20, 30)), "32", "33", *map(str, range(60, 64))}
"""Parts of a structured text for people: posting, purpose, name. Numbers of accounts are not."""
_FULL = 27
"""A part of so many letters goes on in the next, even within a word."""
_NO_REFERENCE = "NONREF"


def is_mt940(text: str) -> bool:
    """Whether a text has the tags of a statement."""
    text = _upright(text)
    return bool(re.search(r"(?m)^:20:", text) and re.search(r"(?m)^:6[01][FM]?:", text))


def _upright(text: str) -> str:
    """The text with one kind of line ends, and each line at its margin."""
    return re.sub(r"(?m)^[ \t]+", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_mt940(text: str, *, today: dt.date) -> Statement:
    """Read every line of every statement in a file. Raises StatementUnreadable."""
    lines: list[BankLine] = []
    for statement in _STATEMENT.split(_upright(text))[1:]:
        head, *parts = _LINE.split(statement)
        for part in parts:
            body = _END.split(part)[0]
            lines.append(_line(len(lines) + 1, head, body, today=today))
            if len(lines) > MOST_LINES:
                raise StatementUnreadable(f"Paling banyak {MOST_LINES} baris sekali impor.")
    if not lines:
        raise StatementUnreadable("Berkas MT940 ini tidak memuat baris mutasi.")
    return Statement("MT940", told_apart(lines))


def _line(row: int, head: str, body: str, *, today: dt.date) -> BankLine:
    facts, *details = _DETAILS.split(body)
    try:
        (found,) = mt940.parse(f"{head}:61:{facts}")
    except (RuntimeError, ValueError, ArithmeticError, LookupError, AttributeError):
        return BankLine(row, problem="Baris ini tidak terbaca.")
    data: dict[str, Any] = found.data
    text = tidy(f"{_said(details)} {data.get('extra_details') or ''}")
    references = [data.get("bank_reference"), data.get("customer_reference")]
    reference = next((name for name in references if name and name != _NO_REFERENCE), "")
    day = _booked(data)
    problem = _problem(data, day, today=today)
    amount = 0 if problem else int(data["amount"].amount)
    return BankLine(row, day, amount, text, tidy(reference), problem=problem)


def _said(details: list[str]) -> str:
    """The text of a line; of a structured one the parts that people read."""
    text = _OTHER_TAG.split(details[0])[0] if details else ""
    if not _IS_PARTED.match(text):
        return text
    _, *pieces = _PART.split(text.replace("\n", ""))
    parts = [text for name, text in zip(pieces[::2], pieces[1::2], strict=True) if name in _TOLD]
    return "".join(part if len(part) >= _FULL else f"{part} " for part in parts)


def _booked(data: dict[str, Any]) -> dt.date:
    """The day of a line: that of its value, unless that lies ahead of the day of its entry."""
    days = [data["date"], data.get("entry_date") or data["date"]]
    return min(dt.date(day.year, day.month, day.day) for day in days)


def _problem(data: dict[str, Any], day: dt.date, *, today: dt.date) -> str:
    """Why a line is no money that came in; nothing where it is."""
    amount = data["amount"].amount
    if data["status"] != "C":
        return NO_INCOME
    if data.get("currency") not in {None, "IDR"}:
        return "Bukan rupiah."
    if amount != int(amount):
        return "Jumlahnya memuat sen."
    try:
        check_day(day, today=today)
    except Refused as refused:
        return refused.message
    return ""
