"""What people type when a month is closed or opened again."""

import datetime as dt
import re

from django import forms

from bekal.treasury.forms.fields import STALE, KeyField, words
from bekal.treasury.rules.closing import NOTE_LENGTH, NewPaper

_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class MonthField(forms.CharField):
    """A month as "2026-03", by its first day."""

    def __init__(self) -> None:
        """Hide it; a page that lost it says so."""
        super().__init__(widget=forms.HiddenInput, error_messages={"required": STALE})

    def clean(self, value: object) -> dt.date:
        """The first day of the month."""
        match = _MONTH.fullmatch(str(super().clean(value)))
        try:
            return dt.date(int(match[1]), int(match[2]), 1) if match else self._refuse()
        except ValueError:
            return self._refuse()

    def _refuse(self) -> dt.date:
        raise forms.ValidationError(STALE)


class PrepareForm(forms.Form):
    """A month that is to be closed, and why although something is open."""

    key = KeyField()
    month = MonthField()
    note = words("Mengapa tetap ditutup", longest=NOTE_LENGTH, rows=2)

    def paper(self, unit_id: int) -> NewPaper:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewPaper(given["key"], unit_id, given["month"], given["note"])


class DecideForm(forms.Form):
    """The head's decision: approving needs no word, refusing does."""

    why = words("Mengapa ditolak", longest=NOTE_LENGTH, rows=2)


class ReopenForm(forms.Form):
    """A month that is to take entries again, and why."""

    key = KeyField()
    month = MonthField()
    reason = words("Alasan membuka lagi", longest=NOTE_LENGTH, missing="Tulis alasannya.", rows=3)
