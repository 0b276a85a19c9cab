"""The public list and the public product as their pages show them. Asks and writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.catalogue import kinds
from bekal.catalogue.queries import (
    PRICE_NAMES,
    Choice,
    ShowcaseFilters,
    ShowcasePage,
    ShowcaseProduct,
    ShowcaseSort,
    marks,
)
from bekal.ledger.rules import AccountKind, Base, Form, NeedsCost, SplitRule, percent_text, split

SORT_NAMES = {
    ShowcaseSort.BEST: gettext_lazy("Paling cocok"),
    ShowcaseSort.NEWEST: gettext_lazy("Terbaru"),
    ShowcaseSort.CHEAPEST: gettext_lazy("Termurah"),
    ShowcaseSort.DEAREST: gettext_lazy("Termahal"),
}
PART_NAMES = {
    AccountKind.COST_RECOVERY: gettext_lazy("Bahan dan biaya"),
    AccountKind.PREMI_UNALLOCATED: gettext_lazy("Premi pembuat"),
    AccountKind.CAPITAL: gettext_lazy("Pengembangan bengkel"),
    AccountKind.PNBP_PAYABLE: gettext_lazy("Setoran negara (PNBP)"),
    AccountKind.OPERATING: gettext_lazy("Operasional"),
    AccountKind.PARTNER_PAYABLE: gettext_lazy("Bagian mitra"),
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


@dataclass(frozen=True)
class Portion:
    """One part of the price: `percent` of `of` rupiah makes `amount`; both empty for the cost.

    `each` is rupiah for one piece, where the share is stated so.
    """

    name: str
    percent: str
    of: int | None
    each: int | None
    amount: int | None


@dataclass(frozen=True)
class Going:
    """Where the money goes, or why that cannot be told: no "rule", "price", "cost", or nothing."""

    rule: SplitRule | None
    missing: str
    portions: Sequence[Portion]

    @property
    def amounts(self) -> list[tuple[str, int]]:
        """The parts for the band."""
        return [(each.name, each.amount) for each in self.portions if each.amount is not None]

    @property
    def is_after_cost(self) -> bool:
        """Whether the shares are taken of what is left after the cost."""
        return self.rule is not None and self.rule.base is Base.AFTER_COST


def address_of(filters: ShowcaseFilters) -> str:
    """The address of the list with these filters; what is not chosen is left out."""
    mark = filters.mark
    pairs = {
        "cari": filters.text,
        "jenis": filters.category,
        "prov": filters.province,
        "kanwil": filters.kanwil,
        "unit": filters.unit,
        "harga": filters.price or "",
        "urut": "" if filters.sort in {ShowcaseSort.BEST, _usual(filters)} else filters.sort.value,
        "halaman": str(filters.page) if filters.page > 1 else "",
        "sebelum" if mark and mark.is_before else "setelah": mark.text if mark else "",
    }
    query = urlencode({name: value for name, value in pairs.items() if value})
    return reverse("showcase:list") + (f"?{query}" if query else "")


def _usual(filters: ShowcaseFilters) -> ShowcaseSort:
    return ShowcaseSort.BEST if filters.text else ShowcaseSort.NEWEST


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
    chosen = [
        (said, replace(asked, text="")),
        (_name(page.facets.kinds, filters.category), replace(asked, category="")),
        (_name(page.facets.provinces, filters.province), replace(asked, province="")),
        (_name(page.facets.kanwil, filters.kanwil), replace(asked, kanwil="")),
        (page.unit_name or filters.unit, replace(asked, unit="")),
        (price, replace(asked, price=None)),
    ]
    return [Link(name, address_of(without)) for name, without in chosen if name]


def _name(choices: Sequence[Choice], code: str) -> str:
    return next((choice.name for choice in choices if choice.code == code), code) if code else ""


def orders(filters: ShowcaseFilters) -> list[Link]:
    """The orders that the list can have; the best fit only where words are looked for."""
    sorts = [sort for sort in ShowcaseSort if filters.text or sort is not ShowcaseSort.BEST]
    here = filters.sort if filters.sort in sorts else _usual(filters)
    return [
        Link(
            str(SORT_NAMES[sort]),
            address_of(replace(filters, page=1, mark=None, sort=sort)),
            is_here=sort is here,
        )
        for sort in sorts
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


def narrowing(filters: ShowcaseFilters) -> int:
    """How many filters are set, words aside."""
    sieve = filters.only()
    return sum(map(bool, (sieve.category, sieve.province, sieve.kanwil, sieve.unit, sieve.price)))


def crumbs(found: ShowcaseProduct) -> list[tuple[str, str | None]]:
    """The way to a product: the catalogue, its kind, itself."""
    kind = kinds.BY_CODE[found.card.kind]
    return [
        (_("Katalog"), reverse("showcase:list")),
        (str(kind.name), address_of(ShowcaseFilters(category=kind.code))),
        (found.card.name, None),
    ]


def going(found: ShowcaseProduct, rule: SplitRule | None) -> Going:
    """Where the price of one piece goes by the rule in force, or why that cannot be told."""
    if rule is None:
        return Going(None, "rule", [])
    price = found.card.price
    if price is None:
        return Going(rule, "price", _shares(rule, None))
    try:
        done = split(rule, unit_price=price, pieces=1, unit_cost=found.cost)
    except NeedsCost:
        return Going(rule, "cost", _shares(rule, None))
    amounts = {part.account: part.amount for part in done.parts}
    cost = amounts.get(AccountKind.COST_RECOVERY)
    first = [_portion(AccountKind.COST_RECOVERY, amount=cost)] if cost else []
    shares = _shares(rule, done.base)
    told = [
        replace(each, amount=amounts.get(share.account, 0))
        for each, share in zip(shares, rule.shares, strict=True)
    ]
    return Going(rule, "", [*first, *told])


def _shares(rule: SplitRule, base: int | None) -> list[Portion]:
    """The shares of a rule as they are stated; pieces come off `base` before percents are taken."""
    pieces = sum(share.value for share in rule.shares if share.form is Form.PER_PIECE)
    left = None if base is None else max(0, base - pieces)
    percents = sum(share.value for share in rule.shares if share.form is Form.PERCENT)
    portions = []
    for share in rule.shares:
        if share.form is Form.PER_PIECE:
            portions.append(_portion(share.account, each=share.value))
        else:
            points = share.value if share.form is Form.PERCENT else 10_000 - percents
            portions.append(_portion(share.account, percent=percent_text(points), of=left))
    return portions


def _portion(
    account: AccountKind,
    *,
    percent: str = "",
    of: int | None = None,
    each: int | None = None,
    amount: int | None = None,
) -> Portion:
    return Portion(str(PART_NAMES[account]), percent, of, each, amount)


def facts(found: ShowcaseProduct, url: str) -> dict[str, object] | None:
    """What is true of a product in the words of schema.org; nothing of simulated ones.

    A drawing is no picture of it and a source's range is no offer, so neither is said.
    """
    card = found.card
    if card.is_sample:
        return None
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": card.name,
        "sku": card.code,
        "category": card.category,
        "url": url,
        "manufacturer": {"@type": "Organization", "name": card.unit_name},
    }
    if card.price is not None:
        told["offers"] = {
            "@type": "Offer",
            "price": card.price,
            "priceCurrency": "IDR",
            "url": url,
            "seller": {"@type": "Organization", "name": card.unit_name},
        }
    return told
