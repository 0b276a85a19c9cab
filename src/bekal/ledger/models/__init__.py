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

__all__ = [
    "Account",
    "Checkpoint",
    "Closing",
    "DocumentedSplit",
    "Entry",
    "EntryLine",
    "SplitRule",
]
