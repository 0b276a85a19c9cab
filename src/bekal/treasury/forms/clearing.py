"""What people type when a difference of cash is settled."""

from uuid import UUID

from django import forms

from bekal.treasury.forms.fields import KeyField, RupiahField, words
from bekal.treasury.rules.clearing import (
    PAPER_LENGTH,
    WAY_LABELS,
    Decision,
    NewClearing,
    Way,
    ways_of,
)
from bekal.treasury.rules.closing import NOTE_LENGTH

CHOOSE = "Pilih caranya."
"""What is said to whoever chose no way."""


class WayField(forms.ChoiceField):
    """Offers the ways that fit; the action says why another one does not, or no longer."""

    def valid_value(self, value: object) -> bool:
        """Whether it is a way at all."""
        return value in set(Way)


class ProposeForm(forms.Form):
    """How much of the difference is settled, how, and on which paper it rests."""

    key = KeyField()
    way = WayField(
        label="Cara",
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    amount = RupiahField("Yang diselesaikan", missing="Isi jumlahnya.")
    paper = words(
        "Nomor berita acara atau surat",
        longest=PAPER_LENGTH,
        missing="Isi nomor berita acara atau suratnya.",
    )

    def __init__(self, data: object = None, *, difference: int, waiting: int, key: UUID) -> None:
        """Offer what fits a difference of so many rupiah, and all of it that does not wait yet."""
        initial = {"key": key, "amount": max(abs(difference) - waiting, 0) or None}
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        ways = [(way.value, WAY_LABELS[way]) for way in ways_of(difference)]
        self.fields["way"].choices = ways  # type: ignore[attr-defined]

    def clearing(self, unit_id: int) -> NewClearing:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewClearing(
            given["key"], unit_id, Way(given["way"]), given["amount"], given["paper"]
        )


class DecideForm(forms.Form):
    """The head's decision: approving needs no word, refusing does."""

    key = KeyField()
    why = words("Mengapa ditolak", longest=NOTE_LENGTH, rows=2)

    def decision(self, unit_id: int, clearing_id: UUID, *, is_approved: bool) -> Decision:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return Decision(given["key"], unit_id, clearing_id, is_approved, given["why"])
