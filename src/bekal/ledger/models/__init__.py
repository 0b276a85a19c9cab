"""What the ledger keeps: the books, the rules of splitting, and which days are closed."""

from bekal.ledger.models.books import (
    Account,
    Checkpoint,
    DocumentedSplit,
    Entry,
    EntryLine,
    SplitRule,
)
from bekal.ledger.models.closings import Closing
from bekal.ledger.models.proposals import RuleProposal
from bekal.ledger.models.sums import SpanSum, Summed

__all__ = [
    "Account",
    "Checkpoint",
    "Closing",
    "DocumentedSplit",
    "Entry",
    "EntryLine",
    "RuleProposal",
    "SpanSum",
    "SplitRule",
    "Summed",
]
