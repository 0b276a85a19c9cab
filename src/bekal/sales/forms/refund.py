"""What a person types to take a sale back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from bekal.foundation.ids import uuid7
from bekal.sales.forms.fields import KeyField, PiecesField, tiles
from bekal.sales.queries import RefundableLine
from bekal.sales.rules import GOODS_LABELS, REFUND_LABELS, Goods


class RefundForm(forms.Form):
    """How many pieces of each line come back, why, and what that means.

    What becomes of the goods is asked where their stock is kept; else they are simply back.
    """

    key = KeyField()
    kind = tiles("Mengapa kembali", REFUND_LABELS, missing="Pilih salah satu.")
    goods = tiles("Barangnya", GOODS_LABELS, missing="Pilih salah satu.")
    reason = forms.CharField(
        label="Alasan",
        max_length=200,
        error_messages={"required": "Isi alasannya, misalnya kain sobek."},
    )
    pieces = forms.Field(required=False, label="Barang", widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        lines: Sequence[RefundableLine],
        is_tracked: bool,
        is_saving: bool = False,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask for the pieces of each line that has some left; when saving, of each line."""
        super().__init__(data, initial={"goods": Goods.BACK.value, **(initial or {})})
        if not is_tracked:
            del self.fields["goods"]
        self.is_saving = is_saving
        self.lines = [line for line in lines if line.left or is_saving]
        for line in self.lines:
            self.fields[f"line_{line.id}"] = PiecesField(label=line.name)

    def clean(self) -> dict[str, Any]:
        """Put together `returned`: (line, pieces) of each line with pieces."""
        cleaned = super().clean() or self.cleaned_data
        returned = []
        for line in self.lines:
            pieces = cleaned.get(f"line_{line.id}")
            most = line.pieces if self.is_saving else line.left
            if pieces and pieces > most:
                text = f"Yang masih bisa kembali {line.left}. Kurangi jumlahnya."
                self.add_error(f"line_{line.id}", text)
            elif pieces:
                returned.append((line, pieces))
        cleaned["returned"] = returned
        if not returned and not any(name.startswith("line_") for name in self.errors):
            self.add_error("pieces", "Isi jumlah barang yang kembali.")
        return cleaned

    def rows(self) -> list[tuple[RefundableLine, forms.BoundField]]:
        """Each line with its field."""
        return [(line, self[f"line_{line.id}"]) for line in self.lines]

    def key_to_send(self, *, is_used: bool) -> str:
        """The key that came, or a new one when none came or it belongs to another message."""
        sent = str(self["key"].value() or "")
        return sent if sent and not is_used and "key" not in self.errors else str(uuid7())

    def answers(self) -> list[tuple[str, str]]:
        """The answers as fields to be sent again, when the form is valid."""
        cleaned = self.cleaned_data
        asked = ("key", "kind", "goods", "reason")
        plain = [(name, str(cleaned[name])) for name in asked if name in self.fields]
        return plain + [(f"line_{line.id}", str(pieces)) for line, pieces in cleaned["returned"]]


class VoidForm(forms.Form):
    """The word that a record was wrong."""

    key = KeyField()

    @property
    def sent_key(self) -> UUID:
        """The key, when the form is valid."""
        key: UUID = self.cleaned_data["key"]
        return key
