"""What people type when they count cash."""

from collections.abc import Iterator

from django import forms
from django.forms import BoundField

from bekal.foundation import formats
from bekal.treasury.forms.fields import CountField, KeyField, words
from bekal.treasury.rules.cash import DENOMINATIONS, REASON_LENGTH, NewCount, counted
from bekal.ui.inputs import day_field


class CountForm(forms.Form):
    """Notes and coins at the end of a day; `expected` is what the page said of the books."""

    key = KeyField()
    day = day_field("Hari", missing="Isi harinya.")
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)
    replaces = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reason = words("Sebab selisih", longest=REASON_LENGTH)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Ask for each denomination."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for one in DENOMINATIONS:
            self.fields[one.code] = CountField(f"{one.word} {formats.rupiah(one.value)}")

    def piece_fields(self) -> Iterator[BoundField]:
        """The fields of the denominations, the largest first."""
        return (self[one.code] for one in DENOMINATIONS)

    def pieces(self) -> dict[str, int]:
        """Numbers by denomination, when the form is valid."""
        return {one.code: self.cleaned_data[one.code] for one in DENOMINATIONS}

    def total(self) -> int:
        """Rupiah of the pieces. Raises CashRefused."""
        return counted(self.pieces())

    def count(self, unit_id: int, *, is_same: bool) -> NewCount:
        """What the action is asked for; `is_same`: the cash is what the books say."""
        given = self.cleaned_data
        return NewCount(
            key=given["key"],
            unit_id=unit_id,
            day=given["day"],
            pieces={} if is_same else self.pieces(),
            expected=given["expected"],
            reason=given["reason"],
            replaces=given["replaces"],
        )
