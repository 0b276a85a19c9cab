"""Suggestions as the search field shows them, in the language of the page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.catalogue.queries import Card, Suggestions
from bekal.ui.addresses import address_of
from bekal.ui.filters import ribuan, rupiah


def items(found: Suggestions) -> list[dict[str, str]]:
    """Kinds, then products and units, or the other way round; each with the address of its page."""
    kinds, units, products = _kinds(found), _units(found), _products(found)
    return [*kinds, *units, *products] if found.is_of_unit else [*kinds, *products, *units]


def _kinds(found: Suggestions) -> Iterator[dict[str, str]]:
    for kind, count in found.kinds:
        yield {
            "type": "kind",
            "label": str(kind.name),
            "note": _count(count),
            "url": f"{address_of('catalogue')}?jenis={kind.code}",
        }


def _units(found: Suggestions) -> Iterator[dict[str, str]]:
    for unit in found.units:
        yield {
            "type": "unit",
            "label": unit.name,
            "note": unit.province or "",
            "url": f"{address_of('workshops')}{unit.code}/",
        }


def _products(found: Suggestions) -> Iterator[dict[str, str]]:
    for card in found.products:
        yield {
            "type": "product",
            "label": card.title,
            "note": _place_and_price(card),
            "url": f"{address_of('product')}{card.path}/",
        }


def _count(products: int) -> str:
    return ngettext("%(shown)s karya", "%(shown)s karya", products) % {"shown": ribuan(products)}


def _place_and_price(card: Card) -> str:
    price = "" if card.price is None else rupiah(card.price)
    sample = _("Contoh") if card.is_sample else ""
    return " · ".join(word for word in (card.unit_name, price, sample) if word)
