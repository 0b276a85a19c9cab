"""What somebody says of one line of the basket."""

from typing import Any

from django import forms

from bekal.foundation.formats import read_count
from bekal.foundation.refusals import Refused
from bekal.shop.rules import MOST_PIECES, BasketRefused, too_many_pieces


class LineForm(forms.Form):
    """Pieces of a line and the price that its page showed; what is no number is told."""

    act = forms.ChoiceField(choices=[("ubah", "ubah"), ("keluarkan", "keluarkan")])
    jumlah = forms.CharField(required=False, max_length=12)
    harga = forms.IntegerField(required=False, min_value=0, max_value=10**12)

    def clean_jumlah(self) -> int:
        """Whole pieces; none takes the line out."""
        text = str(self.cleaned_data["jumlah"] or "").strip()
        try:
            pieces = read_count(text or "1")
            if pieces > MOST_PIECES:
                raise BasketRefused(too_many_pieces())
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused
        return pieces

    @property
    def problem(self) -> str:
        """What is wrong, in one sentence."""
        told: dict[str, Any] = self.errors
        return str(next(iter(next(iter(told.values())))))
