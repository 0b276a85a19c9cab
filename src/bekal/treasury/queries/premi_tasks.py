"""What premi asks of the people of a unit: runs, and makers who have left."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from bekal.accounts.rules import Permission
from bekal.ledger import queries as ledger
from bekal.ledger.queries import OwedToMaker
from bekal.ledger.rules import AccountKind
from bekal.people import queries as people
from bekal.treasury.models import PremiRun
from bekal.treasury.queries.overpaid import overpaid_left, premi_clearings_waiting
from bekal.treasury.queries.premi_runs import Payable, payable


@dataclass(frozen=True)
class PremiTasks:
    """How many runs wait for the head and for the treasurer, and who left without their premi.

    `to_settle` are makers who have left and stand in no run with what they earned, `to_return`
    makers who went home and have savings here, `overpaid` those who left and were paid too much,
    of which something is not proposed yet; `to_clear` is how many proposals wait.
    """

    to_approve: int = 0
    to_pay: int = 0
    to_settle: int = 0
    to_return: int = 0
    overpaid: int = 0
    to_clear: int = 0


def premi_tasks(*, unit_id: int, may: frozenset[Permission]) -> PremiTasks:
    """What premi of a unit asks of somebody with these permissions; at most eight statements."""
    approves = Permission.APPROVE_MONEY in may
    keeps, prepares = Permission.KEEP_MONEY in may, Permission.PREPARE_MONEY in may
    clears = Permission.CLEAR_CASH in may
    to_approve, to_pay = _runs(unit_id, may)
    owed = ledger.owed_to_makers(unit_id=unit_id) if keeps or clears else []
    return PremiTasks(
        to_approve=to_approve,
        to_pay=to_pay,
        to_settle=len(unsettled(unit_id=unit_id)) if prepares or keeps else 0,
        to_return=len(unreturned(unit_id=unit_id, owed=owed)) if keeps else 0,
        overpaid=_overpaid(unit_id, owed) if clears else 0,
        to_clear=premi_clearings_waiting(unit_id=unit_id) if approves else 0,
    )


def unsettled(*, unit_id: int) -> list[Payable]:
    """Who has left a unit that has premi of theirs in no run, by code; at most two statements."""
    found = payable(unit_id=unit_id)
    gone = _gone(unit_id, found)
    return [one for one in found if one.maker in gone]


def unreturned(*, unit_id: int, owed: Sequence[OwedToMaker] | None = None) -> dict[str, int]:
    """The savings of those who went home, by code; at most two statements.

    One less for whoever has asked the ledger already, and says what it answered.
    """
    found = ledger.owed_to_makers(unit_id=unit_id) if owed is None else owed
    saved = {
        one.maker: one.amount
        for one in found
        if one.account is AccountKind.PREMI_SAVED and one.amount > 0
    }
    home = people.gone_home(codes=saved) if saved else frozenset()
    return {maker: amount for maker, amount in saved.items() if maker in home}


def _overpaid(unit_id: int, owed: Sequence[OwedToMaker]) -> int:
    return sum(one.waiting < one.amount for one in overpaid_left(unit_id=unit_id, owed=owed))


def _gone(unit_id: int, found: list[Payable]) -> frozenset[str]:
    codes = [one.maker for one in found]
    return people.gone_from(unit_id=unit_id, codes=codes) if codes else frozenset()


def _runs(unit_id: int, may: frozenset[Permission]) -> tuple[int, int]:
    """How many runs wait for approval and for payment, for whoever may."""
    if not may & {Permission.APPROVE_MONEY, Permission.KEEP_MONEY}:
        return 0, 0
    approved = Q(approved_at__isnull=False)
    found = PremiRun.objects.filter(
        unit_id=unit_id, paid_at__isnull=True, cancelled_at__isnull=True
    ).aggregate(to_approve=Count("pk", filter=~approved), to_pay=Count("pk", filter=approved))
    return (
        found["to_approve"] if Permission.APPROVE_MONEY in may else 0,
        found["to_pay"] if Permission.KEEP_MONEY in may else 0,
    )
