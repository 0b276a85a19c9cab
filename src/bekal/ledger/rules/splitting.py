"""How a sum is split by a rule. Pure.

Worked cases (design section 5; in thousands of rupiah, one piece sold for 100):

    Bangli, base gross         premi 35, capital 15, PNBP 50
    Kepmen 1990, after_cost,
    cost 60                    cost recovery 60, premi 20, capital 14, PNBP 6
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.foundation.splitting import split_by_largest_remainder
from bekal.ledger.rules.accounts import SHARE_ACCOUNTS, AccountKind

WHOLE = 10_000
"""A hundred percent, in basis points."""
ACTIVITY = r"^[-a-z0-9_]*$"
"""The code of a category; empty for all."""
ACTIVITY_LENGTH = 40
CITATION_LENGTH = 300


class Base(StrEnum):
    """What the shares are taken of."""

    GROSS = "gross"
    AFTER_COST = "after_cost"


BASE_LABELS = {
    Base.GROSS: "seluruh harga jual",
    Base.AFTER_COST: "harga jual setelah dikurangi biaya",
}


class Form(StrEnum):
    """How a share is stated."""

    PERCENT = "percent"
    PER_PIECE = "per_piece"
    REST = "rest"


class RuleRefused(Refused):
    """The shares do not make a whole."""


class NeedsCost(Refused):
    """The rule takes its shares after cost, and the product has no cost sheet on that day."""


class NoRule(Refused):
    """No rule of splitting holds for the unit on that day."""


@dataclass(frozen=True)
class Share:
    """One share of a rule: `value` is basis points, rupiah a piece, or 0 for the rest."""

    account: AccountKind
    form: Form
    value: int = 0


@dataclass(frozen=True)
class SplitRule:
    """A rule as it stands in the book; `id` is what a sale line is frozen to."""

    id: int
    name: str
    base: Base
    shares: tuple[Share, ...]
    citation: str
    source: str


@dataclass(frozen=True)
class Part:
    """Rupiah that go to an account."""

    account: AccountKind
    amount: int


@dataclass(frozen=True)
class Split:
    """A sum divided: cost first (under `after_cost`), then the shares of what is left."""

    gross: int
    base: int
    parts: tuple[Part, ...]

    def amount_of(self, account: AccountKind) -> int:
        """Rupiah that went to an account."""
        return sum(part.amount for part in self.parts if part.account == account)


def check_shares(shares: tuple[Share, ...]) -> None:
    """Refuse shares that do not make exactly one whole. PostgreSQL checks the same."""
    percent = sum(share.value for share in shares if share.form is Form.PERCENT)
    rests = sum(share.form is Form.REST for share in shares)
    accounts = {share.account for share in shares}
    if len(accounts) != len(shares) or not accounts <= SHARE_ACCOUNTS:
        raise RuleRefused("Setiap bagian menyebut satu tujuan, dan setiap tujuan satu kali.")
    if any((share.value == 0) is not (share.form is Form.REST) for share in shares) or any(
        share.value < 0 for share in shares
    ):
        raise RuleRefused("Isi setiap bagian dengan angka di atas nol, kecuali sisanya.")
    if percent > WHOLE or rests != (percent < WHOLE):
        raise RuleRefused("Jumlah semua bagian harus tepat 100 persen.")


def shares_as_json(shares: tuple[Share, ...]) -> list[dict[str, str | int]]:
    """Shares as the book stores them."""
    return [
        {"account": share.account.value, "form": share.form.value, "value": share.value}
        for share in shares
    ]


def shares_from_json(stored: Iterable[Mapping[str, str | int]]) -> tuple[Share, ...]:
    """Shares as they were stored."""
    return tuple(
        Share(AccountKind(str(share["account"])), Form(str(share["form"])), int(share["value"]))
        for share in stored
    )


def split(rule: SplitRule, *, unit_price: int, pieces: int, unit_cost: int | None) -> Split:
    """Divide the price of `pieces` pieces by a rule; the parts sum to the price exactly.

    Under `after_cost` the cost goes to cost recovery first, never more than the price. Shares a
    piece are taken next, in their order, never more than is left; percents and the rest divide
    what remains by the largest remainder. Raises NeedsCost.
    """
    gross = unit_price * pieces
    recovered = 0
    if rule.base is Base.AFTER_COST:
        if unit_cost is None:
            raise NeedsCost(
                "Produk ini belum punya harga pokok, padahal aturan bagi hasilnya dihitung "
                "setelah biaya. Isi harga pokoknya lebih dahulu."
            )
        recovered = min(gross, unit_cost * pieces)
    parts = [Part(AccountKind.COST_RECOVERY, recovered)] if recovered else []
    parts += _shares_of(rule, base=gross - recovered, pieces=pieces)
    return Split(gross, gross - recovered, tuple(part for part in parts if part.amount))


def _shares_of(rule: SplitRule, *, base: int, pieces: int) -> list[Part]:
    left = base
    parts = []
    for share in rule.shares:
        if share.form is Form.PER_PIECE:
            amount = min(left, share.value * pieces)
            parts.append(Part(share.account, amount))
            left -= amount
    portions = [share for share in rule.shares if share.form is not Form.PER_PIECE]
    percent = sum(share.value for share in portions if share.form is Form.PERCENT)
    weights = [WHOLE - percent if s.form is Form.REST else s.value for s in portions]
    amounts = split_by_largest_remainder(left, weights)
    return parts + [Part(s.account, amount) for s, amount in zip(portions, amounts, strict=True)]


@dataclass(frozen=True)
class Step:
    """One line of the arithmetic: `text` says the sum, exact; `amount` is what became of it.

    `rounded` is the rupiah (0 or 1) that the largest remainder added to the sum rounded down.
    """

    account: AccountKind
    text: str
    amount: int
    rounded: int = 0


def explained(
    rule: SplitRule, *, unit_price: int, pieces: int, unit_cost: int | None
) -> list[Step]:
    """The arithmetic of `split`, step by step, in the order in which it is done."""
    result = split(rule, unit_price=unit_price, pieces=pieces, unit_cost=unit_cost)
    steps, left = [], result.base
    if rule.base is Base.AFTER_COST:
        cost = f"{formats.thousands(pieces)} × {formats.rupiah(unit_cost or 0)}"
        limit = ", paling banyak sebesar harganya" * ((unit_cost or 0) > unit_price)
        recovered = result.gross - result.base
        steps.append(Step(AccountKind.COST_RECOVERY, f"{cost}{limit}", recovered))
    for share in (share for share in rule.shares if share.form is Form.PER_PIECE):
        amount = result.amount_of(share.account)
        text = f"{formats.thousands(pieces)} × {formats.rupiah(share.value)}"
        steps.append(Step(share.account, text + ", paling banyak sisanya", amount))
        left -= amount
    percent = sum(share.value for share in rule.shares if share.form is Form.PERCENT)
    for share in (share for share in rule.shares if share.form is not Form.PER_PIECE):
        part = share.value or WHOLE - percent
        whole, fraction = divmod(left * part, WHOLE)
        exact = f"{formats.thousands(whole)},{fraction:04d}".rstrip("0").rstrip(",")
        amount = result.amount_of(share.account)
        text = f"{percent_text(part)} × {formats.rupiah(left)} = {exact}"
        steps.append(Step(share.account, text, amount, amount - whole))
    return steps


def percent_text(points: int) -> str:
    """Basis points for people: 750 as "7,5%"."""
    return f"{points // 100},{points % 100:02d}".rstrip("0").rstrip(",") + "%"


def check_successor(*, first_day: dt.date | None, current: dt.date | None) -> None:
    """Refuse a rule that does not begin after the last one of its place began (None: always)."""
    if first_day is None or (current is not None and first_day <= current):
        held_since = f" sejak {formats.date(current)}" if current else ""
        raise RuleRefused(
            f"Aturan yang tercatat berlaku{held_since} hanya bisa diganti mulai hari sesudahnya.",
            field="first_day",
        )


def difference(after: Split, before: Split | None) -> tuple[Part, ...]:
    """What came on top between two cumulative splits; parts may be a rupiah below zero.

    Any sequence of partial refunds reverses split(after) - split(before), and so sums exactly to
    the whole split, however the roundings fall.
    """
    accounts = dict.fromkeys(
        part.account for split_ in (before, after) if split_ for part in split_.parts
    )
    parts = (
        Part(account, after.amount_of(account) - (before.amount_of(account) if before else 0))
        for account in accounts
    )
    return tuple(part for part in parts if part.amount)
