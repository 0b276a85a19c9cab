"""A bank statement, whatever its file, as lines that are told apart. Pure."""

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bekal.foundation import formats
from bekal.foundation.refusals import Refused

LARGEST_FILE = 1_000_000
TOO_LARGE = "Berkas lebih besar dari 1 MB. Bagi menurut tanggalnya."
MOST_LINES = 5_000
TEXT_LENGTH = 300
OLDEST = dt.timedelta(days=2 * 366)
"""How long ago a line may be: what is older is a slip of the year, and no work any more."""
NO_INCOME = "Bukan uang masuk."
"""What is said of a row of money that went out: it was read, and there is nothing to take in."""
_NO_DAY = "Tanggalnya tidak terbaca."
_WHOLE = re.compile(
    r"(?:rp|idr)?\.?\s*([+-]?)(\d[\d.,]*)\s*(cr|db|kr|dr|k|d|c)?", re.IGNORECASE | re.ASCII
)
_CENTS = re.compile(r"[.,](\d{1,2})$", re.ASCII)
_YEAR = r"(\d{4}|\d{2})"
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})(?:[-/. ]{_YEAR})?(?![-/.:]?\d)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?!\d)", re.ASCII)
_JOINED = re.compile(r"(20\d\d)(\d\d)(\d\d)(?!\d)", re.ASCII)
_NAMED = re.compile(
    rf"(\d{{1,2}})[-/ ]?([a-z]{{3}})[a-z]*[-/ ]?{_YEAR}(?!\d)", re.IGNORECASE | re.ASCII
)
_NAMES = "jan feb,peb mar apr mei,may jun jul agu,aug,ags,agt sep okt,oct nov,nop des,dec"
_MONTHS = {
    name: number
    for number, names in enumerate(_NAMES.split(), start=1)
    for name in names.split(",")
}


class StatementUnreadable(Refused):
    """The file as a whole is no statement that can be read."""

    def __init__(self, message: str) -> None:
        """Keep the sentence; it belongs to the file."""
        super().__init__(message, field="file")


@dataclass(frozen=True)
class BankLine:
    """One line: rupiah that came in, or the problem that keeps it out.

    `row` is its place in the file, `reference` tells it from every other line of the account, also
    in another file that overlaps with this one.
    """

    row: int
    day: dt.date | None = None
    amount: int = 0
    text: str = ""
    bank_reference: str = ""
    balance: str = ""
    problem: str = ""
    reference: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether it may be money that came in, and was not taken in all the same."""
        return self.problem not in {"", NO_INCOME}


@dataclass(frozen=True)
class Statement:
    """What a file holds, row by row, in its own order."""

    kind: str
    lines: tuple[BankLine, ...]


def told_apart(lines: Iterable[BankLine]) -> tuple[BankLine, ...]:
    """The lines with a reference each, the same in every file that has them.

    Lines that look alike on one day are counted: a file that has two of them has one more than a
    file that has one, whatever else the files have.
    """
    seen: Counter[str] = Counter()
    marked = []
    for line in lines:
        said = (line.day, line.amount, _squeezed(line.text), line.bank_reference, line.balance)
        looks = "|".join(map(str, said))
        seen[looks] += 1
        digest = hashlib.sha256(f"{looks}|{seen[looks]}".encode()).hexdigest()
        marked.append(replace(line, reference=digest[:32]))
    return tuple(marked)


def tidy(text: str) -> str:
    """Text of a bank on one line, without control signs, not too long."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:TEXT_LENGTH]


def read_amount(text: str) -> tuple[int, str]:
    """Rupiah and the sign that stands with them: "", "CR", "DB". Raises Refused.

    Banks write 1,000,000.00 as well as 1.000.000,00; cents other than 00 are refused.
    """
    match = _WHOLE.fullmatch(text.strip())
    if match is None:
        raise Refused("Jumlahnya tidak terbaca.")
    minus, digits, mark = match[1], match[2], (match[3] or "").upper()
    cents = _CENTS.search(digits)
    if cents is not None:
        if int(cents[1]):
            raise Refused("Jumlahnya memuat sen.")
        digits = digits[: cents.start()]
    whole = re.sub(r"[.,]", "", digits)
    if len(whole) > 15:  # noqa: PLR2004 - more digits than any account has
        raise Refused("Jumlahnya tidak terbaca.")
    sign = (
        "DB" if minus == "-" or mark in {"DB", "DR", "D"} else "CR" if mark or minus == "+" else ""
    )
    return int(whole or "0"), sign


def read_day(text: str, *, today: dt.date) -> dt.date:
    """A day as banks write it; without a year it is the last such day before `today`.

    Raises Refused, also as `check_day` does.
    """
    return check_day(_read_day(text.strip().lstrip("'"), today=today), today=today)


def check_day(day: dt.date, *, today: dt.date) -> dt.date:
    """The day of a line: not one to come, nor one long gone. Raises Refused."""
    if day > today:
        raise Refused(f"Tanggalnya, {formats.date(day)}, belum tiba.")
    if today - day > OLDEST:
        raise Refused(f"Tanggalnya, {formats.date(day)}, lebih dari dua tahun yang lalu.")
    return day


def _read_day(text: str, *, today: dt.date) -> dt.date:
    named = _NAMED.match(text)
    if named is not None and named[2].lower() in _MONTHS:
        return _day(int(named[3]), _MONTHS[named[2].lower()], int(named[1]))
    year_first = _YEAR_FIRST.match(text) or _JOINED.match(text)
    if year_first is not None:
        return _day(*map(int, year_first.groups()))
    day_first = _DAY_FIRST.match(text)
    if day_first is None:
        raise Refused(_NO_DAY)
    first, second, year = int(day_first[1]), int(day_first[2]), day_first[3]
    if year is not None:
        return _day(int(year), second, first)
    day = _day(today.year, second, first)
    return day if day <= today else _day(today.year - 1, second, first)


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year + 2000 if year < 100 else year, month, day)  # noqa: PLR2004
    except ValueError:
        raise Refused(_NO_DAY) from None


def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", text).lower()
