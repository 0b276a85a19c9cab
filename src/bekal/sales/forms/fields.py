"""The fields that the forms of sales share, read generously."""

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from django import forms

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.ui.inputs import DATES

_Choice = TypeVar("_Choice", bound=StrEnum)
STALE = "Halaman ini tidak lengkap. Periksa isinya, lalu lanjutkan lagi."


def read_day(text: str) -> dt.date | None:
    """A day as the calendar or a hand writes it; None when it is none."""
    try:
        day = forms.DateField(input_formats=DATES, required=False).clean(text)
    except forms.ValidationError:
        return None
    return day if isinstance(day, dt.date) else None


class KeyField(forms.UUIDField):
    """The key that a page got when it was first made; it makes a repeat harmless."""

    def __init__(self) -> None:
        """Hide it; a page that lost it says so."""
        super().__init__(
            widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE}
        )


class PiecesField(forms.CharField):
    """A number of pieces; blank is none."""

    def __init__(self, *, label: str) -> None:
        """Mark the input for the running total."""
        super().__init__(
            label=label, widget=forms.TextInput(attrs={"data-pieces": "yes", "placeholder": "0"})
        )

    def clean(self, value: object) -> int:
        """Read "3" or "1.200" as whole pieces."""
        text = str(value or "").strip()
        return read(formats.read_count, text) if text else 0


class PriceField(forms.CharField):
    """A price of one piece in rupiah; blank takes the price sheet's."""

    def __init__(self, *, label: str, initial: int | None) -> None:
        """Begin with what the price sheet says."""
        widget = forms.TextInput(attrs={"data-price": "yes"})
        super().__init__(label=label, initial=initial, widget=widget)

    def clean(self, value: object) -> int | None:
        """Read "15000", "15.000" or "Rp 15.000" as whole rupiah, at least one."""
        text = str(value or "").strip()
        price = read(formats.read_rupiah, text) if text else None
        if price == 0:
            raise forms.ValidationError("Harga paling sedikit Rp1. Tulis misalnya 15.000.")
        return price


def read(reader: Callable[[str], int], text: str) -> int:
    """What a reader of foundation.formats makes of a text; its refusal stands at the field."""
    try:
        return reader(text)
    except Refused as refused:
        raise forms.ValidationError(refused.message) from refused


def tiles(label: str, choices: Mapping[_Choice, str], *, missing: str) -> forms.ChoiceField:
    """One of a few, none chosen before the person does."""
    return forms.ChoiceField(
        label=label,
        choices=[(key.value, text) for key, text in choices.items()],
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )
