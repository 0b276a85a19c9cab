"""Rules that the centre sets: proposed by one person, decided on by another."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation import formats
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.refusals import Refused
from bekal.ledger.actions.split_rules import check_words, put_in_force
from bekal.ledger.models import DocumentedSplit, RuleProposal
from bekal.ledger.rules import Base, Share, check_shares, shares_as_json

_NAME_LENGTH = 120
_REASON_LENGTH = 200


@dataclass(frozen=True)
class NewProposal:
    """A rule to be: see RuleProposal; `first_day` is a day from today on."""

    place_id: int
    is_choice: bool
    activity: str
    name: str
    base: Base
    shares: tuple[Share, ...]
    citation: str
    source: str
    first_day: dt.date


class ProposalDecided(Refused):
    """Somebody has decided already."""

    def __init__(self) -> None:
        """Say what to look at."""
        super().__init__("Usulan ini sudah diputuskan. Muat ulang halamannya.")


@transaction.atomic
def propose_rule(*, key: UUID, new: NewProposal, by: Actor, now: dt.datetime) -> RuleProposal:
    """Put a rule before another person of the centre; the same key is the same proposal.

    Raises Refused with the field: shares that make no whole, no legal basis, a day before today.
    """
    there = RuleProposal.objects.filter(pk=key).first()
    if there is not None:
        return there
    check_shares(new.shares)
    check_words(citation=new.citation, activity=new.activity)
    name = " ".join(new.name.split())
    if not name or len(name) > _NAME_LENGTH:
        raise Refused(f"Isi nama aturan, paling panjang {_NAME_LENGTH} huruf.", field="name")
    _check_first_day(new.first_day, now=now)
    values = {**vars(new), "name": name, "shares": shares_as_json(new.shares)}
    values |= {"proposed_at": now, "proposed_by": str(by)}
    made, is_new = RuleProposal.objects.get_or_create(id=key, defaults=values)
    if is_new:
        _record("propose_rule", made, {"from": made.first_day}, by=by, now=now)
    return made


@transaction.atomic
def approve_proposal(*, proposal_id: UUID, by: Actor, now: dt.datetime) -> RuleProposal:
    """Let a proposal hold from its day on, or be one that units may choose.

    Raises LookupError for an unknown one, ProposalDecided, Refused for the proposer and for a first
    day that has passed meanwhile: no sale that is recorded is split anew.
    """
    proposal = _undecided(proposal_id, by=by)
    if proposal.is_choice:
        DocumentedSplit.objects.create(
            code=f"pusat-{proposal.pk.hex[-12:]}",
            name=proposal.name,
            base=proposal.base,
            shares=proposal.shares,
            citation=proposal.citation,
            source=proposal.source,
        )
    else:
        _check_first_day(proposal.first_day, now=now)
        asked: dict[str, Any] = {
            "place": proposal.place_id,
            "activity": proposal.activity,
            "citation": proposal.citation,
        }
        proposal.rule = put_in_force(
            proposal, asked=asked, first_day=proposal.first_day, by=by, now=now
        )
    return _decide(proposal, verdict="approved", reason="", by=by, now=now)


@transaction.atomic
def refuse_proposal(*, proposal_id: UUID, reason: str, by: Actor, now: dt.datetime) -> RuleProposal:
    """Decide against a proposal, with a reason.

    Raises LookupError for an unknown one, ProposalDecided, Refused without a reason and for the
    proposer.
    """
    proposal = _undecided(proposal_id, by=by)
    tidy = " ".join(reason.split())
    if not tidy or len(tidy) > _REASON_LENGTH:
        raise Refused(
            f"Isi alasan penolakan, paling panjang {_REASON_LENGTH} huruf.", field="reason"
        )
    return _decide(proposal, verdict="refused", reason=tidy, by=by, now=now)


def _undecided(proposal_id: UUID, *, by: Actor) -> RuleProposal:
    found = RuleProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if found is None:
        raise LookupError(f"there is no proposal {proposal_id}")
    if found.decided_at is not None:
        raise ProposalDecided
    if found.proposed_by == str(by):
        raise Refused("Usulan diputuskan oleh orang lain, bukan oleh pengusulnya.")
    return found


def _check_first_day(first_day: dt.date, *, now: dt.datetime) -> None:
    today = local_day(now, Zone.WIT)  # where the day begins first
    if first_day < today:
        raise Refused(
            f"Tanggal mulai paling cepat {formats.date(today)}. Penjualan sebelumnya sudah dibagi "
            "menurut aturan lama.",
            field="first_day",
        )


def _decide(
    proposal: RuleProposal, *, verdict: str, reason: str, by: Actor, now: dt.datetime
) -> RuleProposal:
    proposal.decided_at, proposal.decided_by = now, str(by)
    proposal.verdict, proposal.reason = verdict, reason
    proposal.save(update_fields=["decided_at", "decided_by", "verdict", "reason", "rule"])
    _record(f"proposal_{verdict}", proposal, {}, by=by, now=now)
    return proposal


def _record(
    verb: str, proposal: RuleProposal, detail: dict[str, Any], *, by: Actor, now: dt.datetime
) -> None:
    audit.record(
        chain=chain_of_place(proposal.place_id),
        action=f"ledger.{verb}",
        object_key=f"ruleproposal:{proposal.pk}",
        detail=detail,
        by=by,
        now=now,
    )
