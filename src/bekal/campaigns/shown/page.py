"""Everything that a live page says of a picture."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext

from bekal.campaigns.queries import LivePicture
from bekal.campaigns.rules import State
from bekal.campaigns.shown.hours import Hours, hours_of
from bekal.campaigns.shown.people import Buyer, Line, buyer_of, line_of
from bekal.campaigns.shown.provinces import Map, map_of
from bekal.campaigns.shown.scales import clock, iso, percent
from bekal.foundation.clock import Zone, local_day
from bekal.ui import filters

LONG_NUMBER = 13
"""Letters of a total, "1.482.307.500", that are shown at full size."""


@dataclass(frozen=True)
class Shown:
    """A picture with everything that the page says of it."""

    picture: LivePicture
    is_demo: bool

    @property
    def is_ahead(self) -> bool:
        """Whether the campaign has not begun."""
        return self.picture.state is State.AHEAD

    @property
    def is_over(self) -> bool:
        """Whether the days of the campaign have passed."""
        return self.picture.state is State.OVER

    @property
    def is_one_day(self) -> bool:
        """Whether the campaign has one day, so that all of it is "today" while it runs."""
        return self.picture.campaign.first_day == self.picture.campaign.last_day

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been sold yet."""
        return not self.picture.receipts

    @property
    def is_long(self) -> bool:
        """Whether the total has so many digits that it must be set smaller."""
        return len(filters.ribuan(self.picture.total)) > LONG_NUMBER

    @property
    def is_simulated(self) -> bool:
        """Whether any of what is shown is sample data."""
        return bool(self.picture.sample) or self.picture.campaign.is_sample

    @cached_property
    def latest(self) -> list[Line]:
        """The ticker, newest first."""
        return [line_of(line) for line in self.picture.latest]

    @property
    def newest(self) -> Line | None:
        """The newest line of the ticker."""
        return self.latest[0] if self.latest else None

    @property
    def digits(self) -> str:
        """The total without sign and currency."""
        return filters.ribuan(abs(self.picture.total))

    @property
    def as_of(self) -> str:
        """The instant of the picture, "14.32.08 WIB"; of a final result its day too."""
        if self.is_over:
            day = local_day(self.picture.as_of, Zone.WIB)
            return f"{filters.tanggal(day)}, {clock(self.picture.as_of)} WIB"
        return f"{clock(self.picture.as_of, seconds=True)} WIB"

    @property
    def as_of_iso(self) -> str:
        """The instant of the picture for machines."""
        return iso(self.picture.as_of)

    @property
    def last_year_time(self) -> str:
        """The time of day up to which last year is counted, "14.00"."""
        return clock(self.picture.last_year.at) if self.picture.last_year else ""

    @cached_property
    def done(self) -> str:
        """How far the cloth is woven."""
        return percent(self.picture.total, self.picture.campaign.target)

    @cached_property
    def mark(self) -> str:
        """Where last year's mark stands on the cloth; it may lie at its end, never beyond."""
        last = self.picture.last_year
        return percent(last.total, self.picture.campaign.target) if last else ""

    @cached_property
    def last_year_percent(self) -> int:
        """Last year's total in whole percent of this year's target."""
        last = self.picture.last_year
        return max(last.total, 0) * 100 // self.picture.campaign.target if last else 0

    @cached_property
    def hours(self) -> Hours:
        """The hours of the day shown."""
        return hours_of(self.picture.hours)

    @cached_property
    def map(self) -> Map:
        """The provinces."""
        return map_of(self.picture.provinces, limits=self.picture.limits)

    @cached_property
    def buyers(self) -> list[Buyer]:
        """The classes of buyers, in the order of the bar."""
        return [buyer_of(share) for share in self.picture.buyers]

    @property
    def title(self) -> str:
        """The words of the window: the number first, for whoever has the page behind others."""
        return title_of(self.picture)

    @property
    def spoken(self) -> str:
        """The total as it is read out."""
        return gettext("%(total)s, %(percent)s persen dari target") % {
            "total": filters.rupiah_ringkas(self.picture.total),
            "percent": self.picture.target_percent,
        }


def title_of(picture: LivePicture) -> str:
    """The title of a live page, in the active language."""
    name = picture.campaign.name
    if picture.state is State.AHEAD:
        return name
    return f"{filters.rupiah(picture.total)}, {name}"
