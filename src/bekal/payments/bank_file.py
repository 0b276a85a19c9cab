"""A statement as it was uploaded or pasted. Pure."""

import codecs
import datetime as dt

from bekal.payments.bank_csv import read_csv
from bekal.payments.bank_lines import (
    LARGEST_FILE,
    TOO_LARGE,
    Statement,
    StatementUnreadable,
)
from bekal.payments.bank_mt940 import is_mt940, read_mt940

_ENCODINGS = ("utf-8-sig", "cp1252")


def read_statement(content: bytes, *, today: dt.date) -> Statement:
    """Read a statement in CSV or MT940. Raises StatementUnreadable."""
    if len(content) > LARGEST_FILE:
        raise StatementUnreadable(TOO_LARGE)
    text = _decoded(content)
    if not text.strip():
        raise StatementUnreadable("Pilih berkas mutasi, atau tempelkan isinya.")
    return read_mt940(text, today=today) if is_mt940(text) else read_csv(text, today=today)


def _decoded(content: bytes) -> str:
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise StatementUnreadable("Berkas ini bukan teks. Unduh mutasi sebagai CSV atau MT940.")
        return text
    raise StatementUnreadable("Huruf di berkas ini tidak terbaca. Simpan sebagai CSV UTF-8.")
