"""What each line of a sale costs and how it is split, by the terms and rules of its day."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import SaleTerms
from bekal.foundation import formats
from bekal.ledger import queries as ledger
from bekal.ledger.rules import Split, SplitRule, split
from bekal.sales.actions import counting
from bekal.sales.rules import NewSale, SaleItem, SaleRefused, check_total


@dataclass(frozen=True)
class PricedLine:
    """A line with its terms, the price asked, and the split that is frozen onto it."""

    item: SaleItem
    terms: SaleTerms
    unit_price: int
    list_price: int
    rule: SplitRule
    split: Split

    def row(self, sale_id: UUID) -> dict[str, object]:
        """As it is stored."""
        return {
            "sale_id": str(sale_id),
            "product_id": self.item.product_id,
            "name": self.terms.name,
            "category": self.terms.category,
            "pieces": self.item.pieces,
            "unit_price": self.unit_price,
            "list_price": self.list_price,
            "unit_cost": self.terms.cost,
            "gross": self.split.gross,
            "rule_id": self.rule.id,
            "parts": {part.account.value: part.amount for part in self.split.parts},
        }

    def counted(self) -> counting.Counted:
        """As the sums see it."""
        return counting.Counted(
            self.terms.category,
            self.item.pieces,
            self.split.gross,
            {part.account: part.amount for part in self.split.parts},
            self.terms.is_sample,
        )


def priced(sales: Sequence[tuple[NewSale, dt.date]]) -> dict[UUID, list[PricedLine]]:
    """The lines of sales on their days, by sale; two statements for all sales of one day.

    Raises SaleRefused, NoRule or NeedsCost.
    """
    found: dict[UUID, list[PricedLine]] = {}
    for day in dict.fromkeys(day for _, day in sales):
        found |= _of_day([sale for sale, on in sales if on == day], day)
    return found


def total(lines: Sequence[PricedLine]) -> int:
    """Rupiah of some lines."""
    return sum(line.split.gross for line in lines)


def _of_day(sales: Sequence[NewSale], day: dt.date) -> dict[UUID, list[PricedLine]]:
    wanted = [item.product_id for sale in sales for item in sale.items]
    terms = catalogue.sale_terms(product_ids=wanted, on=day)
    for sale in sales:
        _check_terms(sale, terms, sold_on=day)
    asked = {(s.unit_id, terms[item.product_id].category) for s in sales for item in s.items}
    rules = ledger.rules_of_units(asked=sorted(asked), on=day)
    return {sale.key: _lines(sale, terms, rules) for sale in sales}


def _check_terms(sale: NewSale, terms: Mapping[int, SaleTerms], *, sold_on: dt.date) -> None:
    for item in sale.items:
        _check_product(terms.get(item.product_id), unit_id=sale.unit_id, sold_on=sold_on)
    if len({terms[item.product_id].is_sample for item in sale.items}) > 1:
        raise SaleRefused(
            "Produk data contoh tidak bisa senota dengan produk sungguhan.", field="items"
        )


def _check_product(terms: SaleTerms | None, *, unit_id: int, sold_on: dt.date) -> None:
    if terms is None or terms.unit_id != unit_id:
        raise SaleRefused(
            "Produk ini tidak ada di katalog unit Anda. Pilih dari daftar.", field="items"
        )
    if terms.price is None:
        raise SaleRefused(
            f"{terms.name} belum punya harga pada {formats.date(sold_on)}. "
            "Isi harganya di halaman produk.",
            field="items",
        )


def _lines(
    sale: NewSale, terms: Mapping[int, SaleTerms], rules: Mapping[tuple[int, str], SplitRule]
) -> list[PricedLine]:
    lines = []
    for item in sale.items:
        of = terms[item.product_id]
        lines.append(_price(item, of, rules[sale.unit_id, of.category]))
    check_total(total(lines))
    return lines


def _price(item: SaleItem, terms: SaleTerms, rule: SplitRule) -> PricedLine:
    list_price = terms.price or 0
    unit_price = list_price if item.unit_price is None else item.unit_price
    if unit_price < 1:
        raise SaleRefused(f"Harga {terms.name} paling sedikit Rp1.", field="items")
    parts = split(rule, unit_price=unit_price, pieces=item.pieces, unit_cost=terms.cost)
    return PricedLine(item, terms, unit_price, list_price, rule, parts)
