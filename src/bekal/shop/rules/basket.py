"""What somebody put by to order: product codes, pieces and the price they saw. Pure.

A basket is small enough for a cookie, and knows nobody.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from bekal.foundation.refusals import Refused
from bekal.shop.rules.orders import MOST_LINES, MOST_PIECES

_CODE_LENGTH = 12
_LARGEST_PRICE = 10**12
_FIELDS = 3


class BasketRefused(Refused):
    """The basket cannot take or change this."""


@dataclass(frozen=True)
class BasketLine:
    """Pieces of a product, by its code; `price` in rupiah is the one that the buyer saw."""

    code: str
    pieces: int
    price: int


@dataclass(frozen=True)
class Basket:
    """The lines, in the order in which they came."""

    lines: tuple[BasketLine, ...] = ()

    @property
    def pieces(self) -> int:
        """How many pieces lie in it."""
        return sum(line.pieces for line in self.lines)

    def line(self, code: str) -> BasketLine | None:
        """The line of a product."""
        return next((line for line in self.lines if line.code == code), None)

    def with_more(self, code: str, pieces: int, *, price: int) -> "Basket":
        """The same with so many pieces more. Raises BasketRefused."""
        here = self.line(code)
        if here is None and len(self.lines) >= MOST_LINES:
            said = _("Keranjang memuat paling banyak %(most)s barang. Pesan dahulu yang ada.")
            raise BasketRefused(said % {"most": MOST_LINES})
        return self.with_line(code, pieces + (here.pieces if here else 0), price=price)

    def with_line(self, code: str, pieces: int, *, price: int) -> "Basket":
        """The same with so many pieces in all; none takes the line out. Raises BasketRefused."""
        if pieces > MOST_PIECES:
            raise BasketRefused(too_many_pieces())
        if pieces < 1:
            return self.without([code])
        line = BasketLine(code, pieces, price)
        if self.line(code) is None:
            return Basket((*self.lines, line))
        return Basket(tuple(line if each.code == code else each for each in self.lines))

    def without(self, codes: Collection[str]) -> "Basket":
        """The same without these products."""
        return Basket(tuple(line for line in self.lines if line.code not in codes))

    def less(self, ordered: Mapping[str, int]) -> "Basket":
        """The same without what was ordered; what came in meanwhile stays."""
        left = (
            replace(line, pieces=line.pieces - ordered.get(line.code, 0)) for line in self.lines
        )
        return Basket(tuple(line for line in left if line.pieces > 0))

    def rows(self) -> list[list[Any]]:
        """As it is written down."""
        return [[line.code, line.pieces, line.price] for line in self.lines]


EMPTY = Basket()


def too_many_pieces() -> str:
    """What is said of more pieces of a product than an order takes."""
    said = _("Paling banyak %(most)s buah setiap barang. Untuk lebih, minta penawaran.")
    return said % {"most": MOST_PIECES}


def goods_gone() -> str:
    """What is said of a product that cannot be put into a basket."""
    return _("Barang ini tidak dijual lagi.")


def read_rows(rows: object) -> Basket:
    """A basket as it was written down; what is none is empty, a line that is none is left out."""
    if not isinstance(rows, list):
        return EMPTY
    lines = {row[0]: BasketLine(*row) for row in rows[:MOST_LINES] if _is_line(row)}
    return Basket(tuple(lines.values()))


def _is_line(row: object) -> bool:
    if not isinstance(row, Sequence) or isinstance(row, str) or len(row) != _FIELDS:
        return False
    code, pieces, price = row
    return (
        isinstance(code, str)
        and 0 < len(code) <= _CODE_LENGTH
        and type(pieces) is int
        and 0 < pieces <= MOST_PIECES
        and type(price) is int
        and 0 <= price < _LARGEST_PRICE
    )
