"""Adopting rules of splitting, and loading the splits that sources report."""

import csv
import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation import formats
from bekal.foundation.actors import Actor
from bekal.foundation.refusals import Refused
from bekal.ledger.models import DocumentedSplit, SplitRule
from bekal.ledger.rules import AccountKind, Base, Form, Share, check_shares, shares_as_json

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
) -> SplitRule:
    """Let a documented split hold for a place, and all below it, from a day on.

    `first_day` None means since before our records, and is for the first rule of a place alone.
    `citation` is the legal basis that the adopter names (decree, contract). The rule that held
    before is closed on that day; sales already recorded keep theirs. Raises Refused.
    """
    if not citation.strip():
        raise Refused("Isi dasar hukumnya, misalnya nomor keputusan.", field="citation")
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('ledger.adopt_rule'), %s)", [place_id]
        )
    _refuse_a_day_before_the_current_rule(place_id=place_id, activity=activity, day=first_day)
    chosen = DocumentedSplit.objects.filter(pk=code, gap="").first()
    if chosen is None:
        raise Refused("Pilih salah satu aturan yang tercatat lengkap.", field="code")
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, {"first_day": first_day, "place": place_id, "activity": activity})
    rule = SplitRule.objects.create(
        place_id=place_id,
        activity=activity,
        name=chosen.name,
        base=chosen.base,
        shares=chosen.shares,
        citation=citation.strip(),
        source=chosen.source,
        during=DateRange(first_day, None),
        adopted_at=now,
        adopted_by=str(by),
    )
    audit.record(
        chain=chain_of_place(place_id),
        action="ledger.adopt_rule",
        object_key=f"splitrule:{rule.pk}",
        detail={"code": code, "from": first_day, "activity": activity},
        by=by,
        now=now,
    )
    return rule


def _refuse_a_day_before_the_current_rule(
    *, place_id: int, activity: str, day: dt.date | None
) -> None:
    current = SplitRule.objects.filter(
        place_id=place_id, activity=activity, during__upper_inf=True
    ).first()
    if current is None:
        return
    first = current.during.lower
    if day is None or (first is not None and day <= first):
        held_since = f" sejak {formats.date(first)}" if first else ""
        raise Refused(
            f"Aturan yang berlaku{held_since} hanya bisa diganti mulai hari sesudahnya.",
            field="first_day",
        )


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
