"""What the head of a unit types of its number."""

from django import forms

from bekal.foundation.formats import Unreadable, read_phone


class ContactForm(forms.Form):
    """The unit's WhatsApp number, or nothing."""

    number = forms.CharField(
        label="Nomor WhatsApp layanan",
        required=False,
        max_length=40,
        error_messages={
            "max_length": "Tulis satu nomor saja.",
            "null_characters_not_allowed": "Tulis dengan huruf dan angka biasa.",
        },
    )

    def clean_number(self) -> str:
        """The number as it is stored, however it was written; empty where none was."""
        text = str(self.cleaned_data["number"] or "").strip()
        try:
            return read_phone(text) if text else ""
        except Unreadable as refused:
            raise forms.ValidationError(refused.message) from refused
