"""How long an invoice has been waiting for its money. Pure."""

import datetime as dt
from enum import StrEnum

_MONTH, _TWO_MONTHS = 30, 60


class Age(StrEnum):
    """Since when an invoice is due; the values stand in addresses."""

    AHEAD = "belum"
    MONTH = "sampai-30"
    TWO_MONTHS = "sampai-60"
    OLDER = "lebih-60"


AGE_LABELS = {
    Age.AHEAD: "Belum jatuh tempo",
    Age.MONTH: "Lewat 1 sampai 30 hari",
    Age.TWO_MONTHS: "Lewat 31 sampai 60 hari",
    Age.OLDER: "Lewat lebih dari 60 hari",
}
AGE_KINDS = {
    Age.AHEAD: "info",
    Age.MONTH: "warn",
    Age.TWO_MONTHS: "warn",
    Age.OLDER: "bad",
}


def days_late(due_on: dt.date, *, today: dt.date) -> int:
    """How many days an invoice is late; its last day of paying is not late."""
    return max(0, (today - due_on).days)


def age_of(due_on: dt.date, *, today: dt.date) -> Age:
    """The age of an invoice on a day."""
    late = days_late(due_on, today=today)
    if not late:
        return Age.AHEAD
    if late <= _MONTH:
        return Age.MONTH
    return Age.TWO_MONTHS if late <= _TWO_MONTHS else Age.OLDER
