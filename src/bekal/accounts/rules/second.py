"""The second factor: codes of a telephone, and recovery codes for the day it is lost. Pure."""

import datetime as dt
import re

from bekal.accounts.rules import Permission

RECOVERY_CODES = 10
CONFIRMED_FOR = dt.timedelta(minutes=15)
"""How long after a code the money and the rules stay open in that session."""
TIME_FOR_FILES = dt.timedelta(minutes=15)
"""How much longer a form with files may be sent: its code was asked for before it was opened."""
_RECOVERY_HALF = 5
ASKED_AGAIN = frozenset(
    {
        Permission.REFUND_SALE,
        Permission.HANDLE_PAYMENTS,
        Permission.KEEP_MONEY,
        Permission.APPROVE_MONEY,
        Permission.REOPEN_MONTH,
        Permission.CHOOSE_RULE,
        Permission.SET_RULES,
        Permission.SET_MERCHANT,
        Permission.MANAGE_PEOPLE,
        Permission.MANAGE_TOKENS,
    }
)
"""What asks for the second factor again: money, its rules, where it is paid to, and who may."""


def read_code(text: str) -> str:
    """A code however it was typed: blanks and dashes go, small letters become capitals."""
    return re.sub(r"[\s\-]", "", text).upper()


def shown_recovery(code: str) -> str:
    """A recovery code in two halves, as the page and the paper show it."""
    return f"{code[:_RECOVERY_HALF]}-{code[_RECOVERY_HALF:]}"


def is_fresh(
    confirmed_at: float | None, *, now: dt.datetime, longer: dt.timedelta = dt.timedelta()
) -> bool:
    """Whether a code given at this instant (seconds of the epoch) still counts."""
    counts_for = CONFIRMED_FOR + longer
    return confirmed_at is not None and now.timestamp() - confirmed_at < counts_for.total_seconds()
