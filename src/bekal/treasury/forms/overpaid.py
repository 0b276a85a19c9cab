"""What people type when premi that was paid too much is settled."""

from uuid import UUID

from django import forms

from bekal.ledger.rules import AccountKind
from bekal.treasury.forms.clearing import CHOOSE
from bekal.treasury.forms.fields import KeyField, RupiahField, words
from bekal.treasury.rules.clearing import PAPER_LENGTH
from bekal.treasury.rules.overpaid import REASON_LENGTH, WAY_LABELS, NewPremiClearing


class ProposeForm(forms.Form):
    """How much is settled, how, and on which paper it rests; why, where nobody asks for it."""

    key = KeyField()
    way = forms.ChoiceField(
        label="Cara",
        choices=[(way.value, label) for way, label in WAY_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    amount = RupiahField("Yang diselesaikan", missing="Isi jumlahnya.")
    paper = words(
        "Nomor berita acara atau surat",
        longest=PAPER_LENGTH,
        missing="Isi nomor berita acara atau suratnya.",
    )
    reason = words("Mengapa tidak ditagih lagi", longest=REASON_LENGTH, rows=2)

    def __init__(self, data: object = None, *, left: int, key: UUID) -> None:
        """Offer all that stands and does not wait for the head yet."""
        initial = {"key": key, "amount": left or None}
        super().__init__(data, initial=initial)  # type: ignore[arg-type]

    def clearing(self, unit_id: int, maker: str) -> NewPremiClearing:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewPremiClearing(
            key=given["key"],
            unit_id=unit_id,
            maker=maker,
            way=AccountKind(given["way"]),
            amount=given["amount"],
            paper=given["paper"],
            reason=given["reason"],
        )
