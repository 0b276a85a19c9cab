"""Adopting rules of splitting, and loading the splits that sources report."""

import csv
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import answer_message, claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.refusals import Refused
from bekal.ledger.models import DocumentedSplit, RuleProposal, SplitRule
from bekal.ledger.queries import open_rule
from bekal.ledger.rules import (
    ACTIVITY,
    ACTIVITY_LENGTH,
    CITATION_LENGTH,
    AccountKind,
    Base,
    Form,
    Share,
    check_shares,
    check_successor,
    shares_as_json,
)

DOCUMENTED_SPLITS = Path(__file__).parents[1] / "data" / "documented_splits.csv"
_COLUMNS = {
    "premi": AccountKind.PREMI_UNALLOCATED,
    "capital": AccountKind.CAPITAL,
    "operating": AccountKind.OPERATING,
    "partner": AccountKind.PARTNER_PAYABLE,
    "pnbp": AccountKind.PNBP_PAYABLE,
}
_CLOSE = """
update ledger_splitrule set during = daterange(lower(during), %(first_day)s)
where place_id = %(place)s and activity = %(activity)s and upper_inf(during)
"""


@dataclass(frozen=True)
class NewRule:
    """A choice of a rule as it arrives; see `adopt_rule` for what its words mean."""

    place_id: int
    activity: str
    code: str
    citation: str
    first_day: dt.date | None

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for, apart from the day."""
        return {
            "place": self.place_id,
            "activity": self.activity,
            "code": self.code,
            "citation": self.citation.strip(),
        }

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        return frozen_bytes({**self.asked, "from": self.first_day})


@transaction.atomic
def adopt_rule(
    *,
    place_id: int,
    activity: str,
    code: str,
    citation: str,
    first_day: dt.date | None,
    by: Actor,
    now: dt.datetime,
    key: UUID | None = None,
) -> SplitRule:
    """Let a documented split hold for a place, and all below it, from a day on.

    `first_day` None means since before our records, and is for the first rule of a place alone.
    `citation` is the legal basis that the adopter names (decree, contract). The rule that held
    before is closed on that day; sales already recorded keep theirs. Under a `key` (what may be
    sent twice has one) the same content answers the first rule again. Raises Refused with the
    field, and KeyReused for the same key with other content.
    """
    new = NewRule(place_id, activity, code, citation, first_day)
    if key is not None:
        message = new.frozen()
        first = claim_message(key=key, door="ledger.adopt_rule", body=message, by=by, now=now)
        if first is not None:
            return SplitRule.objects.get(pk=first["rule"])
    check_words(citation=citation, activity=activity)
    chosen = DocumentedSplit.objects.filter(pk=code, gap="").first()
    if chosen is None:
        raise Refused("Pilih salah satu aturan yang tercatat lengkap.", field="code")
    rule = put_in_force(chosen, asked=new.asked, first_day=first_day, by=by, now=now)
    if key is not None:
        answer_message(key=key, answer={"rule": rule.pk}, by=by, now=now)
    return rule


def put_in_force(
    chosen: DocumentedSplit | RuleProposal,
    *,
    asked: Mapping[str, Any],
    first_day: dt.date | None,
    by: Actor,
    now: dt.datetime,
) -> SplitRule:
    """Close what held before at the place, and write the new rule; inside a transaction.

    `asked` is that of NewRule. Raises Refused with the field where the days do not follow.
    """
    place_id, activity = asked["place"], asked["activity"]
    _lock_rules_of(place_id)
    current = open_rule(place_id=place_id, activity=activity)
    if current is not None:
        check_successor(first_day=first_day, current=current.during.lower)
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, {"first_day": first_day, "place": place_id, "activity": activity})
    return _written(chosen, asked=asked, first_day=first_day, by=by, now=now)


def check_words(*, citation: str, activity: str) -> None:
    """Refuse a rule without its legal basis, and an activity that is no code."""
    if not citation.strip():
        raise Refused("Isi dasar hukumnya, misalnya nomor keputusan.", field="citation")
    if len(citation.strip()) > CITATION_LENGTH:
        raise Refused(
            f"Dasar hukum paling panjang {CITATION_LENGTH} huruf. Singkat tulisannya.",
            field="citation",
        )
    if len(activity) > ACTIVITY_LENGTH or not re.fullmatch(ACTIVITY, activity):
        raise Refused(
            "Tulis kode kegiatan dengan huruf kecil, angka, dan tanda hubung, misalnya kerajinan.",
            field="activity",
        )


def _lock_rules_of(place_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('ledger.adopt_rule'), %s)", [place_id]
        )


def _written(
    chosen: DocumentedSplit | RuleProposal,
    *,
    asked: Mapping[str, Any],
    first_day: dt.date | None,
    by: Actor,
    now: dt.datetime,
) -> SplitRule:
    """The rule as it stands in the book from now on, with its event in the place's chain."""
    rule = SplitRule.objects.create(
        place_id=asked["place"],
        activity=asked["activity"],
        name=chosen.name,
        base=chosen.base,
        shares=chosen.shares,
        citation=asked["citation"],
        source=chosen.source,
        during=DateRange(first_day, None),
        adopted_at=now,
        adopted_by=str(by),
    )
    audit.record(
        chain=chain_of_place(rule.place_id),
        action="ledger.adopt_rule",
        object_key=f"splitrule:{rule.pk}",
        detail={"code": str(chosen.pk), "from": first_day, "activity": rule.activity},
        by=by,
        now=now,
    )
    return rule


def load_documented_splits(*, by: Actor, now: dt.datetime) -> list[str]:
    """Load the splits that sources report; returns a sentence for each that cannot be chosen.

    Loading again changes nothing.
    """
    with DOCUMENTED_SPLITS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    splits = [_documented(row) for row in rows]
    DocumentedSplit.objects.bulk_create(splits, ignore_conflicts=True)
    return [f"{split.name}: {split.gap}" for split in splits if split.gap]


def _documented(row: Mapping[str, str]) -> DocumentedSplit:
    complete = not row["gap"]
    shares = tuple(
        Share(account, Form.PERCENT, int(row[column]) * 100)
        for column, account in _COLUMNS.items()
        if complete and row[column]
    )
    if complete:
        check_shares(shares)
    return DocumentedSplit(
        code=row["code"],
        name=row["name"],
        base=Base(row["base"]).value if row["base"] else "",
        shares=shares_as_json(shares) if complete else None,
        gap=row["gap"],
        citation=row["citation"],
        source=row["source"],
    )
