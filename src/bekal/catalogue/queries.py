"""What the catalogue answers. Every list has an order that ends in the id."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from bekal.catalogue import rules
from bekal.catalogue.models import Category, Cost, Price, Product
from bekal.foundation import codes, formats
from bekal.foundation.clock import Zone, local_day

PAGE_SIZE = 30
_STATUS_KINDS = {
    rules.Status.READY: "ok",
    rules.Status.AWAITED: "warn",
    rules.Status.RANGE: "warn",
    rules.Status.SAMPLE: "info",
}
_STATE_KINDS = {rules.State.IN_FORCE: "ok", rules.State.AHEAD: "info"}

_TERMS = """
select p.id, p.code, p.name, p.category_id, s.unit_id, price.amount, cost.amount, p.is_sample
from catalogue_product p
join catalogue_seller s on s.id = p.seller_id
left join lateral (
  select amount from catalogue_price where product_id = p.id and valid_from <= %(on)s
  order by valid_from desc, id desc limit 1
) price on true
left join lateral (
  select amount from catalogue_cost where product_id = p.id and valid_from <= %(on)s
  order by valid_from desc, id desc limit 1
) cost on true
where p.id = any(%(ids)s)
order by p.id
"""


@dataclass(frozen=True)
class SaleTerms:
    """What a sale needs to know of a product on a day.

    `category` is the category's code. `price` and `cost` are rupiah for one piece, in force on
    the day; without a price the product cannot be sold, without a cost only by a gross rule.
    """

    product_id: int
    code: str
    name: str
    category: str
    unit_id: int
    price: int | None
    cost: int | None
    is_sample: bool


def sale_terms(*, product_ids: Iterable[int], on: dt.date) -> dict[int, SaleTerms]:
    """The terms of these products on a day, by id, in one statement; unknown ids are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, {"ids": list(product_ids), "on": on})
        return {row[0]: SaleTerms(*row) for row in cursor.fetchall()}


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
    def is_narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.text or self.category or self.status)


@dataclass(frozen=True)
class ProductRow:
    """One product as the list shows it on a day; price and cost (rupiah) are those in force."""

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

    @property
    def status(self) -> rules.Status:
        """Its one status."""
        return rules.status_of(
            price=self.price, source_low=self.source_low, is_sample=self.is_sample
        )

    @property
    def status_kind(self) -> str:
        """The colour of its status, as ui's tags name it."""
        return _STATUS_KINDS[self.status]

    @property
    def cost_text(self) -> str:
        """What a person reads as its cost."""
        return "belum diisi" if self.cost is None else formats.rupiah(self.cost)

    @property
    def added_by_text(self) -> str:
        """Who added it, as a page says it."""
        return rules.actor_text(self.added_by)

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

    @property
    def selling_text(self) -> str:
        """Under what condition it can be sold."""
        return rules.selling_text(price=self.price, cost=self.cost)


@dataclass(frozen=True)
class SheetLine:
    """One row of a price or cost sheet, with its state on the day asked for.

    `set_on` is the unit's local day of `set_at`.
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

    @property
    def set_by_text(self) -> str:
        """Who wrote it, as a page says it."""
        return rules.actor_text(self.set_by)


@dataclass(frozen=True)
class ProductDetail:
    """A product with both histories, the latest row first; `added_on` is a day of the unit."""

    row: ProductRow
    added_on: dt.date
    prices: list[SheetLine]
    costs: list[SheetLine]


_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_NO_PRICE = Q(is_sample=False, terms_price__isnull=True)
_STATUS = {
    rules.Status.READY: Q(is_sample=False, terms_price__isnull=False),
    rules.Status.AWAITED: _NO_PRICE & Q(source_price_low__isnull=True),
    rules.Status.RANGE: _NO_PRICE & Q(source_price_low__isnull=False),
    rules.Status.SAMPLE: Q(is_sample=True),
}
_ORDERS = {
    Sort.NAME: (Lower("name"),),
    Sort.CHEAPEST: (F("terms_price").asc(nulls_last=True),),
    Sort.DEAREST: (F("terms_price").desc(nulls_last=True),),
    Sort.NEWEST: (F("added_at").desc(),),
}


def products_of(*, unit_id: int, filters: ProductFilters, on: dt.date) -> Page[ProductRow]:
    """One page of a unit's products with the price and cost in force on a day.

    A page beyond the last is the last one. Two statements.
    """
    found = _columns(_filtered(unit_id=unit_id, filters=filters, on=on))
    page = Paginator(found, PAGE_SIZE).get_page(filters.page)
    page.object_list = [ProductRow(*row) for row in page.object_list]
    return page


def every_product_of(*, unit_id: int, filters: ProductFilters, on: dt.date) -> list[ProductRow]:
    """All products that the filters leave, without pages, for a file. One statement."""
    return _rows(_filtered(unit_id=unit_id, filters=filters, on=on))


def categories() -> list[Category]:
    """All categories, by name."""
    return list(Category.objects.order_by("name", "code"))


def categories_of(*, unit_id: int) -> list[Category]:
    """The categories that a unit has products of, by name."""
    used = Product.objects.filter(seller__unit_id=unit_id).values("category_id")
    return list(Category.objects.filter(code__in=used).order_by("name", "code"))


def product_row(*, unit_id: int, code: str, on: dt.date) -> ProductRow | None:
    """The product of a unit with this code, however it is typed; None when there is none."""
    try:
        written = codes.encode(codes.decode(code), length=rules.CODE_LENGTH)
    except codes.CodeMistyped:
        return None
    found = Product.objects.filter(seller__unit_id=unit_id, code=written)
    return next(iter(_rows(_in_force(found, on=on))), None)


def product_detail(*, unit_id: int, code: str, on: dt.date, zone: Zone) -> ProductDetail | None:
    """A product of a unit with its histories; None when the unit has none of this code.

    Three statements.
    """
    row = product_row(unit_id=unit_id, code=code, on=on)
    if row is None:
        return None
    return ProductDetail(
        row=row,
        added_on=local_day(row.added_at, zone),
        prices=_sheet(Price.objects.filter(product_id=row.id), on=on, zone=zone),
        costs=_sheet(Cost.objects.filter(product_id=row.id), on=on, zone=zone),
    )


def product_ids_of(*, unit_id: int) -> dict[str, int]:
    """The ids of all products of a unit, by code."""
    pairs = Product.objects.filter(seller__unit_id=unit_id).values_list("code", "pk")
    return dict(pairs)


def _in_force(products: QuerySet[Any, Any], *, on: dt.date) -> QuerySet[Any, Any]:
    """Give each product the price and cost in force on a day, as `terms_price`, `terms_cost`."""

    def latest(sheet: type[Price] | type[Cost]) -> Subquery:
        rows = sheet.objects.filter(product=OuterRef("pk"), valid_from__lte=on)
        return Subquery(rows.order_by("-valid_from", "-id").values("amount")[:1])

    dated: QuerySet[Any, Any] = products.annotate(
        terms_price=latest(Price), terms_cost=latest(Cost)
    )
    return dated


def _filtered(*, unit_id: int, filters: ProductFilters, on: dt.date) -> QuerySet[Any, Any]:
    found = _in_force(Product.objects.filter(seller__unit_id=unit_id), on=on)
    text = rules.tidy(filters.text)
    if text:
        typed = _typed_code(text)
        by_code = Q(code__startswith=typed) if typed else Q(pk__in=[])
        found = found.filter(Q(name__icontains=text) | by_code)
    if filters.category:
        found = found.filter(category_id=filters.category)
    if filters.status is not None:
        found = found.filter(_STATUS[filters.status])
    return found.order_by(*_ORDERS[filters.sort], "pk")


def _typed_code(text: str) -> str:
    """What a person typed, as the beginning of a code: upper case, O is 0, I and L are 1."""
    return text.upper().translate(_READ_AS)


def _rows(products: QuerySet[Any, Any]) -> list[ProductRow]:
    return [ProductRow(*row) for row in _columns(products)]


def _columns(products: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The fields of a ProductRow, in its order."""
    return products.values_list(
        "pk",
        "code",
        "name",
        "category__name",
        "category_id",
        "source",
        "source_price_low",
        "source_price_high",
        "is_sample",
        "terms_price",
        "terms_cost",
        "added_at",
        "added_by",
    )


def _sheet(rows: QuerySet[Price] | QuerySet[Cost], *, on: dt.date, zone: Zone) -> list[SheetLine]:
    ordered = list(rows.order_by("-valid_from", "-id"))
    states = rules.states_of(valid_from=[row.valid_from for row in ordered], on=on)
    return [
        SheetLine(
            amount=row.amount,
            valid_from=row.valid_from,
            note=row.note,
            set_at=row.set_at,
            set_on=local_day(row.set_at, zone),
            set_by=row.set_by,
            state=state,
        )
        for row, state in zip(ordered, states, strict=True)
    ]
