"""Tables as files for spreadsheets, line by line, so that a long one is never held whole.

Files have semicolons and a byte order mark, so that Indonesian spreadsheets open them.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Table:
    """Rows under a heading, called `title`; None is an empty cell."""

    title: str
    heading: Sequence[str]
    rows: Sequence[Sequence[object]]


class Digits(str):
    """Digits that are no number, such as a code with zeros in front.

    A CSV file says so by an apostrophe, which keeps spreadsheets from counting with it.
    """

    __slots__ = ()


def safe_cell(text: str) -> str:
    """A text for a CSV cell that no spreadsheet runs as a formula.

    Source: OWASP, "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def csv_lines(heading: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a CSV file; None is an empty cell, numbers are bare, texts are guarded."""
    yield "\ufeff" + _line(heading)
    for row in rows:
        yield _line(_cell(cell) for cell in row)


def _cell(cell: object) -> object:
    if cell is None:
        return ""
    if isinstance(cell, Digits):
        return f"'{cell}"
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    return cell if isinstance(cell, int) else safe_cell(str(cell))


def _line(cells: Iterable[object]) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerow(cells)
    return file.getvalue()
