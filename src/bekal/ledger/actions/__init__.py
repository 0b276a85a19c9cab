"""What changes the ledger: posting, split rules, checkpoints."""

from bekal.ledger.actions.checkpoints import make_checkpoints
from bekal.ledger.actions.posting import AlreadyPosted, NewEntry, post_entries, post_entry
from bekal.ledger.actions.split_rules import NewRule, adopt_rule, load_documented_splits

__all__ = [
    "AlreadyPosted",
    "NewEntry",
    "NewRule",
    "adopt_rule",
    "load_documented_splits",
    "make_checkpoints",
    "post_entries",
    "post_entry",
]
