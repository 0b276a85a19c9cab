"""Tables as files that an Indonesian spreadsheet opens: semicolons and a byte order mark."""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | None


def safe_cell(text: str) -> str:
    """A text for a CSV cell that no spreadsheet runs as a formula.

    Source: OWASP, "CSV Injection", https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as CSV text; texts are guarded against being formulas, numbers stay numbers."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow("" if cell is None else _written(cell) for cell in row)
    return file.getvalue()


def _written(cell: str | int) -> str | int:
    return cell if isinstance(cell, int) else safe_cell(cell)
