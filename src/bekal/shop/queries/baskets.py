"""A basket as its page shows it: by workshop, with all that changed since it was put by."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import Goods
from bekal.production.queries import Availability
from bekal.production.rules import Kind
from bekal.shop.queries.looking import Look, day_of, look
from bekal.shop.rules import MOST_PIECES, Basket, BasketLine, Change, OrderItem


@dataclass(frozen=True)
class LineInBasket:
    """A line with its goods as they are now; `goods` is None for a code that is no product's."""

    line: BasketLine
    goods: Goods | None
    changes: tuple[Change, ...]
    promised_on: dt.date | None
    left: int | None

    @property
    def price(self) -> int:
        """Rupiah of one piece now."""
        return (self.goods and self.goods.price) or 0

    @property
    def gross(self) -> int:
        """Rupiah of the line now; nothing where it cannot be ordered."""
        return self.price * self.line.pieces if self.can_be_ordered else 0

    @property
    def most(self) -> int:
        """How many pieces one buyer may have of it."""
        return min(MOST_PIECES, (self.goods and self.goods.buyer_limit) or MOST_PIECES)

    @property
    def can_be_ordered(self) -> bool:
        """Whether nothing stands in the way but, at most, another price."""
        return self.goods is not None and all(change.is_only_money for change in self.changes)


@dataclass(frozen=True)
class Workshop:
    """The lines of one unit, which sends by itself."""

    unit_id: int
    code: str
    name: str
    lines: tuple[LineInBasket, ...]

    @property
    def total(self) -> int:
        """Rupiah of its lines."""
        return sum(line.gross for line in self.lines)


@dataclass(frozen=True)
class BasketShown:
    """A basket by workshop, in the order in which the first of its goods came; `lost` has none."""

    workshops: tuple[Workshop, ...]
    lost: tuple[LineInBasket, ...]
    seen: Look

    @property
    def lines(self) -> list[LineInBasket]:
        """All lines that have a workshop."""
        return [line for workshop in self.workshops for line in workshop.lines]

    @property
    def total(self) -> int:
        """Rupiah of all that can be ordered."""
        return sum(workshop.total for workshop in self.workshops)

    @property
    def pieces(self) -> int:
        """Pieces of all that can be ordered."""
        return sum(line.line.pieces for line in self.lines if line.can_be_ordered)

    @property
    def can_be_ordered(self) -> bool:
        """Whether all of it can be ordered as it is."""
        return bool(self.workshops) and not self.lost and all(x.can_be_ordered for x in self.lines)

    def items(self) -> tuple[OrderItem, ...]:
        """What would be ordered, at the prices of now."""
        return tuple(
            OrderItem(line.goods.product_id, line.line.pieces, line.price)
            for line in self.lines
            if line.goods
        )


def basket_shown(*, basket: Basket, now: dt.datetime) -> BasketShown:
    """A basket with its goods as they are now; two statements, three with work to order."""
    codes = [line.code for line in basket.lines]
    found = catalogue.goods_by_codes(codes=codes, on=day_of(now))
    items = [
        OrderItem(found[line.code].product_id, line.pieces, line.price)
        for line in basket.lines
        if line.code in found
    ]
    seen = look(items=items, goods={each.product_id: each for each in found.values()}, now=now)
    lines = [_line(line, found.get(line.code), seen) for line in basket.lines]
    units = dict.fromkeys(line.goods.unit_id for line in lines if line.goods)
    workshops = tuple(_workshop(unit, lines) for unit in units)
    return BasketShown(workshops, tuple(line for line in lines if line.goods is None), seen)


def _line(line: BasketLine, goods: Goods | None, seen: Look) -> LineInBasket:
    if goods is None:
        return LineInBasket(line, None, (), None, None)
    available: Availability | None = seen.available.get(goods.product_id)
    is_made = available is not None and available.kind is Kind.MADE
    return LineInBasket(
        line,
        goods,
        tuple(seen.of(goods.product_id)),
        available.promised_on if available and is_made else None,
        available.left if available and not is_made else None,
    )


def _workshop(unit_id: int, lines: Sequence[LineInBasket]) -> Workshop:
    own = [line for line in lines if line.goods and line.goods.unit_id == unit_id]
    goods = own[0].goods
    if goods is None:
        raise LookupError(unit_id)
    return Workshop(unit_id, goods.unit_code, goods.unit_name, tuple(own))
