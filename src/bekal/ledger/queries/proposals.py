"""Rules that the centre is about to set, and what was decided."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from bekal.ledger.models import RuleProposal
from bekal.ledger.rules import (
    ACCOUNT_LABELS,
    Base,
    Form,
    Share,
    SplitRule,
    percent_text,
    shares_from_json,
)


@dataclass(frozen=True)
class Proposed:
    """A proposal: the rule that it would make (its id is 0), where, and what was decided."""

    id: UUID
    rule: SplitRule
    place_id: int
    is_choice: bool
    activity: str
    first_day: dt.date
    proposed_at: dt.datetime
    proposed_by: str
    decided_at: dt.datetime | None
    decided_by: str
    verdict: str
    reason: str

    @property
    def state(self) -> str:
        """What has become of it, in a word."""
        return {"approved": "disetujui", "refused": "ditolak"}.get(self.verdict, "menunggu")

    @property
    def state_kind(self) -> str:
        """The colour of its state, as ui's tags name it."""
        return {"approved": "ok", "refused": "bad"}.get(self.verdict, "warn")

    @property
    def shares(self) -> list[tuple[str, str]]:
        """Each share as (who gets it, how much)."""
        return [(ACCOUNT_LABELS[one.account], _text(one)) for one in self.rule.shares]


def proposals(*, limit: int = 200) -> list[Proposed]:
    """Proposals: those that wait first, then the newest decisions; one statement."""
    order = (F("decided_at").desc(nulls_first=True), "-proposed_at", "id")
    return [_proposed(row) for row in RuleProposal.objects.order_by(*order)[:limit]]


def proposal_by_id(*, proposal_id: UUID) -> Proposed | None:
    """One proposal."""
    row = RuleProposal.objects.filter(pk=proposal_id).first()
    return None if row is None else _proposed(row)


def _proposed(row: RuleProposal) -> Proposed:
    shares = shares_from_json(row.shares)
    return Proposed(
        row.pk,
        SplitRule(0, row.name, Base(row.base), shares, row.citation, row.source),
        row.place_id,
        row.is_choice,
        row.activity,
        row.first_day,
        row.proposed_at,
        row.proposed_by,
        row.decided_at,
        row.decided_by,
        row.verdict,
        row.reason,
    )


def _text(share: Share) -> str:
    if share.form is Form.REST:
        return "sisanya"
    if share.form is Form.PERCENT:
        return percent_text(share.value)
    return f"Rp{share.value:,} tiap barang".replace(",", ".")
