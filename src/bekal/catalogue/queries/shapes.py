"""What the lists and pages of the catalogue are made of."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bekal.catalogue import rules
from bekal.foundation import formats

_STATUS_KINDS = {
    rules.Status.SHOWN: "ok",
    rules.Status.HIDDEN: "neutral",
    rules.Status.STOPPED: "bad",
    rules.Status.AWAITED: "warn",
    rules.Status.RANGE: "warn",
}
_STATE_KINDS = {rules.State.IN_FORCE: "ok", rules.State.AHEAD: "info"}


class Sort(StrEnum):
    """The orders of the list, by the word in the address."""

    NAME = "nama"
    CHEAPEST = "termurah"
    DEAREST = "termahal"
    NEWEST = "terbaru"


@dataclass(frozen=True)
class ProductFilters:
    """What a person narrows the list by; `text` is part of a name, or the beginning of a code."""

    text: str = ""
    category: str = ""
    status: rules.Status | None = None
    sort: Sort = Sort.NAME
    page: int = 1

    @property
    def is_sifted(self) -> bool:
        """Whether more than the search was chosen."""
        return bool(self.category or self.status or self.sort is not Sort.NAME)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.text or self.category or self.status)


@dataclass(frozen=True)
class ProductRow:
    """One product as the list shows it on a day; price and cost (rupiah) are those in force.

    `lacks` says how many facts it lacks before buyers may order it.
    """

    id: int
    code: str
    name: str
    category: str
    category_code: str
    source: str
    source_low: int | None
    source_high: int | None
    is_sample: bool
    price: int | None
    cost: int | None
    added_at: dt.datetime
    added_by: str
    is_published: bool
    lacks: int

    @property
    def status(self) -> rules.Status:
        """Its one status."""
        return rules.status_of(
            price=self.price,
            source_low=self.source_low,
            is_published=self.is_published,
            lacks=self.lacks,
        )

    @property
    def status_text(self) -> str:
        """Its status, with how much it lacks before it can be shown."""
        is_lacking = self.lacks and self.status is rules.Status.HIDDEN
        return f"{self.status} ({self.lacks} kurang)" if is_lacking else str(self.status)

    @property
    def status_kind(self) -> str:
        """The colour of its status, as ui's tags name it."""
        return _STATUS_KINDS[self.status]

    @property
    def cost_text(self) -> str:
        """What a person reads as its cost."""
        return "belum diisi" if self.cost is None else formats.rupiah(self.cost)

    @property
    def price_text(self) -> str:
        """What a person reads as its price."""
        return rules.price_text(
            price=self.price, source_low=self.source_low, source_high=self.source_high
        )

    @property
    def source_link(self) -> str:
        """The address of its source, or nothing when the source is no web page."""
        return rules.web_address(self.source)


@dataclass(frozen=True)
class SheetLine:
    """One row of a price or cost sheet, with its state on the day asked for.

    `set_on` is the unit's local day of `set_at`; `set_by` is who wrote it, by name.
    """

    amount: int
    valid_from: dt.date
    note: str
    set_at: dt.datetime
    set_on: dt.date
    set_by: str
    state: rules.State

    @property
    def state_kind(self) -> str:
        """The colour of its state, as ui's tags name it."""
        return _STATE_KINDS.get(self.state, "neutral")


@dataclass(frozen=True)
class ProductDetail:
    """A product with both histories, the latest row first; `added_on` is a day of the unit.

    `adder` is who added it, by name.
    """

    row: ProductRow
    added_on: dt.date
    adder: str
    prices: list[SheetLine]
    costs: list[SheetLine]


@dataclass(frozen=True)
class Unready:
    """How many products of a unit wait for something before they can be sold.

    `awaited` have no price anywhere, `ranged` have a range in their source, `costless` have a
    price and no cost, by the code of their category: an after-cost rule cannot split their sale.
    `stopped` are those of them that their unit shows.
    """

    awaited: int
    ranged: int
    costless: Mapping[str, int]
    stopped: Mapping[str, int]
