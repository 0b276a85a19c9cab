"""Why an amount is what it is: the arithmetic of a frozen split, step by step. Pure."""

from dataclasses import dataclass

from bekal.foundation import formats
from bekal.ledger.rules import (
    ACCOUNT_LABELS,
    BASE_LABELS,
    WHOLE,
    AccountKind,
    Base,
    Form,
    Share,
    Split,
    SplitRule,
)

_HUNDRED = WHOLE // 100


@dataclass(frozen=True)
class Step:
    """One share of a split: how it is stated, its exact amount, and where the rounding left it."""

    label: str
    reckoning: str
    exact: str
    rounded_up: bool
    amount: int


@dataclass(frozen=True)
class Why:
    """A split told from the price to the last rupiah; `divided` is what the percents are of."""

    gross_text: str
    gross: int
    base_text: str
    cost_text: str
    cost: int
    taken: list[Step]
    divided: int
    steps: list[Step]
    missing: int

    @property
    def has_rounding(self) -> bool:
        """Whether whole rupiah could only be reached by rounding."""
        return self.missing > 0


def why(
    rule: SplitRule, split: Split, *, unit_price: int, pieces: int, unit_cost: int | None
) -> Why:
    """Tell how `split`, the answer of ledger.rules.split to the same numbers, came about."""
    cost = split.gross - split.base
    portions = [share for share in rule.shares if share.form is not Form.PER_PIECE]
    per_piece = [share for share in rule.shares if share.form is Form.PER_PIECE]
    taken = [_per_piece(share, split, pieces) for share in per_piece]
    divided = split.base - sum(step.amount for step in taken)
    rest = WHOLE - sum(share.value for share in portions)
    weights = [share.value or rest for share in portions]
    steps = [
        _portion(share, weight, split=split, divided=divided)
        for share, weight in zip(portions, weights, strict=True)
    ]
    return Why(
        gross_text=f"{formats.thousands(pieces)} x {formats.rupiah(unit_price)}",
        gross=split.gross,
        base_text=BASE_LABELS[rule.base],
        cost_text=_cost_text(rule, cost, unit_cost=unit_cost, pieces=pieces),
        cost=cost,
        taken=taken,
        divided=divided,
        steps=steps,
        missing=divided - sum(divided * weight // WHOLE for weight in weights),
    )


def _cost_text(rule: SplitRule, cost: int, *, unit_cost: int | None, pieces: int) -> str:
    if rule.base is not Base.AFTER_COST or unit_cost is None:
        return ""
    text = f"{formats.thousands(pieces)} x {formats.rupiah(unit_cost)}"
    return text if cost == unit_cost * pieces else f"{text}, paling banyak sebesar harganya"


def _per_piece(share: Share, split: Split, pieces: int) -> Step:
    amount = split.amount_of(share.account)
    text = f"{formats.thousands(pieces)} x {formats.rupiah(share.value)}"
    if amount != share.value * pieces:
        text += ", paling banyak yang tersisa"
    label = ACCOUNT_LABELS[share.account]
    return Step(label, text, formats.rupiah(amount), rounded_up=False, amount=amount)


def _portion(share: Share, weight: int, *, split: Split, divided: int) -> Step:
    amount = split.amount_of(share.account)
    whole, lost = divmod(divided * weight, WHOLE)
    says = f"{percent(weight)} x {formats.rupiah(divided)}"
    if share.form is Form.REST:
        says += ", yaitu sisanya"
    label = ACCOUNT_LABELS[share.account]
    return Step(label, says, _exact(whole, lost), rounded_up=amount > whole, amount=amount)


def percent(basis_points: int) -> str:
    """Basis points as people write percents: 3750 is "37,5%"."""
    whole, fraction = divmod(basis_points, _HUNDRED)
    return f"{whole},{fraction:02d}".rstrip("0").rstrip(",") + "%" if fraction else f"{whole}%"


def _exact(whole: int, lost: int) -> str:
    text = formats.rupiah(whole)
    return f"{text},{lost:04d}".rstrip("0") if lost else text


def labelled(parts: dict[AccountKind, int]) -> list[tuple[str, int]]:
    """Amounts by account with the words for the accounts, in the order of the chart."""
    return [(ACCOUNT_LABELS[kind], parts[kind]) for kind in AccountKind if parts.get(kind)]
