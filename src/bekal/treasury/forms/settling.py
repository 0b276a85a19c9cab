"""What people type when a bank line is QRIS money."""

from django import forms

from bekal.foundation.clock import Period
from bekal.treasury.forms.fields import STALE, CountField, KeyField, words
from bekal.treasury.rules.settling import REASON_LENGTH, NewSettling


class SuggestedForm(forms.Form):
    """A suggestion that a person takes: which line, which days, which fee."""

    key = KeyField()
    line = forms.IntegerField(error_messages={"required": STALE, "invalid": STALE})
    fee = forms.IntegerField(min_value=0, error_messages={"required": STALE, "invalid": STALE})
    first = forms.DateField(error_messages={"required": STALE, "invalid": STALE})
    last = forms.DateField(error_messages={"required": STALE, "invalid": STALE})

    def settling(self, unit_id: int) -> NewSettling:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        days = Period(given["first"], max(given["first"], given["last"]))
        return NewSettling(given["key"], unit_id, given["line"], given["fee"], days)


class ByHandForm(forms.Form):
    """A line that a person knows to be QRIS money, with the fee that was kept back, and why."""

    key = KeyField()
    fee = CountField("Biaya yang dipotong (rupiah)")
    reason = words(
        "QRIS hari mana, atau sebabnya",
        longest=REASON_LENGTH,
        missing="Tulis QRIS hari mana, atau sebabnya.",
    )

    def settling(self, unit_id: int, line_id: int) -> NewSettling:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewSettling(given["key"], unit_id, line_id, given["fee"], None, given["reason"])
