"""Days as few whole years, months and days: what a sum over them is put together of. Pure."""

import datetime as dt

from bekal.foundation.clock import Period, month_of

Span = tuple[str, dt.date, dt.date]
"""A kind of span ("year", "month", "day"), the first beginning, and the one after the last."""
_LONG_AGO = dt.date(1, 1, 1)


def spans_before(day: dt.date) -> list[Span]:
    """All days before a day: whole years, then months of its year, then days of its month."""
    year, month = day.replace(month=1, day=1), day.replace(day=1)
    spans = [("year", _LONG_AGO, year), ("month", year, month), ("day", month, day)]
    return [span for span in spans if span[1] < span[2]]


def spans_between(period: Period) -> list[Span]:
    """The days of a period, both ends included, as days, months, years, months, days."""
    low, high = period.first, period.last + dt.timedelta(days=1)
    months = _next_month(low - dt.timedelta(days=1)), high.replace(day=1)
    if months[0] > months[1]:
        return [("day", low, high)]
    years = _next_year(months[0] - dt.timedelta(days=1)), high.replace(month=1, day=1)
    inner = [("month", *months)]
    if years[0] <= years[1]:
        inner = [("month", months[0], years[0]), ("year", *years), ("month", years[1], months[1])]
    spans = [("day", low, months[0]), *inner, ("day", months[1], high)]
    return [span for span in spans if span[1] < span[2]]


def _next_month(day: dt.date) -> dt.date:
    return month_of(day).last + dt.timedelta(days=1)


def _next_year(day: dt.date) -> dt.date:
    return dt.date(day.year + 1, 1, 1)
