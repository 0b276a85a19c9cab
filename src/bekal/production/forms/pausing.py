"""The word that a unit takes no orders for a while."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from bekal.foundation.clock import Zone
from bekal.production.forms.fields import NoteField
from bekal.production.rules import SENTENCE_LENGTH
from bekal.ui.inputs import day_field

_HOURS = ["%H:%M", "%H.%M"]
_WRONG_HOUR = "Tulis jam seperti 08.00."


class PauseForm(forms.Form):
    """Why buyers cannot order, and until when; without a day, until somebody ends it."""

    sentence = NoteField(
        label="Kalimat untuk pembeli",
        longest=SENTENCE_LENGTH,
        missing="Isi kalimat yang dibaca pembeli.",
    )
    day = day_field("Dibuka lagi tanggal", missing="")
    hour = forms.TimeField(
        label="Jam",
        required=False,
        input_formats=_HOURS,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _WRONG_HOUR},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, zone: Zone) -> None:
        """Read the hour on the unit's own clock."""
        super().__init__(data, initial={"hour": "08:00"})
        self.zone = zone

    def until(self) -> dt.datetime | None:
        """The instant of its end, when the form is valid; None without a day."""
        day: dt.date | None = self.cleaned_data["day"]
        hour: dt.time = self.cleaned_data["hour"] or dt.time(0)
        return dt.datetime.combine(day, hour, tzinfo=self.zone.info) if day else None
