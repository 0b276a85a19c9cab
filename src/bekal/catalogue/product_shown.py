"""One public product as its page shows it. Asks and writes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from bekal.catalogue import kinds, rules
from bekal.catalogue.queries import Card, Details, ShowcaseFilters, ShowcaseProduct
from bekal.catalogue.rules import ShelfState
from bekal.catalogue.share_pictures import share_of
from bekal.catalogue.showcase_listed import address_of
from bekal.ui.addresses import address_of as frame_address
from bekal.ui.filters import ribuan

MOST_PIECES = 99
"""What the form offers where nothing limits it more; the shop asks again."""
ORDERABLE = frozenset({ShelfState.READY, ShelfState.FEW, ShelfState.MADE})
_AVAILABILITY = {
    ShelfState.READY: "InStock",
    ShelfState.FEW: "LimitedAvailability",
    ShelfState.MADE: "BackOrder",
    ShelfState.SOLD_OUT: "SoldOut",
    ShelfState.PAUSED: "OutOfStock",
}


@dataclass(frozen=True)
class Row:
    """A line of the particulars; `is_indonesian`: its value stands in Indonesian on every page."""

    label: str
    value: str
    is_indonesian: bool = False


_ORIGIN_MEANINGS = {
    rules.Origin.INSIDE: gettext_lazy("Dikerjakan di bengkel ini dari awal sampai jadi."),
    rules.Origin.PARTNER: gettext_lazy(
        "Sebagian bahan atau bagiannya datang dari mitra; merakit dan menyelesaikannya dikerjakan "
        "di bengkel ini."
    ),
}


@dataclass(frozen=True)
class Told:
    """A text for buyers and whether it had to stay Indonesian on an English page."""

    text: str
    is_indonesian: bool = False


def page(
    found: ShowcaseProduct, details: Details, *, path: str, whole: Callable[[str], str]
) -> dict[str, Any]:
    """Everything that the template of the page names, the split of the price aside."""
    listing = details.listing or rules.NewListing()
    is_food = rules.is_food(said=listing.is_food, category=found.card.category_code)
    return {
        "found": found,
        "card": found.card,
        "details": details,
        "is_english": get_language() == "en",
        "words": description(details),
        "rows": particulars(details, is_food=is_food),
        "category": category_name(found.card),
        "origin": rules.ORIGIN_LABELS[listing.origin] if listing.origin else "",
        "origin_meaning": _ORIGIN_MEANINGS[listing.origin] if listing.origin else "",
        "return_rule": rules.return_sentence(is_food=is_food, making=listing.making),
        "can_order": can_order(found.card),
        "services_url": services_url(found.card),
        "whatsapp_url": f"{frame_address('whatsapp_order')}?produk={found.card.code}",
        "ask_url": ask_url(found.card, details),
        "most": most_pieces(found.card, details),
        "average": average(details),
        "page_url": whole(path),
        "share_url": whole(share_of(found.card).address),
        "facts": facts(found, details, path=path, whole=whole),
        "crumbs": crumbs(found),
    }


def category_name(card: Card) -> str:
    """The word of its source, which is Indonesian; on an English page the name of its kind."""
    kind = kinds.BY_CODE[card.kind]
    return str(kind.name) if get_language() == "en" else capfirst(card.category)


def average(details: Details) -> str:
    """The average of the stars as it is written in the language of the page; empty of too few."""
    told = details.average or ""
    return told if get_language() == "en" else told.replace(".", ",")


def can_order(card: Card) -> bool:
    """Whether the page offers the order form."""
    return card.is_for_sale and card.shelf in ORDERABLE


def services_url(card: Card) -> str:
    """Where an hour of a service is taken; nothing for goods."""
    if not rules.is_service(card.category_code):
        return ""
    return f"{frame_address('services')}?{urlencode({'cari': card.name})}"


def ask_url(card: Card, details: Details) -> str:
    """Where a visitor writes to the unit about a product; nothing where it named no number."""
    text = _("Halo, saya ingin bertanya tentang %(name)s, kode %(code)s, di Bekal.")
    told = text % {"name": card.title, "code": card.code}
    return details.contact.link(told) if details.contact else ""


def most_pieces(card: Card, details: Details) -> int:
    """How many pieces the form offers at most."""
    limits = [MOST_PIECES, card.left, details.listing.buyer_limit if details.listing else None]
    return min(limit for limit in limits if limit)


def description(details: Details) -> Told:
    """The words of the unit in the language of the page, where it has them."""
    listing = details.listing or rules.NewListing()
    is_english = get_language() == "en"
    if is_english and listing.description_en:
        return Told(listing.description_en)
    return Told(listing.description, is_indonesian=is_english)


def particulars(details: Details, *, is_food: bool) -> list[Row]:
    """What is written of the goods, food facts last; nothing that was not written."""
    listing = details.listing
    if listing is None:
        return []
    return [*_of_goods(listing), *(_of_food(listing, details) if is_food else ())]


def _of_goods(listing: rules.NewListing) -> Iterator[Row]:
    yield from _said((_("Bahan"), listing.material), (_("Ukuran"), listing.measure))
    if listing.weight_g:
        grams = ribuan(listing.weight_g)
        yield Row(_("Berat kirim"), _("%(grams)s g dengan kemasan") % {"grams": grams})
    sides = [listing.length_cm, listing.width_cm, listing.height_cm]
    if all(sides):
        yield Row(_("Ukuran kemasan"), " × ".join(map(str, sides)) + " cm")
    yield from _said((_("Perawatan"), listing.care))
    if listing.buyer_limit:
        words = ngettext(
            "%(pieces)s buah untuk satu pembeli dalam 30 hari",
            "%(pieces)s buah untuk satu pembeli dalam 30 hari",
            listing.buyer_limit,
        )
        yield Row(_("Paling banyak"), words % {"pieces": listing.buyer_limit})


def _of_food(listing: rules.NewListing, details: Details) -> Iterator[Row]:
    yield from _said(
        (_("Komposisi"), listing.composition),
        (_("Isi bersih"), listing.net_content),
        (_("Alergen"), listing.allergens),
        (_("Cara simpan"), listing.storage),
    )
    if listing.shelf_life_days:
        words = ngettext(
            "Kira-kira %(days)s hari sejak dibuat",
            "Kira-kira %(days)s hari sejak dibuat",
            listing.shelf_life_days,
        )
        yield Row(_("Masa simpan"), words % {"days": listing.shelf_life_days})
    is_held = any(permit.kind is rules.PermitKind.HALAL for permit in details.permits)
    if listing.halal and (is_held or listing.halal is not rules.Halal.CERTIFIED):
        yield Row(_("Halal"), str(rules.HALAL_LABELS[listing.halal]))


def _said(*pairs: tuple[str, str]) -> Iterator[Row]:
    is_english = get_language() == "en"
    return (Row(label, value, is_english) for label, value in pairs if value)


def crumbs(found: ShowcaseProduct) -> list[tuple[str, str | None]]:
    """The way to a product: the catalogue, its kind, itself."""
    kind = kinds.BY_CODE[found.card.kind]
    return [
        (_("Katalog"), reverse("showcase:list")),
        (str(kind.name), address_of(ShowcaseFilters(category=kind.code))),
        (found.card.title, None),
    ]


def facts(
    found: ShowcaseProduct, details: Details, *, path: str, whole: Callable[[str], str]
) -> dict[str, object] | None:
    """What is true of a product in the words of schema.org; nothing of simulated ones.

    A drawing is no picture of it and a source's range is no offer, so neither is said; nor are the
    names of those who wrote reviews, which nobody knows. `whole` makes an address whole.
    """
    if found.card.is_sample:
        return None
    way = [
        {"@type": "ListItem", "position": number, "name": name, "item": whole(address or path)}
        for number, (name, address) in enumerate(crumbs(found), start=1)
    ]
    graph = [
        _product_facts(found, details, path=path, whole=whole),
        {"@type": "BreadcrumbList", "itemListElement": way},
    ]
    return {"@context": "https://schema.org", "@graph": graph}


def _product_facts(
    found: ShowcaseProduct, details: Details, *, path: str, whole: Callable[[str], str]
) -> dict[str, object]:
    card, listing = found.card, details.listing
    told: dict[str, object] = {
        "@type": "Product",
        "name": card.title,
        "sku": card.code,
        "category": str(kinds.BY_CODE[card.kind].name),
        "url": whole(path),
        "manufacturer": {"@type": "Organization", "name": card.unit_name},
    }
    if details.photos:
        told["image"] = [whole(each.photo.widest) for each in details.photos]
    if listing and listing.description:
        told["description"] = description(details).text
    if listing and listing.material:
        told["material"] = listing.material
    if listing and listing.weight_g:
        weight = {"@type": "QuantitativeValue", "value": listing.weight_g, "unitCode": "GRM"}
        told["weight"] = weight
    if details.average:
        told["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": details.average,
            "reviewCount": details.review_count,
        }
    if card.price is not None and card.is_for_sale and card.shelf is not None:
        told["offers"] = _offer(card, card.shelf, url=whole(path))
    return told


def _offer(card: Card, shelf: ShelfState, *, url: str) -> dict[str, object]:
    return {
        "@type": "Offer",
        "price": card.price,
        "priceCurrency": "IDR",
        "url": url,
        "seller": {"@type": "Organization", "name": card.unit_name},
        "availability": f"https://schema.org/{_AVAILABILITY[shelf]}",
        "itemCondition": "https://schema.org/NewCondition",
    }
