"""E-mails to buyers abroad: written with what they tell of, sent by a job."""

import datetime as dt
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bekal.foundation.actors import Actor
from bekal.foundation.private import private_key
from bekal.institutions.models import EnquiryLetter
from bekal.institutions.rules import ENQUIRY_KEY, MOST_TRIES
from bekal.shop import queries as shop

_AT_ONCE = 50


def send_enquiry_letters(*, by: Actor, now: dt.datetime) -> int:
    """Send what waits; returns how many went out. One that fails is tried eight times in all.

    Two workers never send the same: each takes rows that the other has not locked. Nothing is sent
    to who was erased.
    """
    with transaction.atomic():
        waiting = (
            EnquiryLetter.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(sent_at__isnull=True, tries__lt=MOST_TRIES)
            .select_related("enquiry")
            .order_by("id")[:_AT_ONCE]
        )
        return sum(_send(letter, now=now) for letter in waiting)


def _send(letter: EnquiryLetter, *, now: dt.datetime) -> bool:
    letter.tries += 1
    contact = shop.contacts_by_id(ids=[letter.enquiry.contact_id])[letter.enquiry.contact_id]
    is_sent = bool(contact.email) and _mailed(letter, contact.email, contact.language)
    letter.sent_at = now if is_sent else None
    letter.save(update_fields=["tries", "sent_at"])
    return is_sent


def _mailed(letter: EnquiryLetter, to: str, language: str) -> bool:
    with translation.override(language):
        key = private_key(ENQUIRY_KEY, letter.enquiry_id)
        page = f"{settings.BEKAL_ADDRESS.rstrip('/')}{reverse('lembaga:enquiry', args=[key])}"
        number = {"number": str(letter.enquiry)}
        if letter.is_reply:
            subject = _("Jawaban untuk %(number)s") % number
            lines = [_("Pertanyaan Anda %(number)s dijawab. Bacalah di sini:") % number, page]
        else:
            subject = _("Pertanyaan Anda %(number)s di Bekal") % number
            lines = [_("Simpan alamat ini; jawabannya muncul di sana:"), page]
        text = "\n\n".join([*lines, _("Bekal")]) + "\n"
    try:
        send_mail(subject, text, None, [to])
    except (SMTPException, OSError):
        return False
    return True
