"""What a maker agreed to be shown, until when; all works well with none given. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bekal.foundation.refusals import Refused

LONGEST_CONSENT = dt.timedelta(days=365)
"""Consents end within twelve months and are asked for anew (reference/ux.md 7)."""
FORM_LENGTH = 60


class Purpose(StrEnum):
    """What a consent is for; each is asked for by itself."""

    PEN_NAME = "pen_name"
    HANDS = "hands"
    QUOTE = "quote"
    OWN_WORDS = "own_words"


PURPOSE_LABELS = {
    Purpose.PEN_NAME: "Nama pena",
    Purpose.HANDS: "Foto tangan dan pekerjaan",
    Purpose.QUOTE: "Kutipan",
    Purpose.OWN_WORDS: "Tulisan sendiri",
}


class ConsentRefused(Refused):
    """A consent that cannot be written down like this."""


@dataclass(frozen=True)
class NewConsent:
    """A consent on paper: what for, since when, until when, and the number of the signed form."""

    purpose: Purpose
    given_on: dt.date
    until: dt.date
    form_number: str


def check_consent(consent: NewConsent, *, today: dt.date) -> None:
    """Refuse a consent without a form, of a day to come, or for too long. Raises ConsentRefused."""
    if consent.given_on > today:
        raise ConsentRefused("Tanggal ini belum tiba.", field="given_on")
    if consent.until < max(consent.given_on, today):
        raise ConsentRefused("Masa berlaku itu sudah lewat.", field="until")
    if consent.until - consent.given_on > LONGEST_CONSENT:
        raise ConsentRefused("Persetujuan berlaku paling lama 12 bulan.", field="until")
    if not consent.form_number:
        raise ConsentRefused("Isi nomor formulir yang ditandatangani.", field="form_number")
    if len(consent.form_number) > FORM_LENGTH:
        raise ConsentRefused(f"Nomor paling panjang {FORM_LENGTH} huruf.", field="form_number")
