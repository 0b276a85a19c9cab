"""What the public list takes and gives."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from bekal.catalogue.queries.cards import Card

_MARK = re.compile(r"(\d{1,15})-(\d{1,15})", re.ASCII)


class ShowcaseSort(StrEnum):
    """The orders of the public list, by the word in the address.

    Without words to fit, `BEST` is what can be bought first, then what was added last. Orders by
    price show only products that have one on the day.
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


class Stock(StrEnum):
    """How soon a product that can be ordered comes, by the word in the address."""

    READY = "siap"
    MADE = "pesanan"


PRICE_NAMES = {
    PriceRange.KNOWN: _("Harga sudah ada"),
    PriceRange.LOW: _("Sampai Rp50.000"),
    PriceRange.MIDDLE: _("Rp50.000 sampai Rp250.000"),
    PriceRange.HIGH: _("Di atas Rp250.000"),
}
STOCK_NAMES = {
    Stock.READY: _("Siap kirim"),
    Stock.MADE: _("Dibuat sesuai pesanan"),
}
HALAL_NAME = _("Bersertifikat halal")
NEW_NAME = _("Baru, 30 hari terakhir")


@dataclass(frozen=True)
class Filters:
    """What leaves products out apart from words: codes of kind, province, kanwil and unit.

    `is_halal`: a halal certificate is in force on the day; `is_new`: added within 30 days.
    """

    category: str = ""
    province: str = ""
    kanwil: str = ""
    unit: str = ""
    price: PriceRange | None = None
    stock: Stock | None = None
    is_halal: bool = False
    is_new: bool = False

    def only(self) -> "Filters":
        """These alone, without words, order and page."""
        return Filters(**{each.name: getattr(self, each.name) for each in fields(Filters)})

    @property
    def count(self) -> int:
        """How many are set."""
        return sum(bool(getattr(self, each.name)) for each in fields(Filters))


@dataclass(frozen=True)
class Mark:
    """A place in the list, right after a product or, where `is_before`, right before it.

    `first` is what the list goes by before the id: the price, or the rank of the product.
    """

    first: int
    id: int
    is_before: bool = False

    @property
    def text(self) -> str:
        """As addresses name it: "48000-1234"."""
        return f"{self.first}-{self.id}"


def read_mark(*, after: str, before: str) -> Mark | None:
    """A place in the list as addresses name it; None for anything else."""
    found = _MARK.fullmatch(after or before)
    return Mark(int(found[1]), int(found[2]), is_before=not after) if found else None


@dataclass(frozen=True)
class ShowcaseFilters(Filters):
    """Everything that a visitor asks the list for; `category` is the code of a kind.

    With a `mark` the page begins, or ends, there, and `page` is only what it is called.
    """

    text: str = ""
    sort: ShowcaseSort = ShowcaseSort.BEST
    page: int = 1
    mark: Mark | None = None

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
    """The values of the filters, in the order in which they are shown.

    `units` are those of the province or kanwil that is chosen; without one there are none.
    """

    kinds: Sequence[Choice]
    provinces: Sequence[Choice]
    kanwil: Sequence[Choice]
    units: Sequence[Choice]
    prices: Sequence[Choice]
    stock: Sequence[Choice]
    halal: Choice
    new: Choice


@dataclass(frozen=True)
class ShowcasePage:
    """One page of the public list.

    `total` is how many were found; when `is_more`, there are more than that, and the best of all
    cannot be told. `suggestion` is what was looked for instead of words that nothing has;
    `is_loose`: nothing has all of them, these have some; `unit_name` is the name of
    the unit of the filter.
    """

    cards: Sequence[Card]
    total: int
    page: int
    pages: int
    has_before: bool
    has_after: bool
    facets: Facets
    asked: ShowcaseFilters = field(compare=False)
    suggestion: str = ""
    is_loose: bool = False
    is_more: bool = False
    unit_name: str = ""

    @property
    def drawings(self) -> int:
        """How many of its products are drawn because nobody has photographed them."""
        return sum(card.photo is None for card in self.cards)


def marks(page: ShowcasePage, filters: ShowcaseFilters) -> tuple[Mark | None, Mark | None]:
    """Where the pages before and after this one end and begin; None where there is none.

    The first page of all needs no mark, and has none: its address is that of the list itself.
    """
    if not page.cards:
        return None, None
    first, last = (_mark(card, filters) for card in (page.cards[0], page.cards[-1]))
    is_after_first = page.has_before and page.page > 1 + 1
    before = replace(first, is_before=True) if is_after_first else None
    return before, last if page.has_after else None


def _mark(card: Card, filters: ShowcaseFilters) -> Mark:
    if filters.is_by_price:
        return Mark(card.price or 0, card.id)
    is_by_age = filters.sort is ShowcaseSort.NEWEST
    return Mark(int(card.is_sample) if is_by_age else card.rank, card.id)
