"""What was asked for, what came in, and what became of it."""

from bekal.payments.models.asks import IS_OPEN, Merchant, Request
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

__all__ = [
    "IS_LOOSE",
    "IS_OPEN",
    "Application",
    "Debt",
    "Doubt",
    "DoubtCheck",
    "Merchant",
    "PayOut",
    "Receipt",
    "Request",
    "Rest",
    "UnitTransfer",
]
