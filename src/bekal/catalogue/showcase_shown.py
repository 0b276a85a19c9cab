"""The public product as its page shows it. Asks and writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.catalogue import kinds
from bekal.catalogue.queries import ShowcaseFilters, ShowcaseProduct
from bekal.catalogue.showcase_listed import address_of
from bekal.ledger.rules import AccountKind, Base, Form, NeedsCost, SplitRule, percent_text, split

PART_NAMES = {
    AccountKind.COST_RECOVERY: gettext_lazy("Bahan dan biaya"),
    AccountKind.PREMI_UNALLOCATED: gettext_lazy("Premi pembuat"),
    AccountKind.CAPITAL: gettext_lazy("Pengembangan bengkel"),
    AccountKind.PNBP_PAYABLE: gettext_lazy("Setoran negara (PNBP)"),
    AccountKind.OPERATING: gettext_lazy("Operasional"),
    AccountKind.PARTNER_PAYABLE: gettext_lazy("Bagian mitra"),
}


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
