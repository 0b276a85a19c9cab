"""What is required of those who work, now and soon, and what the centre proposes of it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import F

from bekal.people.models import Requirement, RequirementProposal

MOST_PROPOSALS = 200
# Of everybody who is in a unit today: whose last fact would meet what is proposed.
_TRIAL = """
select count(*), count(*) filter (
  where f.holds and (f.until is null or f.until >= %(first)s)
    and (not %(number)s or f.number <> '') and (not %(until)s or f.until is not null))
from people_stay s
left join lateral (
  select holds, until, number from people_fact
  where maker_id = s.maker_id and code = %(code)s and known_on <= %(today)s
  order by id desc limit 1
) f on true
where s.during @> %(today)s::date
"""


@dataclass(frozen=True)
class RequirementRow:
    """A requirement with the days on which it holds; `last` is None as long as it goes on."""

    code: str
    label: str
    sentence: str
    citation: str
    source: str
    needs_number: bool
    needs_until: bool
    first: dt.date
    last: dt.date | None
    is_coming: bool

    @property
    def answers(self) -> str:
        """What a fact of it must name, in words."""
        asked = ["nomor keputusan"] * self.needs_number + ["masa berlaku"] * self.needs_until
        return " dan ".join(asked)


@dataclass(frozen=True)
class Tried:
    """Of how many makers who are in a unit today how many would meet what is proposed."""

    makers: int
    meet: int

    @property
    def lack(self) -> int:
        """How many would not."""
        return self.makers - self.meet


def requirement_rows(*, on: dt.date) -> list[RequirementRow]:
    """What is required on a day, then what will be, by name; one statement."""
    rows = Requirement.objects.filter(during__endswith__isnull=True)
    rows |= Requirement.objects.filter(during__endswith__gt=on)
    found = [_row(row, on=on) for row in rows.order_by("label", "id")]
    return sorted(found, key=lambda row: row.is_coming)


def requirement_codes() -> frozenset[str]:
    """Every code that ever was required; one statement."""
    return frozenset(Requirement.objects.values_list("code", flat=True))


def requirement_proposals() -> list[RequirementProposal]:
    """Those that wait first, then the newest decisions; one statement."""
    order = (F("decided_at").desc(nulls_first=True), "-proposed_at", "id")
    return list(RequirementProposal.objects.order_by(*order)[:MOST_PROPOSALS])


def requirement_proposal(*, proposal_id: UUID) -> RequirementProposal | None:
    """One proposal; one statement."""
    return RequirementProposal.objects.filter(pk=proposal_id).first()


def tried(proposal: RequirementProposal, *, today: dt.date) -> Tried:
    """What a proposal would ask of those who are in a unit today, as sums; one statement."""
    asked: dict[str, str | bool | dt.date] = {
        "code": proposal.code,
        "first": proposal.first_day,
        "number": proposal.needs_number,
        "until": proposal.needs_until,
        "today": today,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TRIAL, asked)
        return Tried(*cursor.fetchone())


def _row(row: Requirement, *, on: dt.date) -> RequirementRow:
    until = row.during.upper
    return RequirementRow(
        row.code,
        row.label,
        row.sentence,
        row.citation,
        row.source,
        row.needs_number,
        row.needs_until,
        row.during.lower,
        until - dt.timedelta(days=1) if until else None,
        row.during.lower > on,
    )
