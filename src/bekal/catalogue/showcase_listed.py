"""The public list as its page shows it. Asks and writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.catalogue import kinds
from bekal.catalogue.queries import (
    HALAL_NAME,
    NEW_NAME,
    PRICE_NAMES,
    STOCK_NAMES,
    YES,
    Choice,
    ShowcaseFilters,
    ShowcasePage,
    ShowcaseSort,
    marks,
)

OFFERED_FIRST = gettext_lazy("Bisa dibeli dulu")
SORT_NAMES = {
    ShowcaseSort.BEST: gettext_lazy("Paling cocok"),
    ShowcaseSort.NEWEST: gettext_lazy("Terbaru"),
    ShowcaseSort.CHEAPEST: gettext_lazy("Termurah"),
    ShowcaseSort.DEAREST: gettext_lazy("Termahal"),
}


@dataclass(frozen=True)
class Link:
    """A word that leads to the list with other filters; `is_here`: they are those of the page."""

    name: str
    address: str
    is_here: bool = False


@dataclass(frozen=True)
class Ways:
    """The ways to the pages before and after the one that is shown; empty at the ends."""

    before: str
    after: str


def address_of(filters: ShowcaseFilters) -> str:
    """The address of the list with these filters."""
    query = query_of(filters)
    return reverse("showcase:list") + (f"?{query}" if query else "")


def query_of(filters: ShowcaseFilters) -> str:
    """What an address asks the list for; what is not chosen is left out."""
    mark = filters.mark
    pairs = {
        "cari": filters.text,
        "jenis": filters.category,
        "prov": filters.province,
        "kanwil": filters.kanwil,
        "unit": filters.unit,
        "harga": filters.price or "",
        "stok": filters.stock or "",
        "halal": YES if filters.is_halal else "",
        "baru": YES if filters.is_new else "",
        "urut": "" if filters.sort is ShowcaseSort.BEST else filters.sort.value,
        "halaman": str(filters.page) if filters.page > 1 else "",
        "sebelum" if mark and mark.is_before else "setelah": mark.text if mark else "",
    }
    return urlencode({name: value for name, value in pairs.items() if value})


def canonical(filters: ShowcaseFilters, page: ShowcasePage) -> str:
    """What the address of this page asks for, as search engines should keep it.

    Kinds, provinces and units have pages of their own, called by their numbers. Words, orders and
    the other filters are views of these, and lead to the first.
    """
    own = ShowcaseFilters(
        category=filters.category, province=filters.province, unit=filters.unit, page=page.page
    )
    is_view = replace(filters, page=page.page, mark=None) != own
    return query_of(replace(own, page=1) if is_view else own)


def heading(filters: ShowcaseFilters, page: ShowcasePage) -> str:
    """What the page is headed by, when no words are looked for."""
    if filters.category in kinds.BY_CODE:
        return str(kinds.BY_CODE[filters.category].name)
    return page.unit_name or _("Katalog")


def chips(filters: ShowcaseFilters, page: ShowcasePage) -> list[Link]:
    """What was chosen, each with the address of the list without it."""
    asked = replace(filters, page=1, mark=None)
    said = f"\u201c{filters.text}\u201d" if filters.text else ""
    price = str(PRICE_NAMES[filters.price]) if filters.price else ""
    stock = str(STOCK_NAMES[filters.stock]) if filters.stock else ""
    halal = str(HALAL_NAME) if filters.is_halal else ""
    new = str(NEW_NAME) if filters.is_new else ""
    chosen = [
        (said, replace(asked, text="")),
        (_name(page.facets.kinds, filters.category), replace(asked, category="")),
        (_name(page.facets.provinces, filters.province), replace(asked, province="")),
        (_name(page.facets.kanwil, filters.kanwil), replace(asked, kanwil="")),
        (page.unit_name or filters.unit, replace(asked, unit="")),
        (price, replace(asked, price=None)),
        (stock, replace(asked, stock=None)),
        (halal, replace(asked, is_halal=False)),
        (new, replace(asked, is_new=False)),
    ]
    return [Link(name, address_of(without)) for name, without in chosen if name]


def _name(choices: Sequence[Choice], code: str) -> str:
    return next((choice.name for choice in choices if choice.code == code), code) if code else ""


def orders(filters: ShowcaseFilters) -> list[Link]:
    """The orders that the list can have; where no words can fit, the first says what it does."""
    names = SORT_NAMES if filters.text else SORT_NAMES | {ShowcaseSort.BEST: OFFERED_FIRST}
    return [
        Link(
            str(names[sort]),
            address_of(replace(filters, page=1, mark=None, sort=sort)),
            is_here=sort is filters.sort,
        )
        for sort in ShowcaseSort
    ]


def ways(filters: ShowcaseFilters, page: ShowcasePage) -> Ways:
    """The ways on from the last product of the page, and back to the stretch before its first."""
    before, after = marks(page, filters)
    back = replace(filters, page=page.page - 1, mark=before)
    on = replace(filters, page=page.page + 1, mark=after)
    return Ways(
        before=address_of(back) if page.has_before else "",
        after=address_of(on) if page.has_after else "",
    )


def facts(page: ShowcasePage, site: str) -> dict[str, object] | None:
    """The products of the page in the words of schema.org; simulated ones are left out."""
    real = [card for card in page.cards if not card.is_sample]
    if not real:
        return None
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": card.name,
                "url": site + reverse("showcase:product", args=[card.path]),
            }
            for place, card in enumerate(real, start=1)
        ],
    }
