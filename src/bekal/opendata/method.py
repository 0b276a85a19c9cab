"""The worked sums of the page of method, computed by the rules of the ledger themselves.

The same cases stand in docs/money.md, which a test of the ledger computes anew.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bekal.foundation.datasets import Text
from bekal.ledger.queries import PUBLIC_LABELS
from bekal.ledger.rules import AccountKind, Base, Form, Share, SplitRule, split


def _rule(base: Base, *, premi: int, capital: int, pnbp: int) -> SplitRule:
    percents = (
        (AccountKind.PREMI_UNALLOCATED, premi),
        (AccountKind.CAPITAL, capital),
        (AccountKind.PNBP_PAYABLE, pnbp),
    )
    shares = tuple(Share(account, Form.PERCENT, 100 * percent) for account, percent in percents)
    return SplitRule(0, "", base, shares, "", "")


BANGLI = _rule(Base.GROSS, premi=35, capital=15, pnbp=50)
KEPMEN = _rule(Base.AFTER_COST, premi=50, capital=35, pnbp=15)


@dataclass(frozen=True)
class Case:
    """A worked sum: rupiah for one piece, how many, and where each rupiah goes."""

    title: Text
    price: int
    cost: int | None
    pieces: int
    gross: int
    parts: list[tuple[str, int]]


def cases() -> list[Case]:
    """The cases of the page, in its order."""
    return [
        _case(_("Dari harga: 35 premi, 15 dana penunjang, 50 PNBP"), BANGLI, price=100_000),
        _case(
            _("Dari laba: 50 premi, 35 dana penunjang, 15 PNBP"), KEPMEN, price=100_000, cost=60_000
        ),
        _case(_("Tiga buah, dengan pembulatan"), KEPMEN, price=48_000, cost=31_333, pieces=3),
        _case(_("Dijual di bawah biaya"), KEPMEN, price=50_000, cost=60_000, pieces=2),
    ]


def _case(
    title: Text, rule: SplitRule, *, price: int, cost: int | None = None, pieces: int = 1
) -> Case:
    found = split(rule, unit_price=price, pieces=pieces, unit_cost=cost)
    parts = [(str(PUBLIC_LABELS[part.account]), part.amount) for part in found.parts if part.amount]
    return Case(title, price, cost, pieces, found.gross, parts)
