"""The fields that the forms of production share, read generously."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar

from django import forms

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.production.rules.materials import read_quantity
from bekal.ui.inputs import Keyed as Keyed

_Choice = TypeVar("_Choice", bound=StrEnum)
STALE = "Halaman ini tidak lengkap. Periksa isinya, lalu lanjutkan lagi."


class CountField(forms.CharField):
    """A whole number as a hand writes it, "12" or "1.200"; blank is None."""

    read: Callable[[str], int] = staticmethod(formats.read_count)

    def __init__(self, *, label: str, missing: str = "", is_optional: bool = False) -> None:
        """Ask for an answer when there is a sentence for its lack; say so when it may be blank."""
        super().__init__(
            label=label,
            required=not is_optional,
            widget=forms.TextInput(attrs={"data-pieces": "yes"}),
            error_messages={"required": missing},
        )

    def clean(self, value: object) -> int | None:
        """Read it; what is no number is refused at the field."""
        text = str(value or "").strip()
        if not text:
            if self.error_messages["required"]:
                raise forms.ValidationError(self.error_messages["required"])
            return None
        try:
            return self.read(text)
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


class QuantityField(CountField):
    """An amount of material in its measure, "2,5" or "1.200", as thousandths; blank is None."""

    read: Callable[[str], int] = staticmethod(read_quantity)


class RupiahField(CountField):
    """Whole rupiah as a hand writes them, "48.000"; blank is None."""

    read: Callable[[str], int] = staticmethod(formats.read_rupiah)


class NoteField(forms.CharField):
    """A few words that stand with what was written."""

    def __init__(
        self, *, label: str, longest: int, missing: str = "", is_optional: bool = True
    ) -> None:
        """Require it when there is a sentence for its lack; say so when it may be blank."""
        super().__init__(
            label=label,
            required=bool(missing) or not is_optional,
            max_length=longest,
            error_messages={"required": missing},
        )

    def validate(self, value: str) -> None:
        """A blank is refused only where there is a sentence for it; else the rules decide."""
        if value or self.error_messages["required"]:
            super().validate(value)


def tiles(
    label: str, choices: Mapping[_Choice, str], *, missing: str, is_required: bool = True
) -> forms.ChoiceField:
    """One of a few, none chosen before the person does."""
    return forms.ChoiceField(
        label=label,
        required=is_required,
        choices=[(key.value, text) for key, text in choices.items()],
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )
