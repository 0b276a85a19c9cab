"""Work for makers, its end, and how long anybody may work."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from bekal.production.forms.fields import CountField, NoteField
from bekal.production.rules import BASIS_LENGTH, WEEKS, NewAssignment, NewWorkLimit
from bekal.ui.inputs import day_field

_DAYS = {"required": "Pilih hari kerjanya.", "invalid_choice": "Pilih hari kerjanya."}


class AssignForm(forms.Form):
    """In which workshop, from when, how long a day."""

    workshop = forms.TypedChoiceField(
        label="Bengkel",
        coerce=int,
        error_messages={"required": "Pilih bengkelnya.", "invalid_choice": "Pilih bengkelnya."},
    )
    first = day_field("Mulai", missing="Isi tanggal mulai.")
    until = day_field("Sampai", missing="")
    minutes_a_day = CountField(
        label="Menit kerja sehari", missing="Isi jumlah menitnya, misalnya 360."
    )
    days_a_week = forms.TypedChoiceField(
        label="Hari kerja", coerce=int, choices=list(WEEKS.items()), error_messages=_DAYS
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        workshops: Iterable[tuple[int, str]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the unit's workshops, as (id, name)."""
        super().__init__(data, initial={"days_a_week": 5, **(initial or {})})
        field = self.fields["workshop"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Pilih bengkel"), *workshops]

    def assignment(self, maker: str) -> NewAssignment:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewAssignment(
            maker=maker,
            workshop_id=given["workshop"],
            first=given["first"],
            until=given["until"],
            minutes_a_day=given["minutes_a_day"],
            days_a_week=given["days_a_week"],
        )


class EndForm(forms.Form):
    """The last day of somebody's work."""

    last = day_field("Hari kerja terakhir", missing="Isi tanggalnya.")


class LimitForm(forms.Form):
    """How long anybody may work, and by which decision."""

    minutes_a_day = CountField(
        label="Paling banyak menit sehari", missing="Isi jumlah menitnya, misalnya 420."
    )
    minutes_a_week = CountField(
        label="Paling banyak menit seminggu", missing="Isi jumlah menitnya, misalnya 2.100."
    )
    basis = NoteField(
        label="Dasar", longest=BASIS_LENGTH, missing="Isi nomor keputusan kepala UPT."
    )
    valid_from = day_field("Berlaku mulai", missing="Isi tanggal mulai berlaku.")

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: dt.date) -> None:
        """Begin today."""
        super().__init__(data, initial={"valid_from": today})

    def limit(self) -> NewWorkLimit:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        basis = " ".join(given["basis"].split())
        return NewWorkLimit(
            given["minutes_a_day"], given["minutes_a_week"], basis, given["valid_from"]
        )
