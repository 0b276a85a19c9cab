"""The fields that the forms of money share, read generously."""

from collections.abc import Iterable

from django import forms

from bekal.foundation import formats
from bekal.foundation.refusals import Refused

STALE = "Halaman ini tidak lengkap. Muat ulang, lalu isi lagi."


class KeyField(forms.UUIDField):
    """The key that a page got when it was first made; it makes a repeat harmless."""

    def __init__(self) -> None:
        """Hide it; a page that lost it says so."""
        super().__init__(
            widget=forms.HiddenInput, error_messages={"required": STALE, "invalid": STALE}
        )


class RupiahField(forms.CharField):
    """Whole rupiah as people write them."""

    def __init__(self, label: str, *, missing: str) -> None:
        """Say what is missing in the person's words."""
        super().__init__(label=label, error_messages={"required": missing})

    def clean(self, value: object) -> int:
        """Read "48.000" or "Rp48.000"."""
        return _read(str(super().clean(value)))


class RupiahOrNothing(forms.CharField):
    """Whole rupiah as people write them; blank is none."""

    def __init__(self, label: str) -> None:
        """Show that nothing typed counts as none."""
        super().__init__(
            label=label, required=False, widget=forms.TextInput(attrs={"placeholder": "0"})
        )

    def clean(self, value: object) -> int:
        """Read "48.000" or nothing."""
        text = str(super().clean(value)).strip()
        return _read(text) if text else 0


class CountField(forms.CharField):
    """A number of pieces; blank is none."""

    def __init__(self, label: str) -> None:
        """Show that nothing typed counts as none."""
        super().__init__(
            label=label, required=False, widget=forms.TextInput(attrs={"placeholder": "0"})
        )

    def clean(self, value: object) -> int:
        """Read "3" or "1.200"."""
        text = str(super().clean(value)).strip()
        if not text:
            return 0
        try:
            return formats.read_count(text)
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


def words(label: str, *, longest: int, missing: str = "", rows: int = 0) -> forms.CharField:
    """A few words; without a sentence for their lack they may be blank."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={"required": missing},
    )


def tiles(label: str, choices: Iterable[tuple[str, str]], *, missing: str) -> forms.ChoiceField:
    """One of a few, each to be seen."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


def _read(text: str) -> int:
    try:
        return formats.read_rupiah(text)
    except Refused as refused:
        raise forms.ValidationError(refused.message) from refused
