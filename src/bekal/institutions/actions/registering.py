"""An institution registers itself and is told its private address."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from bekal.foundation.actors import Actor
from bekal.institutions.actions.letters import write_letter
from bekal.institutions.models import Letter, Request
from bekal.institutions.rules import BETWEEN_LETTERS, LetterKind
from bekal.shop import actions as shop
from bekal.shop import queries as shop_queries
from bekal.shop.actions import Registered
from bekal.shop.rules import KEPT_IN_USE, InstitutionSaid


@transaction.atomic
def register(
    *, key: UUID, said: InstitutionSaid, language: str, by: Actor, now: dt.datetime
) -> Registered:
    """Register an institution and write it a letter with its private address.

    Raises InstitutionRefused, and KeyReused for the same key with other content; the same key with
    the same content writes no second letter.
    """
    made = shop.register_institution(key=key, said=said, language=language, by=by, now=now)
    kind, institution_id = LetterKind.ADDRESS, made.institution_id
    if not Letter.objects.filter(kind=kind, institution_id=institution_id).exists():
        write_letter(kind=kind, institution_id=institution_id, by=by, now=now)
    return made


def erase_institutions(*, by: Actor, now: dt.datetime) -> int:
    """Erase who speaks for institutions that have long asked for nothing; returns how many."""
    asked = Request.objects.values("institution_id")
    lately = asked.filter(asked_at__gte=now - KEPT_IN_USE)
    return shop.erase_institutions(asked=asked, asked_lately=lately, by=by, now=now)


@transaction.atomic
def send_addresses(*, email: str, by: Actor, now: dt.datetime) -> int:
    """Write the private addresses of all institutions at an e-mail once more; returns how many.

    Who was written to within the last minutes is not written to again, whoever asks how often.
    """
    found = {one.pk for one in shop_queries.institutions_at(email=email)}
    kind, since = LetterKind.ADDRESS, now - BETWEEN_LETTERS
    lately = Letter.objects.filter(kind=kind, institution_id__in=found, written_at__gt=since)
    found -= set(lately.values_list("institution_id", flat=True))
    for institution_id in sorted(found):
        write_letter(kind=kind, institution_id=institution_id, by=by, now=now)
    return len(found)
