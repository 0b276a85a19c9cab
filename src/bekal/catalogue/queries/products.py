"""A unit's products: the list, one product, and its sheets."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Lower

from bekal.accounts import queries as accounts
from bekal.catalogue import rules
from bekal.catalogue.models import Category, Cost, Price, Product, SheetRow
from bekal.catalogue.queries.goods import LACKS_OF
from bekal.catalogue.queries.shapes import (
    ProductDetail,
    ProductFilters,
    ProductRow,
    SheetLine,
    Sort,
    Unready,
)
from bekal.foundation import codes
from bekal.foundation.clock import Zone, local_day

PAGE_SIZE = 30
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_SHOWN = Q(terms_price__isnull=False, is_shown=True)
_STATUS = {
    rules.Status.SHOWN: _SHOWN & Q(lacks=0),
    rules.Status.HIDDEN: Q(terms_price__isnull=False, is_shown=False),
    rules.Status.STOPPED: _SHOWN & Q(lacks__gt=0),
    rules.Status.AWAITED: Q(terms_price__isnull=True, source_price_low__isnull=True),
    rules.Status.RANGE: Q(terms_price__isnull=True, source_price_low__isnull=False),
}
_LACKS = LACKS_OF.replace("%(on)s", "%s")
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


def unready_of(*, unit_id: int, on: dt.date) -> Unready:
    """How many products of a unit lack a price or a cost on a day, samples aside; one statement."""
    products = Product.objects.filter(seller__unit_id=unit_id, is_sample=False)
    found = _in_force(products, on=on).filter(
        Q(terms_price__isnull=True) | Q(terms_cost__isnull=True)
    )
    rows = found.values_list("terms_price", "source_price_low", "category_id", "is_shown")
    unpriced = [low for price, low, _, _ in rows if price is None]
    costless = [(category, shown) for price, _, category, shown in rows if price is not None]
    return Unready(
        awaited=unpriced.count(None),
        ranged=len(unpriced) - unpriced.count(None),
        costless=Counter(category for category, _ in costless),
        stopped=Counter(category for category, is_shown in costless if is_shown),
    )


def categories() -> list[Category]:
    """All categories, by name."""
    return list(Category.objects.order_by("name", "code"))


def categories_of(*, unit_id: int) -> list[Category]:
    """The categories that a unit has products of, by name."""
    used = Product.objects.filter(seller__unit_id=unit_id).values("category_id")
    return list(Category.objects.filter(code__in=used).order_by("name", "code"))


def own_goods(*, unit_id: int) -> list[tuple[int, str]]:
    """The products of a unit for an agreement to speak of, made-up ones too, by name."""
    found = Product.objects.filter(seller__unit_id=unit_id).order_by("name", "pk")
    return list(found.values_list("pk", "name"))


def product_row(*, unit_id: int, code: str, on: dt.date) -> ProductRow | None:
    """The product of a unit with this code, however it is typed; None when there is none."""
    try:
        written = codes.encode(codes.decode(code), length=rules.CODE_LENGTH)
    except codes.CodeMistyped:
        return None
    found = Product.objects.filter(seller__unit_id=unit_id, code=written)
    return next(iter(_rows(_standing(found, on=on))), None)


def product_detail(*, unit_id: int, code: str, on: dt.date, zone: Zone) -> ProductDetail | None:
    """A product of a unit with its histories; None when the unit has none of this code.

    Four statements.
    """
    row = product_row(unit_id=unit_id, code=code, on=on)
    if row is None:
        return None
    prices, costs = (
        list(sheet.objects.filter(product_id=row.id).order_by("-valid_from", "-id"))
        for sheet in (Price, Cost)
    )
    names = accounts.names_of(actors={row.added_by, *(line.set_by for line in (*prices, *costs))})
    return ProductDetail(
        row=row,
        added_on=local_day(row.added_at, zone),
        adder=names[row.added_by],
        prices=_sheet(prices, names=names, on=on, zone=zone),
        costs=_sheet(costs, names=names, on=on, zone=zone),
    )


def _in_force(products: QuerySet[Any, Any], *, on: dt.date) -> QuerySet[Any, Any]:
    """Give each product the price and cost in force on a day, as `terms_price`, `terms_cost`.

    And `is_shown`, its unit's word.
    """

    def latest(sheet: type[Price] | type[Cost]) -> Subquery:
        rows = sheet.objects.filter(product=OuterRef("pk"), valid_from__lte=on)
        return Subquery(rows.order_by("-valid_from", "-id").values("amount")[:1])

    dated: QuerySet[Any, Any] = products.annotate(
        terms_price=latest(Price),
        terms_cost=latest(Cost),
        is_shown=Coalesce("listing__is_published", Value(value=False)),
    )
    return dated


def _standing(products: QuerySet[Any, Any], *, on: dt.date) -> QuerySet[Any, Any]:
    """The same, and how many facts each `lacks` on the day before it may be ordered."""
    lacks = RawSQL(_LACKS, [on] * _LACKS.count("%s"), IntegerField())  # noqa: S611  SQL of ours
    counted: QuerySet[Any, Any] = _in_force(products, on=on).annotate(lacks=lacks)
    return counted


def _filtered(*, unit_id: int, filters: ProductFilters, on: dt.date) -> QuerySet[Any, Any]:
    found = _standing(Product.objects.filter(seller__unit_id=unit_id), on=on)
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
        "is_shown",
        "lacks",
    )


def _sheet(
    ordered: Sequence[SheetRow], *, names: Mapping[str, str], on: dt.date, zone: Zone
) -> list[SheetLine]:
    states = rules.states_of(valid_from=[row.valid_from for row in ordered], on=on)
    return [
        SheetLine(
            amount=row.amount,
            valid_from=row.valid_from,
            note=row.note,
            set_at=row.set_at,
            set_on=local_day(row.set_at, zone),
            set_by=names[row.set_by],
            state=state,
        )
        for row, state in zip(ordered, states, strict=True)
    ]


def rows_by_code(
    *, unit_id: int, codes_wanted: Collection[str], on: dt.date
) -> dict[str, ProductRow]:
    """The products of a unit with these codes, with what is in force on a day. One statement."""
    found = Product.objects.filter(seller__unit_id=unit_id, code__in=codes_wanted)
    return {row.code: row for row in _rows(_standing(found, on=on).order_by("pk"))}
