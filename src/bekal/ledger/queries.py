"""Which rule holds, what an account holds, and whether the books are whole."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from bekal.ledger import models
from bekal.ledger.rules import AccountKind, Base, NoRule, SplitRule, shares_from_json

# The nearest rule wins: distance in the tree first, then the one for the activity itself.
# `places_ancestry` is the table that the places room offers for joining.
_RULES = """
select asked.activity, rule.id, rule.name, rule.base, rule.shares::text, rule.citation, rule.source
from unnest(%(activities)s::text[]) as asked (activity)
join lateral (
  select r.* from places_ancestry a
  join ledger_splitrule r on r.place_id = a.ancestor_id
  where a.descendant_id = %(unit)s and a.during @> %(on)s::date
    and r.during @> %(on)s::date and r.activity in ('', asked.activity)
  order by a.distance, r.activity = '' limit 1
) rule on true
"""
_BALANCES = """
select a.kind, a.counterpart_id, coalesce(c.balance, 0) + coalesce(d.amount, 0)
from ledger_account a
left join lateral (
  select through_line, balance from ledger_checkpoint
  where account_id = a.id order by through_line desc limit 1
) c on true
left join lateral (
  select sum(amount) as amount from ledger_entryline
  where account_id = a.id and id > coalesce(c.through_line, 0)
) d on true
where a.unit_id = %s
order by a.id
"""
_PROBLEMS = """
select 'jurnal ' || entry_id || ': baris unit ' || unit_id || ' tidak berjumlah nol'
from ledger_entryline group by entry_id, unit_id having sum(amount) <> 0
union all
select 'jurnal ' || e.id || ': tanpa baris'
from ledger_entry e where not exists (select from ledger_entryline where entry_id = e.id)
union all
select 'jurnal ' || l.entry_id || ': titipan antarunit tidak sama di kedua buku'
from ledger_entryline l join ledger_account a on a.id = l.account_id
where a.counterpart_id is not null
group by l.entry_id, least(a.unit_id, a.counterpart_id), greatest(a.unit_id, a.counterpart_id)
having sum(l.amount) <> 0
union all
select 'akun ' || c.account_id || ': saldo acuan ' || c.balance || ', jumlah baris ' || s.amount
from ledger_checkpoint c
cross join lateral (
  select coalesce(sum(amount), 0) as amount from ledger_entryline
  where account_id = c.account_id and id <= c.through_line
) s
where c.balance <> s.amount
order by 1
"""


@dataclass(frozen=True)
class Balance:
    """What an account holds, in rupiah; `counterpart_id` is the other unit of a settlement."""

    account: AccountKind
    counterpart_id: int | None
    amount: int


def rules_in_force(*, unit_id: int, activities: Sequence[str], on: dt.date) -> dict[str, SplitRule]:
    """The rule that holds for a unit on a day, for each activity asked for; one statement.

    Raises NoRule when an activity has none.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RULES, {"activities": list(activities), "unit": unit_id, "on": on})
        rules = {row[0]: _rule(row[1:]) for row in cursor.fetchall()}
    if missing := set(activities) - set(rules):
        raise NoRule(
            "Belum ada aturan bagi hasil yang berlaku untuk unit ini pada tanggal itu: "
            f"{', '.join(sorted(missing))}."
        )
    return rules


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


def balances_of(*, unit_id: int) -> list[Balance]:
    """What each account of a unit holds: last checkpoint plus the lines since."""
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES, [unit_id])
        return [Balance(AccountKind(row[0]), row[1], int(row[2])) for row in cursor.fetchall()]


def entry_with_key(*, key: UUID) -> int:
    """The id of the entry that was posted under a key."""
    return models.Entry.objects.values_list("pk", flat=True).get(key=key)


def lines_of(*, source: str) -> QuerySet[models.EntryLine]:
    """The lines of every entry that a source caused, in the order of posting."""
    return (
        models.EntryLine.objects.filter(entry__source=source)
        .select_related("entry", "account")
        .order_by("id")
    )


def ledger_problems() -> list[str]:
    """What is wrong with the books, as sentences; empty when all is well."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]
