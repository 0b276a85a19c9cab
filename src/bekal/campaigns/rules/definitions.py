"""What a campaign may be: its name, days and target. Pure."""

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

from django.utils.text import slugify

from bekal.foundation import formats
from bekal.foundation.clock import Period, Zone, local_day
from bekal.foundation.refusals import Refused

NAME_LENGTH = 80
SLUG_LENGTH = 90
REASON_LENGTH = 200
HIGHEST_HBP = 199
HIGHEST_TARGET = 100_000_000_000_000
LONGEST_DAYS = 92
# Records of trade go no further back, and a plan no further ahead.
EARLIEST = dt.date(2000, 1, 1)
FARTHEST_DAYS = 2 * 366


class State(StrEnum):
    """Where a campaign stands: before its days, in them, or after."""

    AHEAD = "ahead"
    RUNNING = "running"
    OVER = "over"


class CampaignRefused(Refused):
    """The campaign cannot be declared or corrected as asked."""


def state_on(period: Period, *, now: dt.datetime) -> State:
    """The state of a campaign: it begins with the day of Papua and ends with that of Java."""
    if local_day(now, Zone.WIT) < period.first:
        return State.AHEAD
    return State.OVER if local_day(now, Zone.WIB) > period.last else State.RUNNING


def day_shown(period: Period, *, now: dt.datetime) -> dt.date:
    """The day that "today" means for a campaign: by the clock of WIB, and never outside of it."""
    return min(max(local_day(now, Zone.WIB), period.first), period.last)


def hour_now(period: Period, *, now: dt.datetime) -> int | None:
    """The present hour of WIB, on the days of a campaign alone."""
    local = now.astimezone(Zone.WIB.info)
    return local.hour if local.date() in period else None


def same_point(period: Period, *, now: dt.datetime) -> tuple[int | None, int]:
    """How far a campaign has come: whole days and full hours by the clock of WIB.

    Days are None before it begins. After its end it has come as far as it ever will.
    """
    days = (local_day(now, Zone.WIB) - period.first).days
    if days < 0:
        return None, 0
    hour = hour_now(period, now=now)
    return (period.days, 0) if hour is None else (days, hour)


def instant_at(period: Period, *, days: int, hour: int) -> dt.datetime:
    """The instant at which another campaign had come as far, at the latest its own end."""
    end = dt.datetime.combine(period.last, dt.time(), Zone.WIB.info) + dt.timedelta(days=1)
    reached = dt.datetime.combine(period.first, dt.time(), Zone.WIB.info)
    return min(end, reached + dt.timedelta(days=days, hours=hour))


def slug_of(name: str, *, year: int) -> str:
    """The address of a campaign, "satu-hari-satu-karya-2026"; a year in the name is not doubled."""
    slug = slugify(name)[: SLUG_LENGTH - 5].strip("-")
    return slug if slug.endswith(f"-{year}") else f"{slug}-{year}"


def check_definition(
    *, name: str, hbp_number: int | None, period: Period, target: int, today: dt.date
) -> None:
    """Refuse what no campaign is: without letters in its name, too long, without a target."""
    if not slugify(name) or len(name) > NAME_LENGTH:
        raise CampaignRefused(
            f"Isi nama kampanye dengan huruf, paling panjang {NAME_LENGTH}.", field="name"
        )
    if hbp_number is not None and not 1 <= hbp_number <= HIGHEST_HBP:
        raise CampaignRefused(
            "Isi angka Hari Bakti Pemasyarakatan, misalnya 62, atau kosongkan.", field="hbp_number"
        )
    if not 0 < target <= HIGHEST_TARGET:
        raise CampaignRefused(
            f"Isi target antara Rp1 dan {formats.rupiah(HIGHEST_TARGET)}.", field="target"
        )
    if not EARLIEST <= period.first <= today + dt.timedelta(days=FARTHEST_DAYS):
        raise CampaignRefused("Periksa tahun hari pertamanya.", field="first_day")
    if period.days > LONGEST_DAYS:
        raise CampaignRefused(
            f"Kampanye paling lama {LONGEST_DAYS} hari. Pilih hari terakhir yang lebih awal.",
            field="last_day",
        )


def check_units(unit_ids: Collection[int]) -> None:
    """Refuse a campaign that expects no record of anybody."""
    if not unit_ids:
        raise CampaignRefused(
            "Pilih paling sedikit satu kanwil yang unitnya berjalan pada hari pertama.",
            field="kanwil",
        )


def taken_days(name: str, period: Period) -> CampaignRefused:
    """Days that another campaign has."""
    return CampaignRefused(
        f"Hari itu sudah dipakai {name}, {formats.period(period)}. Pilih hari lain.",
        field="first_day",
    )


def taken_name(year: int) -> CampaignRefused:
    """A name that another campaign of the year has."""
    return CampaignRefused(
        f"Tahun {year} sudah ada kampanye dengan nama ini. Pilih nama lain.", field="name"
    )
