"""Claims as the page shows them: in its language, as precise as their source, with their words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from urllib.parse import urlsplit

from django.utils.translation import get_language

from bekal.foundation.clock import Period
from bekal.opendata.models import Claim
from bekal.opendata.rules import (
    BASES,
    MEASURES,
    MONEY,
    QUALIFIERS,
    THEME_LABELS,
    Theme,
)
from bekal.ui.addresses import address_of


@dataclass(frozen=True)
class Number:
    """A number for people: whole ones as integers; `is_money` puts "Rp" before it."""

    value: int | Decimal
    is_money: bool

    @property
    def is_whole(self) -> bool:
        """Whether it has no fraction."""
        return isinstance(self.value, int)


@dataclass(frozen=True)
class Said:
    """One claim in the words of the page's language."""

    claim: Claim
    wording: str
    low: Number
    high: Number | None
    whole: Number | None
    measure: str
    base: str
    qualifier: str
    remark: str
    differs: str
    span: Period
    is_open: bool
    site: str
    href: str
    unit_path: str

    @property
    def precision(self) -> str:
        """The word "day", "month" or "year"."""
        return self.claim.precision


@dataclass(frozen=True)
class Group:
    """The claims of one theme on a page."""

    theme: Theme
    label: str
    said: list[Said]


def say(claim: Claim) -> Said:
    """A claim in the language of the page."""
    is_english = get_language() == "en"
    is_range = claim.high != claim.low
    return Said(
        claim=claim,
        wording=claim.wording_en if is_english else claim.wording,
        low=_number(claim.low, claim),
        high=_number(claim.high, claim) if is_range else None,
        whole=_number(claim.whole, claim) if claim.whole is not None else None,
        measure=str(MEASURES[claim.measure]),
        base=str(BASES[claim.base]),
        qualifier=str(QUALIFIERS[claim.qualifier]),
        remark=(claim.measure_words if is_english and claim.remark else claim.remark),
        differs=claim.differs_en if is_english else claim.differs,
        span=Period(claim.first_day or claim.last_day, claim.last_day),
        is_open=claim.first_day is None,
        site=site_of(claim.source),
        href=claim.source if claim.source.startswith(("https://", "http://")) else "",
        unit_path=f"{address_of('workshops')}{claim.place.code}/" if claim.place else "",
    )


def grouped(found: Iterable[Claim]) -> list[Group]:
    """Claims by theme, in the order in which they come within each."""
    order = list(Theme)
    by_theme = sorted(found, key=lambda claim: order.index(Theme(claim.theme)))
    return [
        Group(Theme(theme), str(THEME_LABELS[Theme(theme)]), [say(claim) for claim in claims])
        for theme, claims in groupby(by_theme, key=lambda claim: claim.theme)
    ]


def site_of(source: str) -> str:
    """The site that a source stands on, for people: "antaranews.com"."""
    host = urlsplit(source).hostname
    if host:
        return host.removeprefix("www.")
    return source.rpartition("(")[2].removesuffix(")") if source.endswith(")") else source[:60]


def plain(number: Decimal) -> int | Decimal:
    """A number without an idle fraction: 44 rather than 44.00."""
    return int(number) if number == number.to_integral_value() else number.normalize()


def _number(number: Decimal, claim: Claim) -> Number:
    return Number(plain(number), claim.measure.startswith(MONEY))
