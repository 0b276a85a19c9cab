"""Requirements that the centre sets: proposed by one person, decided on by another."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.people.actions.requirements import end_requirement, set_requirement
from bekal.people.models import Requirement, RequirementProposal
from bekal.people.rules import (
    VERDICT_LENGTH,
    NewRequirement,
    PeopleRefused,
    RequirementDecided,
    check_first_day,
    check_proposal,
)


@transaction.atomic
def propose_requirement(
    *, key: UUID, new: NewRequirement, ends: bool, by: Actor, now: dt.datetime
) -> None:
    """Put a requirement before another person of the centre; the same key is the same proposal.

    With `ends` the one of its code is to hold no more from `valid_from` on. Raises PeopleRefused
    with the field: no words, no ground, a day before today, or an end of what does not hold.
    """
    if RequirementProposal.objects.filter(pk=key).exists():
        return
    check_proposal(new, ends=ends, today=_today(now))
    open_now = Requirement.objects.filter(code=new.code, during__endswith__isnull=True)
    if ends and not open_now.exists():
        raise PeopleRefused("Syarat ini tidak berlaku lagi.")
    values = dict(vars(new))
    values |= {"first_day": values.pop("valid_from"), "ends": ends}
    values |= {"proposed_at": now, "proposed_by": str(by)}
    made, is_new = RequirementProposal.objects.get_or_create(id=key, defaults=values)
    if is_new:
        detail = {"code": new.code, "from": new.valid_from, "ends": ends}
        _record("propose_requirement", made, detail, by=by, now=now)


@transaction.atomic
def approve_requirement(*, proposal_id: UUID, by: Actor, now: dt.datetime) -> None:
    """Let a proposal hold from its day on.

    Raises LookupError for an unknown one, RequirementDecided, PeopleRefused for the proposer, for a
    first day that has passed meanwhile, and where it would begin before the one that holds.
    """
    proposal = _undecided(proposal_id, by=by)
    check_first_day(proposal.first_day, today=_today(now))
    _hold_requirements()
    if proposal.ends:
        ended = end_requirement(code=proposal.code, on=proposal.first_day, by=by, now=now)
        proposal.requirement = ended
    else:
        set_requirement(new=_asked(proposal), by=by, now=now)
        holds = Requirement.objects.filter(code=proposal.code, during__endswith__isnull=True)
        proposal.requirement = holds.get()
    _decide(proposal, verdict="approved", reason="", by=by, now=now)


@transaction.atomic
def refuse_requirement(*, proposal_id: UUID, reason: str, by: Actor, now: dt.datetime) -> None:
    """Decide against a proposal, with a reason.

    Raises LookupError for an unknown one, RequirementDecided, PeopleRefused without a reason and
    for the proposer.
    """
    proposal = _undecided(proposal_id, by=by)
    tidy = " ".join(reason.split())
    if not 0 < len(tidy) <= VERDICT_LENGTH:
        raise PeopleRefused("Isi alasan menolak.", field="reason")
    _decide(proposal, verdict="refused", reason=tidy, by=by, now=now)


def _undecided(proposal_id: UUID, *, by: Actor) -> RequirementProposal:
    found = RequirementProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if found is None:
        raise LookupError(f"there is no proposal {proposal_id}")
    if found.decided_at is not None:
        raise RequirementDecided
    if found.proposed_by == str(by):
        raise PeopleRefused("Usulan diputuskan oleh orang lain, bukan oleh pengusulnya.")
    return found


def _hold_requirements() -> None:
    """Let nobody else change what is required until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('people.requirements'))")


def _asked(proposal: RequirementProposal) -> NewRequirement:
    return NewRequirement(
        code=proposal.code,
        label=proposal.label,
        sentence=proposal.sentence,
        citation=proposal.citation,
        needs_number=proposal.needs_number,
        needs_until=proposal.needs_until,
        source=proposal.source,
        valid_from=proposal.first_day,
    )


def _today(now: dt.datetime) -> dt.date:
    return local_day(now, Zone.WIT)  # where the day begins first


def _decide(
    proposal: RequirementProposal, *, verdict: str, reason: str, by: Actor, now: dt.datetime
) -> None:
    proposal.decided_at, proposal.decided_by = now, str(by)
    proposal.verdict, proposal.reason = verdict, reason
    proposal.save(update_fields=["decided_at", "decided_by", "verdict", "reason", "requirement"])
    _record(f"requirement_{verdict}", proposal, {"code": proposal.code}, by=by, now=now)


def _record(
    act: str, proposal: RequirementProposal, detail: dict[str, Any], *, by: Actor, now: dt.datetime
) -> None:
    audit.record(
        chain=NATION,
        action=f"people.{act}",
        object_key=f"requirementproposal:{proposal.pk}",
        detail=detail,
        by=by,
        now=now,
    )
