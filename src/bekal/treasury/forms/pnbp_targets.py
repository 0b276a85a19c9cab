"""A year's target as its document says."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from bekal.treasury.forms.pnbp import Rupiah, words
from bekal.ui.inputs import Keyed


class TargetForm(Keyed):
    """For which year, how much, by which document."""

    year = forms.TypedChoiceField(
        label="Tahun",
        coerce=int,
        error_messages={"required": "Pilih tahunnya.", "invalid_choice": "Pilih tahunnya."},
    )
    amount = Rupiah("Target PNBP setahun", "Isi jumlahnya, misalnya 20.000.000.")
    citation = words("Dokumen yang menetapkannya", "Isi nama dan nomor dokumennya.")

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: dt.date) -> None:
        """Offer last year, this one and the next."""
        super().__init__(data, initial={"year": today.year})
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(year, str(year)) for year in range(today.year - 1, today.year + 2)]
