"""Which rule of splitting holds where and when, and which could be chosen."""

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from bekal.ledger import models
from bekal.ledger.rules import Base, NoRule, SplitRule, shares_from_json

# The nearest rule wins: distance in the tree first, then the one for the activity itself.
# `places_ancestry` is the table that the places room offers for joining.
_RULES = """
select asked.unit_id, asked.activity, rule.id, rule.name, rule.base, rule.shares::text,
  rule.citation, rule.source
from unnest((select %(units)s::bigint[]), (select %(activities)s::text[]))
  as asked (unit_id, activity)
join lateral (
  select r.* from places_ancestry a
  join ledger_splitrule r on r.place_id = a.ancestor_id
  where a.descendant_id = asked.unit_id and a.during @> %(on)s::date
    and r.during @> %(on)s::date and r.activity in ('', asked.activity)
  order by a.distance, r.activity = '' limit 1
) rule on true
"""
_BOOK = """
select rule.id, rule.name, rule.base, rule.shares::text, rule.citation, rule.source,
       rule.place_id, a.distance, rule.activity, lower(rule.during), upper(rule.during),
       rule.adopted_at, rule.adopted_by
from places_ancestry a join ledger_splitrule rule on rule.place_id = a.ancestor_id
where a.descendant_id = %(unit)s and a.during @> %(on)s::date
order by a.distance, rule.activity, lower(rule.during) desc nulls last, rule.id desc
"""


@dataclass(frozen=True)
class RuleInBook:
    """A rule of a place at or above a unit, `distance` steps up, with its days and its adopter.

    It holds from `first_day` (None: since before our records) until the day before `ends` (None:
    open).
    """

    rule: SplitRule
    place_id: int
    distance: int
    activity: str
    first_day: dt.date | None
    ends: dt.date | None
    adopted_at: dt.datetime
    adopted_by: str

    def is_to_come(self, on: dt.date) -> bool:
        """Whether it has not begun yet on a day."""
        return self.first_day is not None and self.first_day > on

    def holds(self, on: dt.date) -> bool:
        """Whether its place has it in force on a day."""
        return not self.is_to_come(on) and (self.ends is None or on < self.ends)


def book_of(*, unit_id: int, on: dt.date) -> list[RuleInBook]:
    """Every rule of a unit and of all above it on a day: nearest place first, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_BOOK, {"unit": unit_id, "on": on})
        return [RuleInBook(_rule(row[:6]), *row[6:]) for row in cursor.fetchall()]


def holding(book: Sequence[RuleInBook], *, on: dt.date) -> list[RuleInBook]:
    """The rules of a book that hold on a day: the one for all activities, then the special ones.

    The nearest place wins, and of one place the rule for the activity itself. Asks nothing.
    """
    standing = sorted(
        (row for row in book if row.holds(on)), key=lambda row: (row.distance, not row.activity)
    )
    found = []
    for activity in sorted({row.activity for row in standing}):
        first = next(row for row in standing if row.activity in {"", activity})
        found += [first] if first.activity == activity else []
    return found


def open_rule(*, place_id: int, activity: str) -> models.SplitRule | None:
    """The last rule of a place itself for an activity: in force or to come, or None."""
    return models.SplitRule.objects.filter(
        place_id=place_id, activity=activity, during__upper_inf=True
    ).first()


def rules_in_force(*, unit_id: int, activities: Sequence[str], on: dt.date) -> dict[str, SplitRule]:
    """The rule that holds for a unit on a day, for each activity asked for; one statement.

    Raises NoRule when an activity has none.
    """
    asked = [(unit_id, activity) for activity in activities]
    rules = rules_of_units(asked=asked, on=on)
    return {activity: rule for (_, activity), rule in rules.items()}


def rules_of_units(
    *, asked: Collection[tuple[int, str]], on: dt.date
) -> dict[tuple[int, str], SplitRule]:
    """The rule that holds on a day for each (unit, activity) asked for; one statement.

    Raises NoRule when one of them has none.
    """
    units, activities = [unit for unit, _ in asked], [activity for _, activity in asked]
    with connection.cursor() as cursor:
        cursor.execute(_RULES, {"units": units, "activities": activities, "on": on})
        rules = {(row[0], row[1]): _rule(row[2:]) for row in cursor.fetchall()}
    if missing := {activity for unit, activity in asked if (unit, activity) not in rules}:
        raise NoRule(
            "Belum ada aturan bagi hasil yang berlaku untuk unit ini pada tanggal itu: "
            f"{', '.join(sorted(missing))}."
        )
    return rules


def documented_rule(split: models.DocumentedSplit) -> SplitRule:
    """A complete documented split as the rule that it would make; its id is 0."""
    return SplitRule(
        0,
        split.name,
        Base(split.base),
        shares_from_json(split.shares or []),
        split.citation,
        split.source,
    )


def _rule(row: tuple[int, str, str, str, str, str]) -> SplitRule:
    pk, name, base, shares, citation, source = row
    return SplitRule(pk, name, Base(base), shares_from_json(json.loads(shares)), citation, source)


def rule_by_id(*, rule_id: int) -> SplitRule:
    """The rule that a sale line was frozen to."""
    rule = models.SplitRule.objects.get(pk=rule_id)
    return SplitRule(
        rule.pk,
        rule.name,
        Base(rule.base),
        shares_from_json(rule.shares),
        rule.citation,
        rule.source,
    )


def rules_of_place(*, place_id: int) -> QuerySet[models.SplitRule]:
    """Every rule that a place ever adopted, newest first."""
    return models.SplitRule.objects.filter(place_id=place_id).order_by("-during", "-id")


def documented_splits() -> QuerySet[models.DocumentedSplit]:
    """The splits that sources report, complete ones first."""
    return models.DocumentedSplit.objects.order_by("gap", "name")
