"""What sources say of the past, the newest reading of each claim. Never summed with our counts."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.db.models import QuerySet

from bekal.opendata.models import Claim
from bekal.opendata.rules import FAIRS_EVENT, THEME_LABELS, Theme

LONGEST_TEXT = 80


class Sort(StrEnum):
    """The orders in which claims can be read."""

    NEWEST = "terbaru"
    OLDEST = "terlama"
    SUBJECT = "subjek"
    LARGEST = "terbesar"


@dataclass(frozen=True)
class ClaimFilters:
    """Which claims, and in which order; year 0 is every year, an empty text every text."""

    theme: Theme | None = None
    year: int = 0
    text: str = ""
    sort: Sort = Sort.NEWEST

    @property
    def is_open(self) -> bool:
        """Whether it leaves nothing out."""
        return not (self.theme or self.year or self.text)


def newest_digests() -> dict[str, str]:
    """The digest of the newest row of each claim, by key; one statement."""
    return dict(_newest().values_list("key", "digest"))


def claims() -> list[Claim]:
    """The newest reading of every claim with its place, as in the file of figures; one statement.

    There are some two hundred: pages choose among them by `chosen`.
    """
    found = Claim.objects.filter(pk__in=_newest().values("pk")).select_related("place")
    return list(found.order_by("line", "id"))


def _newest() -> QuerySet[Claim]:
    return Claim.objects.order_by("key", "-id").distinct("key")


def chosen(every: list[Claim], filters: ClaimFilters) -> list[Claim]:
    """The claims that filters leave, in their order; asks nothing."""
    words = filters.text.casefold().split()
    found = [
        claim
        for claim in every
        if (filters.theme is None or claim.theme == filters.theme)
        and (not filters.year or filters.year in years_of(claim))
        and all(word in _searched(claim) for word in words)
    ]
    return sorted(found, key=_ORDERS[filters.sort])


def years_of(claim: Claim) -> range:
    """The years that a claim speaks of; one that has no beginning, the year of its last day."""
    first = claim.first_day or claim.last_day
    return range(first.year, claim.last_day.year + 1)


def years(every: list[Claim]) -> list[int]:
    """Every year that some claim begins or ends in, newest first; asks nothing."""
    return sorted({year for claim in every for year in years_of(claim)}, reverse=True)


def fairs(every: list[Claim]) -> dict[int, list[Claim]]:
    """What is said of each fair of the Plasa Industri, by its year, oldest first; asks nothing."""
    found: dict[int, list[Claim]] = {}
    for claim in sorted(every, key=lambda claim: (claim.last_day, claim.pk)):
        if claim.event == FAIRS_EVENT:
            found.setdefault(claim.last_day.year, []).append(claim)
    return found


def series(every: list[Claim], name: str) -> list[Claim]:
    """The claims of one series, oldest first; asks nothing."""
    found = [claim for claim in every if claim.series == name]
    return sorted(found, key=lambda claim: (claim.last_day, claim.pk))


def _searched(claim: Claim) -> str:
    theme = THEME_LABELS[Theme(claim.theme)]
    return f"{claim.subject} {claim.wording} {claim.wording_en} {claim.remark} {theme}".casefold()


def _newest_first(claim: Claim) -> tuple[int, int]:
    return -claim.last_day.toordinal(), claim.pk


def _oldest_first(claim: Claim) -> tuple[int, int]:
    return claim.last_day.toordinal(), claim.pk


def _by_subject(claim: Claim) -> tuple[str, int, int]:
    return claim.subject.casefold(), claim.last_day.toordinal(), claim.pk


def _largest_first(claim: Claim) -> tuple[str, Decimal, int]:
    """Largest first within each unit of measure: rupiah are never set beside people."""
    return claim.measure, -claim.high, claim.pk


_ORDERS = {
    Sort.NEWEST: _newest_first,
    Sort.OLDEST: _oldest_first,
    Sort.SUBJECT: _by_subject,
    Sort.LARGEST: _largest_first,
}
