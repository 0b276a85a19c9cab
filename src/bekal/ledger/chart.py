"""What accounts hold, as people read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bekal.ledger.queries import Balance
from bekal.ledger.rules import ACCOUNT_LABELS, CHART, AccountKind


@dataclass(frozen=True)
class Held:
    """An account as a page shows it: `amount` is positive when all is as its side expects.

    Money accounts show what is there; all others what is owed or set aside, the book's credit.
    """

    id: int
    slug: str
    name: str
    text: str
    amount: int
    is_money: bool
    sign: int


def held(balance: Balance, *, other: tuple[str, str] | None = None) -> Held:
    """A balance in words; `other` is code and name of the other unit of a settlement."""
    meaning = CHART[balance.account]
    slug, name, is_money = meaning.slug, ACCOUNT_LABELS[balance.account], meaning.is_money
    if other is not None:
        is_money = balance.amount >= 0
        slug = f"{slug}-{other[0]}"
        name = f"{'Titipan pada' if is_money else 'Utang titipan kepada'} {other[1]}"
    if balance.maker:
        slug, name = f"{slug}-{balance.maker.lower()}", f"{name} {balance.maker}"
    sign = 1 if is_money else -1
    return Held(balance.id, slug, name, meaning.text, sign * balance.amount, is_money, sign)


def together(rows: Iterable[Balance]) -> list[Balance]:
    """Balances with those of all makers as one for each kind, which has no id of its own."""
    kept: dict[tuple[AccountKind, int | None], Balance] = {}
    for row in rows:
        key = (row.account, row.counterpart_id)
        one = replace(row, id=0, maker="") if row.maker else row
        before = kept.get(key)
        kept[key] = replace(one, amount=before.amount + one.amount) if before else one
    return list(kept.values())


def all_held(balances: Iterable[Balance], others: Mapping[int, tuple[str, str]]) -> list[Held]:
    """Balances in words, in the order of the chart; `others` are code and name by id of unit."""
    order = list(CHART)
    ordered = sorted(balances, key=lambda b: (order.index(b.account), b.id))
    return [
        held(b, other=others.get(b.counterpart_id, (str(b.counterpart_id), "unit lain")))
        if b.counterpart_id is not None
        else held(b)
        for b in ordered
    ]
