"""The movements of an account as a file: semicolons and a byte order mark, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Mapping

from bekal.ledger.queries import Movement

HEADING = ("tanggal", "keterangan", "sumber", "jumlah", "saldo", "dibukukan_pada", "oleh")


def as_csv(movements: Iterable[Movement], *, names: Mapping[str, str], sign: int) -> str:
    """Movements as CSV text, bare rupiah, signed as the page shows them.

    `names` are those of who acted, by actor. Texts are guarded against being
    run as formulas (OWASP, "CSV Injection").
    """
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADING)
    for move in movements:
        texts = [_safe(text) for text in (move.memo, move.source, names[move.posted_by])]
        amounts = [sign * move.amount, sign * move.balance]
        posted_at = move.posted_at.isoformat(timespec="seconds")
        writer.writerow([move.occurred_on, *texts[:2], *amounts, posted_at, texts[2]])
    return file.getvalue()


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
