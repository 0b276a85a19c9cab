"""What money asks of a unit's desk, each for whoever handles it."""

import datetime as dt

from bekal.accounts.rules import Permission
from bekal.payments import queries as payments
from bekal.payments.queries import MoneyTasks
from bekal.shop import queries as shop
from bekal.treasury import queries as treasury
from bekal.treasury.queries import PnbpTasks


def money_of(may: frozenset[Permission], *, unit_id: int) -> MoneyTasks:
    """What money asks of whoever handles it."""
    if Permission.HANDLE_PAYMENTS not in may:
        return MoneyTasks(0, 0)
    return payments.money_tasks(unit_id=unit_id)


def pnbp_of(
    may: frozenset[Permission], *, unit_id: int, today: dt.date, now: dt.datetime
) -> PnbpTasks:
    """What the state's share asks of whoever keeps the money."""
    if Permission.KEEP_MONEY not in may:
        return PnbpTasks()
    return treasury.pnbp_tasks(unit_id=unit_id, on=today, now=now)


def uncounted(may: frozenset[Permission], *, unit_id: int, today: dt.date) -> dt.date | None:
    """The last day up to today with cash that nobody counted, for whoever counts it."""
    if Permission.PREPARE_MONEY not in may:
        return None
    return treasury.to_count(unit_id=unit_id, day=today)


def clearings_of(may: frozenset[Permission], *, unit_id: int) -> int:
    """How many differences of cash wait to be settled, for whoever decides."""
    return treasury.clearings_waiting(unit_id=unit_id) if Permission.APPROVE_MONEY in may else 0


def late_invoices_of(may: frozenset[Permission], *, unit_id: int, today: dt.date) -> int:
    """How many institutions are late to pay, for whoever handles money."""
    if Permission.HANDLE_PAYMENTS not in may:
        return 0
    return shop.late_invoices(unit_id=unit_id, today=today)
