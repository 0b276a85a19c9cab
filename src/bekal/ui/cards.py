"""Markup of what stands on a page by the dozen: product cards and the choices of filters.

Written here and not as templates, which take four times as long: a page of the catalogue is 24
cards and 80 choices. Every word is escaped here.
"""

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Protocol

from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bekal.ui.addresses import address_of
from bekal.ui.filters import ribuan, rupiah


class Photo(Protocol):
    """A photograph: the file for browsers that choose none, and all of them (srcset)."""

    @property
    def address(self) -> str:
        """The one file."""

    @property
    def webp(self) -> str:
        """All files with their widths."""


class Shown(Protocol):
    """A product to be shown; amounts are rupiah. catalogue's Card is one.

    `stock_note` is what buyers must know of how many there are, or nothing.
    """

    path: str
    drawing: str
    unit_name: str
    province: str
    price: int | None
    source_low: int | None
    source_high: int | None
    is_sample: bool

    @property
    def title(self) -> str:
        """Its name in the language of the page."""

    @property
    def stock_note(self) -> str:
        """A few words."""

    @property
    def photo(self) -> Photo | None:
        """Its first photograph; without one its drawing stands."""


class Choice(Protocol):
    """A value of a filter; `count` is how many products it would leave, None when not counted."""

    code: str
    name: str
    count: int | None


def card(shown: Shown, *, level: int = 3, soon: bool = False) -> SafeString:
    """A product in a `<ul class="products">`; `level` of its heading, `soon`: seen at once."""
    picture = _photo(shown.photo) if shown.photo else f'src="{_drawn(shown.drawing)}"'
    lazy = "" if soon else ' loading="lazy"'
    address = escape(f"{address_of('product')}{shown.path}/")
    place = f"{shown.unit_name}, {shown.province}" if shown.province else shown.unit_name
    word = escape(_("Contoh"))
    sample = f'<p class="product__sample">{word}</p>' if shown.is_sample else ""
    return SafeString(
        f'<li class="product"><figure><img {picture} width="400" height="500" alt=""{lazy}>'
        f'</figure><h{level}><a href="{address}">{escape(shown.title)}</a></h{level}>'
        f'<p class="product__place">{escape(place)}</p>{_price(shown)}{_stock(shown)}{sample}</li>'
    )


def _photo(photo: Photo) -> str:
    sizes = "(min-width: 48rem) 280px, 50vw"
    return f'src="{escape(photo.address)}" srcset="{escape(photo.webp)}" sizes="{sizes}"'


def _stock(shown: Shown) -> str:
    note = shown.stock_note
    return f'<p class="product__stock">{escape(note)}</p>' if note else ""


@cache
def _drawn(name: str) -> str:
    # Static files have one address for as long as a process lives.
    return escape(static(f"ui/img/{name}.svg"))


def _price(shown: Shown) -> str:
    if shown.price is not None:
        return f'<p class="product__price">{rupiah(shown.price)}</p>'
    low, high = shown.source_low, shown.source_high
    if low is None or high is None:
        words = escape(_("Harga menyusul"))
        return f'<p class="product__price product__price--none">{words}</p>'
    told = rupiah(low) if low == high else " ".join([rupiah(low), _("sampai"), rupiah(high)])
    words = escape(_("Menurut sumber, bukan harga jual"))
    return (
        f'<p class="product__price product__price--told">{escape(told)}</p>'
        f'<p class="product__stock">{words}</p>'
    )


def options(choices: Iterable[Choice], *, chosen: str = "") -> SafeString:
    """The options of a select; what would leave nothing can't be chosen."""
    made = []
    for choice in choices:
        state = _state(choice, chosen, " selected")
        counted = "" if choice.count is None else f" ({ribuan(choice.count)})"
        made.append(
            f'<option value="{escape(choice.code)}"{state}>{escape(choice.name)}{counted}</option>'
        )
    return SafeString("".join(made))


def picks(name: str, choices: Iterable[Choice], *, chosen: str = "") -> SafeString:
    """Choices one below the other; what would leave nothing can't be chosen."""
    made = []
    for choice in choices:
        state = _state(choice, chosen, " checked")
        count = "" if choice.count is None else ribuan(choice.count)
        made.append(
            f'<label class="pick"><input type="radio" name="{escape(name)}"'
            f' value="{escape(choice.code)}"{state}><span>{escape(choice.name)}</span>'
            f'<span class="pick__count num">{count}</span></label>'
        )
    return SafeString("".join(made))


def _state(choice: Choice, chosen: str, mark: str) -> str:
    if choice.code == chosen:
        return mark
    return " disabled" if choice.count == 0 else ""
