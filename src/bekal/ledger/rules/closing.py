"""Closing the books of a unit through a day, and opening them again. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bekal.foundation.actors import Actor
from bekal.foundation.refusals import Refused

REASON_LENGTH = 300


class ClosingAct(StrEnum):
    """What was done to the books."""

    CLOSE = "close"
    REOPEN = "reopen"


class BooksRefused(Refused):
    """The books cannot be closed or opened so; nothing was changed."""


@dataclass(frozen=True)
class Prepared:
    """Who asked for a closing, and when: never the person who decides on it."""

    by: Actor
    at: dt.datetime


def check_closing(
    *, through: dt.date, before: dt.date | None, today: dt.date, prepared: Prepared, by: Actor
) -> None:
    """Refuse days that are not over, what is closed, and one person alone. Raises BooksRefused."""
    if through >= today:
        raise BooksRefused("Buku ditutup setelah harinya lewat.")
    if before is not None and through <= before:
        raise BooksRefused("Hari itu sudah ditutup.")
    if prepared.by == by:
        raise BooksRefused("Yang menyetujui harus orang lain daripada yang menyiapkan.")


def check_reopening(*, through: dt.date | None, before: dt.date | None, reason: str) -> None:
    """Refuse to open what is open, and without a reason. Raises BooksRefused."""
    if before is None or (through is not None and through >= before):
        raise BooksRefused("Buku hari itu tidak tertutup.")
    if not reason.strip():
        raise BooksRefused("Tulis alasannya.", field="reason")
