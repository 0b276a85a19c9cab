"""Which rule holds, what an account holds, and whether the books are whole."""

from bekal.ledger.datasets import DOCUMENTED, IN_BOOK
from bekal.ledger.queries.books import (
    Balance,
    Movement,
    balances_of,
    entry_with_key,
    every_movement,
    ledger_problems,
    lines_of,
    movements,
)
from bekal.ledger.queries.split_rules import (
    RuleInBook,
    book_of,
    documented_rule,
    documented_splits,
    holding,
    open_rule,
    rule_by_id,
    rules_in_force,
    rules_of_place,
    rules_of_units,
)
from bekal.ledger.queries.words import PUBLIC_LABELS

__all__ = [
    "DOCUMENTED",
    "IN_BOOK",
    "PUBLIC_LABELS",
    "Balance",
    "Movement",
    "RuleInBook",
    "balances_of",
    "book_of",
    "documented_rule",
    "documented_splits",
    "entry_with_key",
    "every_movement",
    "holding",
    "ledger_problems",
    "lines_of",
    "movements",
    "open_rule",
    "rule_by_id",
    "rules_in_force",
    "rules_of_place",
    "rules_of_units",
]
