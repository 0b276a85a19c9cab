"""What changes the ledger: posting, closing, split rules, checkpoints."""

from bekal.ledger.actions.checkpoints import make_checkpoints
from bekal.ledger.actions.closing import close_books, reopen_books
from bekal.ledger.actions.holding import hold_account
from bekal.ledger.actions.posting import AlreadyPosted, NewEntry, post_entries, post_entry
from bekal.ledger.actions.proposals import (
    NewProposal,
    ProposalDecided,
    approve_proposal,
    propose_rule,
    refuse_proposal,
)
from bekal.ledger.actions.split_rules import NewRule, adopt_rule, load_documented_splits
from bekal.ledger.actions.summing import rebuild_sums, sum_lines

__all__ = [
    "AlreadyPosted",
    "NewEntry",
    "NewProposal",
    "NewRule",
    "ProposalDecided",
    "adopt_rule",
    "approve_proposal",
    "close_books",
    "hold_account",
    "load_documented_splits",
    "make_checkpoints",
    "post_entries",
    "post_entry",
    "propose_rule",
    "rebuild_sums",
    "refuse_proposal",
    "reopen_books",
    "sum_lines",
]
