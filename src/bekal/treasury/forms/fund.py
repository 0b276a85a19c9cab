"""What people type when the capital fund is used."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django import forms

from bekal.foundation.attachments import Attachment, check_size, read_attachment
from bekal.treasury.forms.fields import KeyField, RupiahField, words
from bekal.treasury.rules.closing import NOTE_LENGTH
from bekal.treasury.rules.fund import (
    PAYS_LABELS,
    PURPOSE_LABELS,
    RECEIPT_LENGTH,
    WHAT_LENGTH,
    NewChange,
    NewPayment,
    NewRequest,
    Pays,
    Purpose,
)
from bekal.ui.inputs import day_field

_CHOOSE = "Pilih salah satu."


def _means(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(pays.value, PAYS_LABELS[pays]) for pays in Pays],
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )


class AskForm(forms.Form):
    """What is to be bought."""

    key = KeyField()
    purpose = forms.ChoiceField(
        label="Untuk apa",
        choices=[(purpose.value, PURPOSE_LABELS[purpose]) for purpose in Purpose],
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    what = words("Apa yang dibeli", longest=WHAT_LENGTH, missing="Tulis apa yang akan dibeli.")
    estimate = RupiahField("Perkiraan harga", missing="Isi perkiraan harganya.")
    workshop = forms.TypedChoiceField(
        label="Bengkel",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _CHOOSE},
    )

    def __init__(
        self, data: object = None, *, workshops: Iterable[tuple[int, str]], key: UUID
    ) -> None:
        """Offer the unit's workshops."""
        super().__init__(data, initial={"key": key})  # type: ignore[arg-type]
        self.fields["workshop"].choices = [("", "Semua bengkel"), *workshops]  # type: ignore[attr-defined]

    def request(self, unit_id: int) -> NewRequest:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewRequest(
            given["key"],
            unit_id,
            Purpose(given["purpose"]),
            given["what"],
            given["estimate"],
            given["workshop"],
        )


class DecideForm(forms.Form):
    """The head's decision: approving needs no word, refusing does."""

    why = words("Mengapa ditolak", longest=NOTE_LENGTH, rows=2)


class PayForm(forms.Form):
    """What was paid, with its receipt."""

    key = KeyField()
    amount = RupiahField("Dibayar", missing="Isi jumlah yang dibayar.")
    means = _means("Dibayar dari")
    receipt_number = words(
        "Nomor kuitansi", longest=RECEIPT_LENGTH, missing="Isi nomor kuitansinya."
    )
    paid_on = day_field("Tanggal bayar", missing="Isi tanggalnya.")
    file = forms.FileField(
        label="Foto atau berkas kuitansi",
        required=False,
    )

    def payment(self, unit_id: int, request_id: UUID) -> NewPayment:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewPayment(
            given["key"],
            unit_id,
            request_id,
            given["amount"],
            Pays(given["means"]),
            given["receipt_number"],
            given["paid_on"],
        )

    def attachment(self) -> Attachment | None:
        """The file, looked into. Raises AttachmentRefused."""
        file = self.cleaned_data.get("file")
        if file is None:
            return None
        check_size(file.size)
        return read_attachment(name=str(file.name), content=file.read())


class ChangeForm(forms.Form):
    """What of a payment came back."""

    key = KeyField()
    amount = RupiahField("Yang kembali", missing="Isi jumlah yang kembali.")
    means = _means("Kembali ke")

    def change(self, unit_id: int, payment_id: UUID, *, on: dt.date) -> NewChange:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewChange(
            given["key"], unit_id, payment_id, given["amount"], Pays(given["means"]), on
        )
