"""What the public list takes and gives."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from bekal.catalogue.queries.cards import Card


class ShowcaseSort(StrEnum):
    """The orders of the public list, by the word in the address.

    Orders by price show only products that have one on the day.
    """

    BEST = "cocok"
    NEWEST = "terbaru"
    CHEAPEST = "termurah"
    DEAREST = "termahal"


class PriceRange(StrEnum):
    """What a visitor may narrow prices to, by the word in the address."""

    KNOWN = "ada"
    LOW = "sampai-50rb"
    MIDDLE = "50rb-250rb"
    HIGH = "di-atas-250rb"


PRICE_NAMES = {
    PriceRange.KNOWN: _("Harga sudah ada"),
    PriceRange.LOW: _("Sampai Rp50.000"),
    PriceRange.MIDDLE: _("Rp50.000 sampai Rp250.000"),
    PriceRange.HIGH: _("Di atas Rp250.000"),
}


@dataclass(frozen=True)
class Filters:
    """What leaves products out apart from words: codes of kind, province, kanwil and unit."""

    category: str = ""
    province: str = ""
    kanwil: str = ""
    unit: str = ""
    price: PriceRange | None = None

    def only(self) -> "Filters":
        """These alone, without words, order and page."""
        return Filters(self.category, self.province, self.kanwil, self.unit, self.price)


@dataclass(frozen=True)
class ShowcaseFilters(Filters):
    """Everything that a visitor asks the list for; `category` is the code of a kind."""

    text: str = ""
    sort: ShowcaseSort = ShowcaseSort.BEST
    page: int = 1

    @property
    def sieve(self) -> Filters:
        """What leaves products out apart from words. An order by price leaves out the unpriced."""
        if self.price is None and self.is_by_price:
            return replace(self.only(), price=PriceRange.KNOWN)
        return self.only()

    @property
    def is_by_price(self) -> bool:
        """Whether the list is ordered by price."""
        return self.sort in {ShowcaseSort.CHEAPEST, ShowcaseSort.DEAREST}


@dataclass(frozen=True)
class CategoryCount:
    """A kind of products with the swatch that stands for it, and how many products are public."""

    code: str
    name: str
    swatch: str
    count: int


@dataclass(frozen=True)
class Choice:
    """One value of a filter; `count` is how many products it would leave, None when not counted."""

    code: str
    name: str
    count: int | None


@dataclass(frozen=True)
class Facets:
    """The values of the filters, in the order in which they are shown."""

    kinds: Sequence[Choice]
    provinces: Sequence[Choice]
    kanwil: Sequence[Choice]
    prices: Sequence[Choice]


@dataclass(frozen=True)
class ShowcasePage:
    """One page of the public list.

    `total` is how many were found; when `is_more`, there are more than that, and the best of all
    cannot be told. `pages` can be opened. `suggestion` is what was looked for instead of words
    that nothing has; `unit_name` is the name of the unit of the filter.
    """

    cards: Sequence[Card]
    total: int
    page: int
    pages: int
    facets: Facets
    suggestion: str = ""
    is_more: bool = False
    unit_name: str = ""
