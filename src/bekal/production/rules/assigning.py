"""Makers in workshops, by code, and how long they may work. Pure."""

import datetime as dt
from dataclasses import dataclass

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.people.rules import Eligibility
from bekal.production.rules.hours import DAYS_IN_A_WEEK, FURTHEST_DAYS

MINUTES_IN_A_DAY = 1_440
BASIS_LENGTH = 120
_NO_LIMIT = "Kepala UPT belum menetapkan batas jam kerja. Minta ia mengisinya di halaman Tugas."


class AssignmentRefused(Refused):
    """Work that a maker cannot be given like this, or a limit that cannot be set."""


@dataclass(frozen=True)
class NewWorkLimit:
    """How long anybody may work in a unit from a day on, by which decision."""

    minutes_a_day: int
    minutes_a_week: int
    basis: str
    valid_from: dt.date


@dataclass(frozen=True)
class NewAssignment:
    """A maker's work in a workshop; `until` is its last day, None without an end."""

    maker: str
    workshop_id: int
    first: dt.date
    until: dt.date | None
    minutes_a_day: int
    days_a_week: int


def check_limit(limit: NewWorkLimit) -> None:
    """Refuse a limit that is none, or that nobody decided. Raises AssignmentRefused."""
    if not 1 <= limit.minutes_a_day <= MINUTES_IN_A_DAY:
        raise AssignmentRefused(
            f"Menit sehari antara 1 dan {formats.thousands(MINUTES_IN_A_DAY)}.",
            field="minutes_a_day",
        )
    most = limit.minutes_a_day * DAYS_IN_A_WEEK
    if not limit.minutes_a_day <= limit.minutes_a_week <= most:
        raise AssignmentRefused(
            f"Menit seminggu antara {formats.thousands(limit.minutes_a_day)} dan "
            f"{formats.thousands(most)}.",
            field="minutes_a_week",
        )
    if not limit.basis:
        raise AssignmentRefused("Isi nomor keputusan kepala UPT.", field="basis")
    if len(limit.basis) > BASIS_LENGTH:
        raise AssignmentRefused(f"Dasar paling panjang {BASIS_LENGTH} huruf.", field="basis")


def check_hours(new: NewAssignment, *, minutes_a_day: int | None, minutes_a_week: int) -> None:
    """Refuse work without a limit, or beyond it. Raises AssignmentRefused with the field."""
    if minutes_a_day is None:
        raise AssignmentRefused(_NO_LIMIT)
    if not 1 <= new.days_a_week <= DAYS_IN_A_WEEK:
        raise AssignmentRefused("Pilih hari kerjanya.", field="days_a_week")
    if not 1 <= new.minutes_a_day <= minutes_a_day:
        raise AssignmentRefused(
            f"Batas unit ini {formats.thousands(minutes_a_day)} menit sehari.",
            field="minutes_a_day",
        )
    week = new.minutes_a_day * new.days_a_week
    if week > minutes_a_week:
        raise AssignmentRefused(
            f"Seminggu menjadi {formats.thousands(week)} menit; batas unit ini "
            f"{formats.thousands(minutes_a_week)}.",
            field="minutes_a_day",
        )


def check_days(new: NewAssignment, *, today: dt.date) -> None:
    """Refuse days in the wrong order, or too far away to be meant. Raises AssignmentRefused."""
    if abs((new.first - today).days) > FURTHEST_DAYS:
        raise AssignmentRefused("Tanggal itu terlalu jauh. Periksa tahunnya.", field="first")
    if new.until is not None and new.until < new.first:
        raise AssignmentRefused("Hari terakhir tidak bisa sebelum hari pertama.", field="until")


def check_may_work(judgement: Eligibility) -> None:
    """Refuse work for whoever lacks a requirement, naming each. Raises AssignmentRefused."""
    if judgement.is_eligible:
        return
    lacking = "; ".join(f"{each.label}: {each.reason}" for each in judgement.failures)
    raise AssignmentRefused(f"Pembuat ini belum boleh bekerja. {lacking}.")
