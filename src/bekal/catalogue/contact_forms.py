"""What the head of a unit types of how buyers reach it."""

from typing import Any

from django import forms

from bekal.catalogue.rules import HOURS_LENGTH, POINT_LENGTH
from bekal.foundation.formats import Unreadable, read_phone


def _line(label: str, longest: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=longest)


class ContactForm(forms.Form):
    """The unit's WhatsApp number, pick-up point and hours, or nothing."""

    number = forms.CharField(
        label="Nomor WhatsApp layanan",
        required=False,
        max_length=40,
        error_messages={"max_length": "Tulis satu nomor saja."},
    )
    pickup_point = _line("Alamat loket", POINT_LENGTH)
    pickup_hours = _line("Hari dan jam buka", HOURS_LENGTH)

    def clean_number(self) -> str:
        """The number as it is stored, however it was written; empty where none was."""
        text = str(self.cleaned_data["number"] or "").strip()
        try:
            return read_phone(text) if text else ""
        except Unreadable as refused:
            raise forms.ValidationError(refused.message) from refused

    def clean_pickup_point(self) -> str:
        """Where it is, in one line, as it is printed."""
        return " ".join(str(self.cleaned_data["pickup_point"] or "").split())

    def clean(self) -> dict[str, Any]:
        """Hours are those of a point."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("pickup_hours") and cleaned.get("pickup_point") == "":
            self.add_error("pickup_point", "Isi alamatnya juga: jam buka ini berlaku di mana?")
        return cleaned
