"""What an institution is, and what may be said of one. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bekal.foundation.refusals import Refused

INSTITUTION_LENGTH = 120
CONTACT_LENGTH = 80
CONTACT_NOTE_LENGTH = 2000
OUTLET_LENGTH = 120
INSTITUTION_KEY = "institution"
KEPT_IN_USE = dt.timedelta(days=5 * 365 + 1)
"""How long who speaks for an institution is kept after the last request or order."""
KEPT_UNUSED = dt.timedelta(days=365)
"""How long an institution is kept that registered, was not checked, and asked for nothing."""


class InstitutionKind(StrEnum):
    """What an institution is, as it says itself."""

    OFFICE = "office"
    SCHOOL = "school"
    HOTEL = "hotel"
    VENDOR = "vendor"
    FIRM = "firm"
    COOPERATIVE = "cooperative"
    SOCIAL = "social"
    RESELLER = "reseller"


INSTITUTION_LABELS = {
    InstitutionKind.OFFICE: gettext_lazy("Kantor pemerintah"),
    InstitutionKind.SCHOOL: gettext_lazy("Sekolah atau pesantren"),
    InstitutionKind.HOTEL: gettext_lazy("Hotel, restoran, atau katering"),
    InstitutionKind.VENDOR: gettext_lazy("Penyedia bahan makanan (bama)"),
    InstitutionKind.FIRM: gettext_lazy("Perusahaan"),
    InstitutionKind.COOPERATIVE: gettext_lazy("Koperasi atau usaha kecil"),
    InstitutionKind.SOCIAL: gettext_lazy("Yayasan atau organisasi"),
    InstitutionKind.RESELLER: gettext_lazy("Pengecer: menjual lagi"),
}


class InstitutionRefused(Refused):
    """An institution cannot be registered, checked or changed as asked."""


@dataclass(frozen=True)
class InstitutionSaid:
    """What an institution says of itself: `npwp` has sixteen digits, `phone` is E.164.

    A reseller may have no NPWP, and says in `outlet` where it sells.
    """

    name: str
    npwp: str
    kind: InstitutionKind
    contact_name: str
    phone: str
    email: str
    outlet: str = ""


def check_said(said: InstitutionSaid) -> None:
    """Refuse an institution without a name or a person to speak to. Numbers were read before."""
    _check_text(said.name, INSTITUTION_LENGTH, field="name", question=_("Isi nama lembaga."))
    is_reseller = said.kind is InstitutionKind.RESELLER
    if not said.npwp and not is_reseller:
        raise InstitutionRefused(_("Isi NPWP lembaga."), field="npwp")
    if is_reseller or said.outlet:
        question = _("Tulis di mana Anda menjualnya lagi.")
        _check_text(said.outlet, OUTLET_LENGTH, field="outlet", question=question)
    check_contact(said.contact_name, said.email)


def check_contact(contact_name: str, email: str) -> None:
    """Refuse nobody to speak to, and what is no address for e-mail."""
    question = _("Isi nama narahubung.")
    _check_text(contact_name, CONTACT_LENGTH, field="contact_name", question=question)
    try:
        validate_email(email)
    except ValidationError:
        words = _("Tulis alamat email, misalnya pengadaan@contoh.go.id.")
        raise InstitutionRefused(words, field="email") from None


def _check_text(text: str, longest: int, *, field: str, question: str) -> None:
    if not text.strip():
        raise InstitutionRefused(question, field=field)
    if len(text) > longest:
        words = _("Paling panjang %(letters)s huruf. Singkat tulisannya.")
        raise InstitutionRefused(words % {"letters": longest}, field=field)
