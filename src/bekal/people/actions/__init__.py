"""What changes the records of makers. Reading a name is here too, since it leaves a trace."""

from bekal.people.actions.consenting import give_consent, withdraw_consent
from bekal.people.actions.entering import correct_name, register_maker
from bekal.people.actions.erasing import close_names_anew, erase_facts, erase_makers
from bekal.people.actions.facts import record_fact
from bekal.people.actions.moving import call_back, let_go, receive, release
from bekal.people.actions.naming import read_names
from bekal.people.actions.proposals import (
    approve_requirement,
    propose_requirement,
    refuse_requirement,
)
from bekal.people.actions.records import hold_here
from bekal.people.actions.requirements import end_requirement, load_requirements, set_requirement

__all__ = [
    "approve_requirement",
    "call_back",
    "close_names_anew",
    "correct_name",
    "end_requirement",
    "erase_facts",
    "erase_makers",
    "give_consent",
    "hold_here",
    "let_go",
    "load_requirements",
    "propose_requirement",
    "read_names",
    "receive",
    "record_fact",
    "refuse_requirement",
    "register_maker",
    "release",
    "set_requirement",
    "withdraw_consent",
]
