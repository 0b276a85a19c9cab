"""What a maker agrees to be shown, and takes back, at once and for any reason."""

import datetime as dt

from django.db import transaction
from psycopg.types.range import DateRange

from bekal.foundation.actors import Actor
from bekal.people.actions.records import begun_day, locked, stay_here, write_down
from bekal.people.models import Consent
from bekal.people.rules import ConsentRefused, NewConsent, check_consent


@transaction.atomic
def give_consent(
    *, maker: str, unit_id: int, consent: NewConsent, by: Actor, now: dt.datetime
) -> int:
    """Write down a signed consent; returns its id. Raises ConsentRefused, PeopleRefused."""
    one = locked(maker)
    stay_here(one, unit_id)
    check_consent(consent, today=begun_day(now))
    during = DateRange(consent.given_on, consent.until, "[]")
    given = Consent.objects.filter(maker=one, purpose=consent.purpose, withdrawn_at__isnull=True)
    if given.filter(during__overlap=during).exists():
        raise ConsentRefused(
            "Persetujuan untuk tujuan ini masih berlaku. Cabut dahulu, atau tunggu sampai habis.",
            field="purpose",
        )
    made = Consent.objects.create(
        maker=one,
        purpose=consent.purpose,
        during=during,
        form_number=consent.form_number,
        given_at=now,
        given_by=str(by),
    )
    detail = {"purpose": consent.purpose, "until": consent.until}
    write_down("people.give_consent", code=maker, unit_id=unit_id, detail=detail, by=by, now=now)
    return made.pk


@transaction.atomic
def withdraw_consent(
    *, maker: str, unit_id: int, consent_id: int, by: Actor, now: dt.datetime
) -> None:
    """End a consent now; a repeat changes nothing. Raises LookupError for another's consent."""
    locked(maker)
    consent = Consent.objects.filter(pk=consent_id, maker_id=maker).first()
    if consent is None:
        raise LookupError(f"{maker} has no consent {consent_id}")
    if consent.withdrawn_at is not None:
        return
    consent.withdrawn_at, consent.withdrawn_by = now, str(by)
    consent.save(update_fields=["withdrawn_at", "withdrawn_by"])
    detail = {"purpose": consent.purpose}
    write_down(
        "people.withdraw_consent", code=maker, unit_id=unit_id, detail=detail, by=by, now=now
    )
