"""Loading the real products of the sources, as often as one likes."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from bekal.audit import actions as audit
from bekal.catalogue import rules
from bekal.catalogue.models import Category, Price, Product, Seller
from bekal.catalogue.numbering import next_product_ids
from bekal.catalogue.source import SourceRow, UnreadableRow, packaged_rows
from bekal.foundation import codes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.places import queries as places


class Outcome(StrEnum):
    """What became of one row of the file."""

    ADDED = "ditambahkan"
    KNOWN = "sudah ada"
    REFUSED = "tidak dimuat"


@dataclass(frozen=True)
class RowResult:
    """One row of the file and what became of it; `reason` speaks for refused rows alone."""

    line: int
    unit: str
    name: str
    outcome: Outcome
    reason: str = ""
    is_priced: bool = False
    has_range: bool = False


@dataclass(frozen=True)
class LoadReport:
    """Every row of the file, in its order. `priced` and `ranged` count rows added this time."""

    rows: tuple[RowResult, ...]

    def _count(self, outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def added(self) -> int:
        """Products that this load added."""
        return self._count(Outcome.ADDED)

    @property
    def known(self) -> int:
        """Rows whose product was there already; they are left as they are."""
        return self._count(Outcome.KNOWN)

    @property
    def refused(self) -> tuple[RowResult, ...]:
        """Rows that were not loaded, each with its reason."""
        return tuple(row for row in self.rows if row.outcome is Outcome.REFUSED)

    @property
    def priced(self) -> int:
        """Products added with the single price of their source."""
        return sum(row.is_priced for row in self.rows)

    @property
    def ranged(self) -> int:
        """Products added with a range that their source gives."""
        return sum(row.has_range for row in self.rows)


@transaction.atomic
def load_products(
    *,
    by: Actor,
    now: dt.datetime,
    rows: Sequence[SourceRow | UnreadableRow] | None = None,
) -> LoadReport:
    """Load the real products (the packaged file, or `rows`), and report row by row.

    A product that is there already, by unit and name, is left exactly as it is, so a second load
    changes nothing. A single price of a source becomes a row of the price sheet from
    `rules.FIRST_DAY` on; a range is kept as what the source says and is never sold at. A row that
    names no single unit, or cannot be read, is not loaded and says why. Raises nothing.
    """
    read = packaged_rows() if rows is None else rows
    names = {row.unit for row in read}
    units = places.unit_ids_by_name(names=names, on=local_day(now, Zone.WIB))
    good = [row for row in read if isinstance(row, SourceRow) and row.unit in units]
    sellers = _sellers_of({units[row.unit] for row in good})
    taken = _names_taken(sellers.values())
    new: dict[int, SourceRow] = {}
    for row in good:
        key = (sellers[units[row.unit]].pk, row.name.lower())
        if key not in taken:
            taken.add(key)
            new[row.line] = row
    products = _add_products(list(new.values()), units, sellers, by=by, now=now)
    _add_prices(products, by=by, now=now)
    _audit_by_unit(products, by=by, now=now)
    return LoadReport(tuple(_result(row, units, new) for row in read))


def _sellers_of(unit_ids: Iterable[int]) -> dict[int, Seller]:
    """The sellers of these units, made where missing, locked: two loads at once take turns."""
    ids = sorted(unit_ids)
    Seller.objects.bulk_create([Seller(unit_id=i) for i in ids], ignore_conflicts=True)
    locked = Seller.objects.select_for_update().filter(unit_id__in=ids).order_by("pk")
    return {seller.unit_id: seller for seller in locked}


def _names_taken(sellers: Iterable[Seller]) -> set[tuple[int, str]]:
    pairs = Product.objects.filter(seller__in=list(sellers)).values_list("seller_id", "name")
    return {(seller_id, name.lower()) for seller_id, name in pairs}


def _add_products(
    rows: Sequence[SourceRow],
    units: dict[str, int],
    sellers: dict[int, Seller],
    *,
    by: Actor,
    now: dt.datetime,
) -> list[tuple[SourceRow, Product]]:
    words = {row.category_code: row.category for row in rows}
    Category.objects.bulk_create(
        [Category(code=code, name=words[code]) for code in sorted(words)], ignore_conflicts=True
    )
    numbers = next_product_ids(len(rows))
    pairs = [
        (row, _product(number, row, sellers[units[row.unit]], by=by, now=now))
        for number, row in zip(numbers, rows, strict=True)
    ]
    Product.objects.bulk_create([product for _, product in pairs])
    return pairs


def _product(
    number: int, row: SourceRow, seller: Seller, *, by: Actor, now: dt.datetime
) -> Product:
    has_range = row.price is not None and not row.price.is_single
    return Product(
        pk=number,
        code=codes.encode(number, length=rules.CODE_LENGTH),
        seller=seller,
        category_id=row.category_code,
        name=row.name,
        source=row.source,
        source_price_low=row.price.low if row.price and has_range else None,
        source_price_high=row.price.high if row.price and has_range else None,
        added_at=now,
        added_by=str(by),
    )


def _add_prices(
    products: Iterable[tuple[SourceRow, Product]], *, by: Actor, now: dt.datetime
) -> None:
    Price.objects.bulk_create(
        Price(
            product=product,
            amount=row.price.low,
            valid_from=rules.FIRST_DAY,
            note=f"Harga menurut {row.source}; berlaku sejak dimuat ke Bekal",
            set_at=now,
            set_by=str(by),
        )
        for row, product in products
        if row.price is not None and row.price.is_single
    )


def _audit_by_unit(
    products: Iterable[tuple[SourceRow, Product]], *, by: Actor, now: dt.datetime
) -> None:
    """One audit row per unit, in the order of the units: loads never wait crosswise."""
    by_unit: dict[int, list[str]] = {}
    for _, product in products:
        by_unit.setdefault(product.seller.unit_id, []).append(product.code)
    for unit_id, added in sorted(by_unit.items()):
        audit.record(
            chain=f"place:{unit_id}",
            action="catalogue.load_products",
            object_key=f"place:{unit_id}",
            detail={"products": added},
            by=by,
            now=now,
        )


def _result(
    row: SourceRow | UnreadableRow, units: dict[str, int], new: dict[int, SourceRow]
) -> RowResult:
    if isinstance(row, UnreadableRow):
        return RowResult(row.line, row.unit, row.name, Outcome.REFUSED, row.reason)
    if row.unit not in units:
        reason = "Sumber tidak menyebut satu UPT yang ada di daftar unit."
        return RowResult(row.line, row.unit, row.name, Outcome.REFUSED, reason)
    if row.line not in new:
        return RowResult(row.line, row.unit, row.name, Outcome.KNOWN)
    return RowResult(
        row.line,
        row.unit,
        row.name,
        Outcome.ADDED,
        is_priced=row.price is not None and row.price.is_single,
        has_range=row.price is not None and not row.price.is_single,
    )
