"""What an institution types of itself."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekal.foundation.formats import read_phone
from bekal.foundation.npwp import read_npwp
from bekal.foundation.refusals import Refused
from bekal.institutions.forms.fields import (
    KeyedForm,
    StrangerForm,
    optional_text,
    read,
    text,
    tiles,
)
from bekal.shop.queries import CHECKED, UNCHECKED, InstitutionFilters
from bekal.shop.rules import (
    CONTACT_LENGTH,
    INSTITUTION_LABELS,
    INSTITUTION_LENGTH,
    OUTLET_LENGTH,
    InstitutionKind,
    InstitutionSaid,
)


def _email() -> forms.EmailField:
    question = _("Tulis alamat email, misalnya pengadaan@contoh.go.id.")
    return forms.EmailField(
        label=_("Email"), error_messages={"required": question, "invalid": question}
    )


class ContactForm(KeyedForm):
    """With whom one speaks at an institution."""

    contact_name = text(_("Nama narahubung"), _("Isi nama narahubung."), CONTACT_LENGTH)
    phone = text(_("Nomor WhatsApp atau telepon"), _("Isi nomor teleponnya."), 40)
    email = _email()

    def clean_phone(self) -> str:
        """Read the number in any usual way of writing it."""
        try:
            return read_phone(self.cleaned_data["phone"])
        except Refused:
            words = gettext("Tulis nomor HP Indonesia, misalnya 0812 3456 7890.")
            raise forms.ValidationError(words) from None


class RegisterForm(ContactForm, StrangerForm):
    """What an institution says of itself to be given a private address."""

    name = text(_("Nama lembaga"), _("Isi nama lembaga."), INSTITUTION_LENGTH)
    npwp = text(_("NPWP"), _("Isi NPWP lembaga."), 60)
    kind = tiles(_("Jenis lembaga"), INSTITUTION_LABELS, _("Pilih jenis lembaga."))
    outlet = optional_text(_("Bila pengecer: di mana dijual lagi"), OUTLET_LENGTH)
    field_order = ("name", "kind", "npwp", "outlet", "contact_name", "phone", "email")

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Ask resellers for no NPWP."""
        super().__init__(data)
        self.fields["npwp"].required = (data or {}).get("kind") != InstitutionKind.RESELLER

    def clean_npwp(self) -> str:
        """Read the sixteen digits; a reseller may have none."""
        typed = self.cleaned_data["npwp"]
        npwp: str = read(read_npwp, typed) if typed else ""
        return npwp

    @property
    def said(self) -> InstitutionSaid:
        """What was said, of a form without faults."""
        asked: dict[str, Any] = {
            name: self.cleaned_data[name]
            for name in ("name", "npwp", "contact_name", "phone", "email", "outlet")
        }
        return InstitutionSaid(kind=InstitutionKind(self.cleaned_data["kind"]), **asked)


class AddressForm(StrangerForm):
    """The e-mail to which private addresses are sent once more."""

    email = _email()


def read_institution_filters(asked: Mapping[str, str]) -> InstitutionFilters:
    """Read cari, jenis and status of the list's address; nonsense narrows nothing."""
    kind, state = asked.get("jenis", ""), asked.get("status", "")
    return InstitutionFilters(
        text=" ".join(asked.get("cari", "").replace("\0", " ").split())[:80],
        kind=kind if kind in set(InstitutionKind) else "",
        state=state if state in {CHECKED, UNCHECKED} else "",
    )
