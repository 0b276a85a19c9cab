"""What a rule would have made of last month's sales, beside what their own rules made of them."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bekal.foundation.clock import Period
from bekal.ledger import queries as ledger
from bekal.ledger.rules import ACCOUNT_LABELS, AccountKind, NeedsCost, SplitRule, split
from bekal.sales import queries as sales


@dataclass(frozen=True)
class Row:
    """One account under the old rules and under the new one, in rupiah."""

    label: str
    before: int
    after: int

    @property
    def change(self) -> int:
        """How much more (or less) it would have got."""
        return self.after - self.before


@dataclass(frozen=True)
class Trial:
    """A month split twice; `without_cost` lines could not be split by the new rule."""

    days: Period
    rows: list[Row]
    units: int
    lines: int
    without_cost: int

    @property
    def gross(self) -> int:
        """What was sold, in rupiah; the same under both."""
        return sum(row.before for row in self.rows)


def month_before(day: dt.date) -> Period:
    """The whole calendar month before the one of a day."""
    last = day.replace(day=1) - dt.timedelta(days=1)
    return Period(last.replace(day=1), last)


def tried(rule: SplitRule, *, unit_ids: Sequence[int], activity: str, today: dt.date) -> Trial:
    """Split last month's sales of some units by a rule, and by the rules frozen onto them.

    Lines without a cost cannot be split after cost and are left out of both sides.
    """
    days = month_before(today)
    alike = sales.lines_to_split(
        unit_ids=unit_ids, since=days.first, until=days.last, activity=activity
    )
    rules = {rule_id: ledger.rule_by_id(rule_id=rule_id) for rule_id in {row[1] for row in alike}}
    before: Counter[AccountKind] = Counter()
    after: Counter[AccountKind] = Counter()
    units, lines, without_cost = set(), 0, 0
    for unit, rule_id, price, cost, pieces, count in alike:
        asked: dict[str, Any] = {"unit_price": price, "pieces": pieces, "unit_cost": cost}
        try:
            new = split(rule, **asked)
        except NeedsCost:
            without_cost += count
            continue
        units.add(unit)
        lines += count
        for found, parts in ((before, split(rules[rule_id], **asked).parts), (after, new.parts)):
            for part in parts:
                found[part.account] += part.amount * count
    kinds = [kind for kind in AccountKind if before[kind] or after[kind]]
    rows = [Row(ACCOUNT_LABELS[kind], before[kind], after[kind]) for kind in kinds]
    return Trial(days, rows, len(units), lines, without_cost)
