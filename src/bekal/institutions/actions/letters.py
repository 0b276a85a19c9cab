"""Letters to institutions: written with the act that they tell of, sent by a job."""

import datetime as dt
from itertools import groupby
from smtplib import SMTPException
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F

from bekal.foundation.actors import Actor
from bekal.institutions.models import Letter
from bekal.institutions.rules import MOST_TRIES, LetterKind
from bekal.institutions.wording import mail_of


def write_letter(
    *,
    kind: LetterKind,
    institution_id: UUID,
    by: Actor,
    now: dt.datetime,
    request_id: UUID | None = None,
) -> None:
    """Write a letter in the transaction of what it tells of."""
    Letter.objects.create(
        institution_id=institution_id,
        kind=kind,
        request_id=request_id,
        written_at=now,
        written_by=str(by),
    )


def send_letters(*, by: Actor, now: dt.datetime) -> int:
    """Send what waits, several of one subject as one; returns how many e-mails went out.

    A letter whose e-mail fails is tried again the next time, eight times in all. Two workers never
    send the same: each takes rows that the other has not locked.
    """
    with transaction.atomic():
        waiting = (
            Letter.objects.select_for_update(skip_locked=True)
            .filter(sent_at__isnull=True, tries__lt=MOST_TRIES)
            .order_by("institution_id", "kind", "request_id", "id")[:100]
        )
        by_subject = groupby(waiting, key=_subject)
        return sum(_send(list(letters), now=now) for _, letters in by_subject)


def _subject(letter: Letter) -> tuple[UUID, str, UUID | None]:
    return letter.institution_id, letter.kind, letter.request_id


def _send(letters: list[Letter], *, now: dt.datetime) -> bool:
    """Send one e-mail for letters of one subject; tells whether it went out."""
    rows = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
    first = letters[0]
    mail = mail_of(
        kind=LetterKind(first.kind),
        institution_id=first.institution_id,
        request_id=first.request_id,
    )
    rows.update(tries=F("tries") + 1)
    if mail is None:
        return False
    try:
        send_mail(mail.subject, mail.text, None, [mail.to])
    except (SMTPException, OSError):
        return False
    rows.update(sent_at=now)
    return True
