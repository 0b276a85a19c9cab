"""What somebody says of the basket: how many pieces, which line goes, which price is agreed to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekal.foundation.formats import Unreadable, read_count
from bekal.shop.rules import (
    MOST_PIECES,
    Basket,
    BasketLine,
    BasketRefused,
    limit_with_basket,
    too_many_pieces,
)

_LONGEST = 40
_MANY = re.compile(r"\d{7,}|\d{1,3}(?:\.\d{3}){2,}", re.ASCII)
_PRICE_DIGITS = 12


class TooManyPieces(BasketRefused):
    """More pieces of a product than an order takes; whoever needs them asks for an offer."""


class PiecesForm(forms.Form):
    """How many pieces of a product go into the basket; left blank it is one."""

    jumlah = forms.CharField(label=_("Jumlah barang"), required=False)

    def __init__(self, said: Mapping[str, str], *, here: int = 0, limit: int | None = None) -> None:
        """Read what was typed; `here` pieces lie in the basket already, of `limit` for a buyer."""
        super().__init__({"jumlah": said.get("jumlah", "")[:_LONGEST]})
        self.here, self.limit, self.is_too_many = here, limit, False

    def clean_jumlah(self) -> int:
        """Whole pieces, one at least, no more with those that lie there than may be ordered."""
        try:
            pieces = _read(str(self.cleaned_data["jumlah"]), least=1, here=self.here)
        except BasketRefused as refused:
            self.is_too_many = isinstance(refused, TooManyPieces)
            raise forms.ValidationError(refused.message) from refused
        if self.limit is not None and pieces + self.here > self.limit:
            raise forms.ValidationError(limit_with_basket(self.limit, self.here))
        return pieces


@dataclass(frozen=True)
class PiecesTyped:
    """What stands in the field of a line; `problem` says why that can be no number of pieces."""

    text: str
    problem: str = ""
    is_too_many: bool = False


@dataclass(frozen=True)
class BasketTyped:
    """A basket with what stands in the fields of its page; `basket` holds where none is bad."""

    basket: Basket
    fields: Mapping[str, PiecesTyped]

    @property
    def is_bad(self) -> bool:
        """Whether a field says no number of pieces."""
        return any(field.problem for field in self.fields.values())


def read_basket_page(said: Mapping[str, str], kept: Basket) -> BasketTyped:
    """The kept basket with what the fields of its page say, whichever button was pressed.

    A field that says what it said when its page was made changes nothing, so what another tab
    changed since stays. The line of `keluarkan` goes whatever its field says. The price that the
    page showed is agreed to at the line of `setuju`, and at all of them by going on to the order.
    """
    left = kept.without([said.get("keluarkan", "")])
    basket, fields = left, {}
    for line in left.lines:
        code, pieces = line.code, line.pieces
        typed = said.get(f"jumlah_{code}", str(pieces))[:_LONGEST]
        fields[code] = PiecesTyped(typed)
        if typed.strip() != said.get(f"semula_{code}", ""):
            try:
                pieces = _read(typed)
            except BasketRefused as refused:
                is_too_many = isinstance(refused, TooManyPieces)
                fields[code] = PiecesTyped(typed, refused.message, is_too_many)
        basket = basket.with_line(code, pieces, price=_price(said, line))
    return BasketTyped(basket, fields)


def _read(text: str, *, least: int = 0, here: int = 0) -> int:
    try:
        pieces = read_count(text.strip() or "1")
    except Unreadable as refused:
        if _MANY.fullmatch("".join(text.split())):
            raise TooManyPieces(too_many_pieces()) from refused
        raise BasketRefused(gettext("Tulis jumlah dengan angka bulat, misalnya 3.")) from refused
    if pieces < least:
        raise BasketRefused(gettext("Tulis jumlahnya, paling sedikit 1."))
    if pieces + here > MOST_PIECES:
        raise TooManyPieces(too_many_pieces())
    return pieces


def _price(said: Mapping[str, str], line: BasketLine) -> int:
    """The price that is agreed to now, or was before."""
    is_agreed = said.get("act") == "lanjut" or said.get("setuju") == line.code
    return seen_price(said.get(f"harga_{line.code}", ""), line.price) if is_agreed else line.price


def seen_price(said: str, price: int) -> int:
    """The price that a page showed, or `price` where it says none.

    It is never what is paid: what is another now is told as a change.
    """
    is_price = said.isascii() and said.isdigit() and len(said) <= _PRICE_DIGITS
    return int(said) if is_price and int(said) else price
