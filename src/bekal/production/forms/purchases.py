"""A purchase of materials: the head of its receipt, and one line for each material."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from bekal.catalogue.rules import tidy
from bekal.foundation import formats
from bekal.production.forms.fields import (
    Keyed,
    NoteField,
    QuantityField,
    RupiahField,
    tiles,
)
from bekal.production.queries import MaterialRow
from bekal.production.rules.goods import NOTE_LENGTH
from bekal.production.rules.purchases import (
    FUND_LABELS,
    MOST_LINES,
    PAID_FROM_LABELS,
    RECEIPT_LENGTH,
    SUPPLIER_LENGTH,
    BoughtLine,
    Fund,
    NewPurchase,
    PaidFrom,
)
from bekal.ui.inputs import day_field

FREE = "none"
LINES_AT_FIRST = 4
LINES_MORE = 4


@dataclass(frozen=True)
class LineFields:
    """The fields of one line of the receipt."""

    material: forms.BoundField
    quantity: forms.BoundField
    amount: forms.BoundField


class PurchaseForm(Keyed):
    """A receipt as it lies before the officer; blank lines are none."""

    supplier = NoteField(
        label="Dibeli atau diterima dari",
        longest=SUPPLIER_LENGTH,
        missing="Isi nama toko atau lembaganya.",
    )
    receipt = NoteField(label="Nomor nota", longest=RECEIPT_LENGTH)
    bought_on = day_field("Tanggal nota", missing="Isi tanggalnya.")
    fund = forms.ChoiceField(
        label="Dana",
        widget=forms.RadioSelect,
        choices=[
            *((fund.value, label) for fund, label in FUND_LABELS.items()),
            (FREE, "Tanpa uang"),
        ],
        error_messages={"required": "Pilih dananya.", "invalid_choice": "Pilih dananya."},
    )
    paid_from = tiles(
        "Uang diambil dari", PAID_FROM_LABELS, missing="Pilih asal uangnya.", is_required=False
    )
    total = RupiahField(label="Total nota", is_optional=True)
    note = NoteField(label="Catatan", longest=NOTE_LENGTH)
    lines = forms.Field(required=False, label="Bahan", widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        materials: Sequence[MaterialRow],
        today: dt.date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Ask for as many lines as the page had, and a few more when it is asked to."""
        super().__init__(data, initial={"bought_on": today, **(initial or {})})
        sent = data if data is not None else initial or {}
        rows = formats.read_page(str(sent.get("rows", LINES_AT_FIRST)))
        if sent.get("act") == "baris":
            rows += LINES_MORE
        self.rows = max(1, min(rows, MOST_LINES))
        choices = [("", "Pilih bahan")]
        choices += [(str(row.id), f"{row.name} ({row.measure})") for row in materials]
        for number in range(self.rows):
            self.fields[f"material_{number}"] = forms.ChoiceField(
                label=f"Bahan {number + 1}",
                required=False,
                choices=choices,
                error_messages={"invalid_choice": "Pilih bahannya dari daftar."},
            )
            self.fields[f"quantity_{number}"] = QuantityField(label="Jumlah")
            self.fields[f"amount_{number}"] = RupiahField(label="Harga baris ini")

    def shown_lines(self) -> list[LineFields]:
        """The fields of each line, in order."""
        return [
            LineFields(
                self[f"material_{number}"],
                self[f"quantity_{number}"],
                self[f"amount_{number}"],
            )
            for number in range(self.rows)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing of a line that was begun, and where the money came from."""
        cleaned = super().clean() or self.cleaned_data
        for number in range(self.rows):
            self._clean_line(number, cleaned)
        if cleaned.get("fund") not in {None, FREE} and not cleaned.get("paid_from"):
            self.add_error("paid_from", "Pilih asal uangnya.")
        return cleaned

    def _clean_line(self, number: int, cleaned: Mapping[str, Any]) -> None:
        names = [f"{name}_{number}" for name in ("material", "quantity", "amount")]
        if any(name in self.errors for name in names):
            return
        material, quantity, amount = (cleaned.get(name) for name in names)
        if not material and (quantity or amount):
            self.add_error(names[0], "Pilih bahannya.")
        if material and not quantity:
            self.add_error(names[1], "Isi jumlahnya, misalnya 2,5.")

    def purchase(self, unit_id: int) -> NewPurchase:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        is_free = given["fund"] == FREE
        lines = [
            BoughtLine(
                int(given[f"material_{number}"]),
                given[f"quantity_{number}"],
                given[f"amount_{number}"] or 0,
            )
            for number in range(self.rows)
            if given[f"material_{number}"]
        ]
        return NewPurchase(
            key=self.key,
            unit_id=unit_id,
            supplier=tidy(given["supplier"]),
            receipt=tidy(given["receipt"]),
            bought_on=given["bought_on"],
            total=given["total"] or 0,
            lines=lines,
            fund=None if is_free else Fund(given["fund"]),
            paid_from=None if is_free else PaidFrom(given["paid_from"]),
            note=tidy(given["note"]),
        )
