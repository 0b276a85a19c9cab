"""Where the price of a public product goes. Asks and writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy

from bekal.catalogue.queries import ShowcaseProduct
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
