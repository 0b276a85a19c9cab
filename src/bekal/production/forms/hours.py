"""Workshops, their working time, and what is made to order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from bekal.production.forms.fields import CountField, NoteField
from bekal.production.rules import KIND_LENGTH, NAME_LENGTH, WEEKS, NewWorkTime
from bekal.ui.inputs import day_field

_MISSING_MINUTES = "Isi jumlah menitnya, misalnya 480."


class TimeForm(forms.Form):
    """Minutes of a working day, and which days are working days."""

    minutes = CountField(label="Menit kerja sehari", missing=_MISSING_MINUTES)
    days_a_week = forms.TypedChoiceField(
        label="Hari kerja",
        coerce=int,
        choices=list(WEEKS.items()),
        error_messages={
            "required": "Pilih hari kerjanya.",
            "invalid_choice": "Pilih hari kerjanya.",
        },
    )
    valid_from = day_field("Berlaku mulai", missing="Isi tanggal mulai berlaku.")

    def time(self) -> NewWorkTime:
        """What was typed, when the form is valid."""
        return NewWorkTime(self.cleaned_data["minutes"], self.cleaned_data["days_a_week"])


class WorkshopForm(TimeForm):
    """A new workshop with its working time from today on."""

    name = NoteField(
        label="Nama bengkel",
        longest=NAME_LENGTH,
        missing="Isi nama bengkel, misalnya Bengkel jahit.",
    )
    kind = NoteField(label="Jenis pekerjaan", longest=KIND_LENGTH)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Begin today, so ask for no day."""
        super().__init__(data, initial={"days_a_week": 5})
        del self.fields["valid_from"]


class DayForm(forms.Form):
    """One day by itself; blank lets it follow the week again."""

    day = day_field("Tanggal", missing="Isi tanggalnya.")
    minutes = CountField(label="Menit kerja hari itu", is_optional=True)


class WorkForm(forms.Form):
    """That a product is made to order: how long a piece takes, and how soon it begins."""

    product = forms.TypedChoiceField(
        label="Produk",
        coerce=int,
        error_messages={"required": "Pilih produknya.", "invalid_choice": "Pilih produknya."},
    )
    minutes_a_piece = CountField(
        label="Menit untuk satu buah", missing="Isi menit untuk satu buah, misalnya 90."
    )
    days_ahead = CountField(label="Hari persiapan", missing="Isi hari persiapan, misalnya 2.")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        products: Iterable[tuple[int, str]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the unit's products, as (id, name)."""
        super().__init__(data, initial={"days_ahead": 2, **(initial or {})})
        choices: Sequence[tuple[Any, str]] = [("", "Pilih produk"), *products]
        field = self.fields["product"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
