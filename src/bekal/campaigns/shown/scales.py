"""In what numbers are told, and how widths and times are written, in the active language."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language, gettext, pgettext

from bekal.foundation.clock import Zone
from bekal.ui import filters


@dataclass(frozen=True)
class Scale:
    """In what the numbers of a chart are told: rupiah, thousands or millions of them."""

    size: int

    @property
    def name(self) -> str:
        """Its name in full, for the head of a chart."""
        return {
            1_000_000: gettext("juta rupiah"),
            1_000: gettext("ribu rupiah"),
        }.get(self.size, gettext("rupiah"))

    @property
    def mark(self) -> str:
        """Its shortest name, beside a number."""
        return {
            1_000_000: pgettext("singkatan juta", "jt"),
            1_000: pgettext("singkatan ribu", "rb"),
        }.get(self.size, "")

    def whole(self, amount: int) -> str:
        """An amount in this scale, without what is less than one of it."""
        whole = filters.ribuan(abs(amount) // self.size)
        return f"-{whole}" if amount <= -self.size else whole

    def brief(self, amount: int) -> str:
        """An amount as short as it can be without telling something as nothing."""
        return (self.exact if abs(amount) < self.size else self.whole)(amount)

    def exact(self, amount: int) -> str:
        """An amount with its tenth, where it has one: 1.500.000 as "1,5"."""
        tenths = abs(amount) * 10 // self.size
        point = "." if in_english() else ","
        text = filters.ribuan(tenths // 10) + (f"{point}{tenths % 10}" if tenths % 10 else "")
        return f"-{text}" if amount < 0 else text


def scale_of(amount: int) -> Scale:
    """The largest scale in which an amount is at least one; nothing is told in millions."""
    if not amount:
        return Scale(1_000_000)
    return Scale(next((size for size in (1_000_000, 1_000) if abs(amount) >= size), 1))


def percent(amount: int, whole: int, *, of: int = 100) -> str:
    """A share as an attribute, "74.1%", between nothing and `of`."""
    tenths = of * 10 * min(max(amount, 0), whole) // whole if whole > 0 else 0
    return f"{tenths / 10:.1f}%"


def clock(instant: dt.datetime, *, seconds: bool = False) -> str:
    """The time of day in WIB; the pages of the nation keep its clock."""
    pattern = "%H.%M.%S" if seconds else "%H.%M"
    text = instant.astimezone(Zone.WIB.info).strftime(pattern)
    return text.replace(".", ":") if in_english() else text


def iso(instant: dt.datetime) -> str:
    """An instant for machines, in the zone of the page."""
    return instant.astimezone(Zone.WIB.info).isoformat(timespec="seconds")


def in_english() -> bool:
    """Whether the active language is English."""
    return get_language() == "en"
