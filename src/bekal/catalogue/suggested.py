"""Suggestions as the search field shows them, in the language of the page."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekal.catalogue.queries import Card, Suggestions
from bekal.ui.addresses import address_of
from bekal.ui.filters import ribuan, rupiah


def items(found: Suggestions) -> list[dict[str, str]]:
    """Each with a word of what it is, and the address of its page."""
    return [
        *(
            {
                "type": "kind",
                "label": str(kind.name),
                "note": _count(count),
                "url": f"{address_of('catalogue')}?jenis={kind.code}",
            }
            for kind, count in found.kinds
        ),
        *(
            {
                "type": "unit",
                "label": unit.name,
                "note": unit.province or "",
                "url": f"{address_of('workshops')}{unit.code}/",
            }
            for unit in found.units
        ),
        *(
            {
                "type": "product",
                "label": card.title,
                "note": _place_and_price(card),
                "url": f"{address_of('product')}{card.path}/",
            }
            for card in found.products
        ),
    ]


def _count(products: int) -> str:
    return ngettext("%(shown)s karya", "%(shown)s karya", products) % {"shown": ribuan(products)}


def _place_and_price(card: Card) -> str:
    price = "" if card.price is None else rupiah(card.price)
    sample = _("Contoh") if card.is_sample else ""
    return " · ".join(word for word in (card.unit_name, price, sample) if word)
