"""The hours of a day as columns of a chart."""

from collections.abc import Sequence
from dataclasses import dataclass

from bekal.campaigns.queries import HourBar
from bekal.campaigns.shown.scales import Scale, percent, scale_of

FEWEST = 8
USUAL_FIRST = 7
MANY = 12
HIGHEST = 82
"""Percent of the chart's height that the largest hour takes; its number stands above it."""


@dataclass(frozen=True)
class Column:
    """An hour as a column of the chart; one that is still to come has no value."""

    hour: str
    value: str = ""
    total: int = 0
    height: str = ""
    is_now: bool = False


@dataclass(frozen=True)
class Hours:
    """The chart: its columns, and in what they are told."""

    scale: Scale
    columns: list[Column]

    @property
    def are_many(self) -> bool:
        """Whether the columns are so many that their numbers must be smaller."""
        return len(self.columns) > MANY


def hours_of(bars: Sequence[HourBar]) -> Hours:
    """The hours that have something to tell, and as many to come as make eight."""
    scale = scale_of(max((abs(bar.total) for bar in bars), default=0) // 2)
    largest = max((bar.total for bar in bars), default=0)
    tell = scale.exact if largest < 10 * scale.size else scale.brief
    told = [
        Column(
            hour=f"{bar.hour:02d}",
            value=tell(bar.total),
            total=bar.total,
            height=percent(bar.total, largest, of=HIGHEST),
            is_now=bar.is_now,
        )
        for bar in bars
    ]
    first = bars[0].hour if bars else USUAL_FIRST
    to_come = range(first + len(bars), min(24, first + FEWEST))
    return Hours(scale, told + [Column(hour=f"{hour:02d}") for hour in to_come])
