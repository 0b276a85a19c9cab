"""What was asked for, what came in, and what became of it."""

from bekal.payments.models.asks import IS_OPEN, IS_UNSETTLED, CreditNote, Merchant, Request
from bekal.payments.models.attempts import Attempt, AttemptEnd
from bekal.payments.models.facts import (
    IS_LOOSE,
    Application,
    Debt,
    Doubt,
    DoubtCheck,
    PayOut,
    Receipt,
    Rest,
    UnitTransfer,
)
from bekal.payments.models.statements import Mistake, StatementImport, StatementLine, Verdict

__all__ = [
    "IS_LOOSE",
    "IS_OPEN",
    "IS_UNSETTLED",
    "Application",
    "Attempt",
    "AttemptEnd",
    "CreditNote",
    "Debt",
    "Doubt",
    "DoubtCheck",
    "Merchant",
    "Mistake",
    "PayOut",
    "Receipt",
    "Request",
    "Rest",
    "StatementImport",
    "StatementLine",
    "UnitTransfer",
    "Verdict",
]
