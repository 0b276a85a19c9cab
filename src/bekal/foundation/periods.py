"""Which days a report can be asked for, and how an address writes them. Pure."""

import calendar
import datetime as dt
import re

from bekal.foundation.clock import Period, month_of

EARLIEST = dt.date(2000, 1, 1)
LONGEST_DAYS = 5 * 366


def period_problem(period: Period, *, latest: dt.date) -> str:
    """Why a period cannot be asked for, in words for the person; empty when it can."""
    if period.first > latest:
        return "Periode itu belum mulai. Pilih tanggal sampai hari ini."
    if period.first < EARLIEST:
        return f"Tanggal paling awal 1 Januari {EARLIEST.year}. Periksa tahunnya."
    if period.days > LONGEST_DAYS:
        return "Periode paling panjang 5 tahun. Pilih tanggal yang lebih dekat."
    return ""


def read_period(text: str) -> Period | None:
    """Read "2026-04" as the month and "2026" as the year; None for anything else."""
    match = re.fullmatch(r"(2\d{3})(?:-(0[1-9]|1[0-2]))?", text, re.ASCII)
    if match is None:
        return None
    year = int(match[1])
    if match[2]:
        return month_of(dt.date(year, int(match[2]), 1))
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))


def months_around(period: Period, *, latest: dt.date) -> tuple[str, str]:
    """The months before and after a period that is a month, as "2026-03"; empty where none is."""
    last_day = calendar.monthrange(period.first.year, period.first.month)[1]
    whole = period.first.replace(day=last_day)
    if period.first.day != 1 or period.last not in {whole, min(whole, latest)}:
        return "", ""
    before = period.first - dt.timedelta(days=1)
    after = whole + dt.timedelta(days=1)
    return (
        f"{before.year}-{before.month:02d}" if before >= EARLIEST else "",
        f"{after.year}-{after.month:02d}" if after <= latest else "",
    )
