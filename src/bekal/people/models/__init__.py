"""Makers: a code for everybody else, and all that is known of a person in this room alone."""

from bekal.people.models.facts import Consent, Fact, Requirement
from bekal.people.models.makers import Maker, StatusMove, Stay, Transfer
from bekal.people.models.proposals import RequirementProposal

__all__ = [
    "Consent",
    "Fact",
    "Maker",
    "Requirement",
    "RequirementProposal",
    "StatusMove",
    "Stay",
    "Transfer",
]
