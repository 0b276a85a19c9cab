"""What makers have agreed to, and what they have withdrawn."""

import datetime as dt
from dataclasses import dataclass

from bekal.people.models import Consent
from bekal.people.rules import Purpose


@dataclass(frozen=True)
class Withdrawal:
    """A consent that was withdrawn: what was shown by it must go."""

    maker: str
    purpose: Purpose
    withdrawn_at: dt.datetime


def consents_of(*, maker: str) -> list[Consent]:
    """All consents of a maker, the newest first; one statement."""
    return list(Consent.objects.filter(maker_id=maker).order_by("-id"))


def who_consented(*, consent_id: int) -> str:
    """The maker whose consent it is; empty when there is none."""
    found = Consent.objects.filter(pk=consent_id).values_list("maker_id", flat=True)
    return found.first() or ""


def last_day(consent: Consent) -> dt.date:
    """The last day on which a consent holds, if it is not withdrawn."""
    last: dt.date = consent.during.upper - dt.timedelta(days=1)
    return last


def consent_in_force(*, maker: str, purpose: Purpose, on: dt.date) -> bool:
    """Whether something may be shown on a day: agreed to, not over, not withdrawn.

    To be asked whenever a page is rendered; one statement.
    """
    given = Consent.objects.filter(maker_id=maker, purpose=purpose, during__contains=on)
    return given.filter(withdrawn_at__isnull=True).exists()


def withdrawals_since(*, since: dt.datetime) -> list[Withdrawal]:
    """What was withdrawn at or after an instant, in that order, for whoever keeps copies."""
    rows = Consent.objects.filter(withdrawn_at__gte=since).order_by("withdrawn_at", "id")
    return [
        Withdrawal(maker, Purpose(purpose), at)
        for maker, purpose, at in rows.values_list("maker_id", "purpose", "withdrawn_at")
        if at is not None
    ]
