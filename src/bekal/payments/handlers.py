"""Who is told when money came in for a subject, is taken off it, or went back; config names them.

Subjects belong to rooms above this one, so the settings name the function by its path:
BEKAL_ON_PAID and BEKAL_ON_UNPAID map the prefix of a subject ("order") to an action
`(*, paid: Paid, by: Actor, now: datetime)`. Of money that goes, `paid.amount` is below zero.
BEKAL_ON_PAID_OUT does so for debts to buyers that were paid: `(*, paid_out: PaidOut, by, now)`.
BEKAL_PAYEES names the one query that knows where buyers want their money back to, BEKAL_DUE_DAYS
that which knows by when an invoice is to be paid.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from bekal.foundation.actors import Actor
from bekal.payments.queries import Ask, Owed
from bekal.payments.rules import Method, Paid, PaidOut, about_of


class OnPaid(Protocol):
    """An action of the subject's own room, in the transaction of the receipt.

    What it raises takes back all that it did; the money then stays in unapplied_receipt.
    """

    def __call__(self, *, paid: Paid, by: Actor, now: dt.datetime) -> object:
        """Do what follows from the money."""


class OnPaidOut(Protocol):
    """An action of the subject's own room, in the transaction of the payout."""

    def __call__(self, *, paid_out: PaidOut, by: Actor, now: dt.datetime) -> object:
        """Do what follows from a debt that was paid."""


class AskPayees(Protocol):
    """A query of the subject's own room."""

    def __call__(self, *, subjects: Collection[str]) -> Mapping[str, str]:
        """Where the buyers of subjects want money back to, in a line each, as far as is known."""


class AskDueDays(Protocol):
    """A query of the subject's own room."""

    def __call__(self, *, subjects: Collection[str]) -> Mapping[str, dt.date]:
        """By when the invoices of subjects are to be paid, those that have such a day alone."""


def tell(*, paid: Paid, by: Actor, now: dt.datetime) -> None:
    """Call the handler of the subject's prefix; a subject without one is only written down."""
    _call(settings.BEKAL_ON_PAID, paid=paid, by=by, now=now)


def tell_gone(*, paid: Paid, by: Actor, now: dt.datetime) -> bool:
    """Call the subject's handler for money that is taken off again; False where it has none."""
    return _call(settings.BEKAL_ON_UNPAID, paid=paid, by=by, now=now)


def tell_paid_out(*, paid_out: PaidOut, by: Actor, now: dt.datetime) -> None:
    """Call the handler of the subject's prefix for a debt that was paid, also for a surplus of it.

    The latter keeps its own subject, so that its room does not take it for the debt itself.
    """
    path = settings.BEKAL_ON_PAID_OUT.get(about_of(paid_out.subject).partition(":")[0])
    if path is not None:
        cast("OnPaidOut", import_string(path))(paid_out=paid_out, by=by, now=now)


def payees_of(debts: Collection[Owed]) -> dict[UUID, str]:
    """Where the buyers of these debts want their money, by debt; those that are known alone."""
    if not settings.BEKAL_PAYEES or not debts:
        return {}
    ask = cast("AskPayees", import_string(settings.BEKAL_PAYEES))
    known = ask(subjects={debt.subject for debt in debts})
    return {debt.id: known[debt.subject] for debt in debts if debt.subject in known}


def due_days_of(asks: Collection[Ask]) -> dict[UUID, dt.date]:
    """By when these asks are to be paid that are invoices, by ask; those that are known alone."""
    invoices = [ask for ask in asks if ask.method is Method.INVOICE]
    if not settings.BEKAL_DUE_DAYS or not invoices:
        return {}
    find = cast("AskDueDays", import_string(settings.BEKAL_DUE_DAYS))
    known = find(subjects={ask.subject for ask in invoices})
    return {ask.id: known[ask.subject] for ask in invoices if ask.subject in known}


def _call(paths: Mapping[str, str], *, paid: Paid, by: Actor, now: dt.datetime) -> bool:
    path = paths.get(paid.subject.partition(":")[0])
    if path is None:
        return False
    cast("OnPaid", import_string(path))(paid=paid, by=by, now=now)
    return True


def page_of(ask: Ask) -> str:
    """The page of a subject for its buyer, by the name of its address; nothing where none is."""
    name = settings.BEKAL_SUBJECT_PAGES.get(ask.subject.partition(":")[0])
    return reverse(name, args=[ask.label]) if name and ask.label else ""
