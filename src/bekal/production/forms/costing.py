"""A price sheet: materials and other costs for so many pieces, and why the price is what it is."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify

from bekal.catalogue.rules import tidy
from bekal.foundation import formats
from bekal.production.forms.fields import (
    CountField,
    Keyed,
    NoteField,
    QuantityField,
    RupiahField,
)
from bekal.production.queries import MaterialRow, Priced, PricedFilters, Sheet
from bekal.production.rules.costing import (
    MOST_COST_LINES,
    WORDS_LENGTH,
    NewCostSheet,
    NewMaterialLine,
    NewOtherLine,
)
from bekal.production.rules.goods import NOTE_LENGTH
from bekal.production.rules.materials import quantity_text
from bekal.ui.inputs import day_field

PRICED_SLUGS: dict[str, Priced] = {slugify(standing.value): standing for standing in Priced}
MATERIALS_AT_FIRST = 4
OTHERS_AT_FIRST = 2
LINES_MORE = 3
_LONGEST_SEARCH = 120


def read_priced_filters(asked: Mapping[str, str]) -> PricedFilters:
    """Read the list's address: cari, keadaan, halaman; nonsense narrows nothing."""
    return PricedFilters(
        text=tidy(asked.get("cari", ""))[:_LONGEST_SEARCH],
        standing=PRICED_SLUGS.get(asked.get("keadaan", "")),
        page=formats.read_page(asked.get("halaman", "")),
    )


def filled_from(sheet: Sheet | None, *, price: int | None) -> dict[str, Any]:
    """What the form begins with: the last sheet, so that a new one is its change."""
    begun: dict[str, Any] = {"pieces": "1", "minutes": "0"}
    if price is not None:
        begun["price"] = formats.thousands(price)
    if sheet is None:
        return begun
    materials = [line for line in sheet.lines if line.material_id is not None]
    others = [line for line in sheet.lines if line.material_id is None]
    begun |= {
        "pieces": formats.thousands(sheet.pieces),
        "minutes": formats.thousands(sheet.minutes),
        "labour": formats.thousands(sheet.labour) if sheet.labour else "",
        "labour_reason": sheet.labour_reason,
        "reason": sheet.reason,
        "rows": str(max(len(materials), MATERIALS_AT_FIRST)),
        "other_rows": str(max(len(others), OTHERS_AT_FIRST)),
    }
    for number, line in enumerate(materials):
        begun[f"material_{number}"] = str(line.material_id)
        begun[f"quantity_{number}"] = quantity_text(line.quantity or 0)
    for number, line in enumerate(others):
        begun[f"words_{number}"] = line.words
        begun[f"amount_{number}"] = formats.thousands(line.amount)
    return begun


class CostForm(Keyed):
    """A price sheet as it is typed; blank lines are none."""

    valid_from = day_field("Berlaku mulai", missing="Isi tanggal mulai berlaku.")
    pieces = CountField(label="Untuk berapa buah", missing="Isi untuk berapa buah, misalnya 1.")
    lines = forms.Field(required=False, label="Bahan dan biaya", widget=forms.HiddenInput)
    minutes = CountField(
        label="Menit kerja semua orang", missing="Isi menitnya, 0 kalau tidak ada."
    )
    labour = RupiahField(label="Biaya kerja", is_optional=True)
    labour_reason = NoteField(label="Dasar biaya kerja", longest=NOTE_LENGTH)
    price = RupiahField(label="Harga jual satu buah", is_optional=True)
    reason = NoteField(label="Alasan harga", longest=NOTE_LENGTH)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        materials: Sequence[MaterialRow],
        today: dt.date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Ask for as many lines as the page had, and a few more when it is asked to."""
        super().__init__(data, initial={"valid_from": today, **(initial or {})})
        sent = data if data is not None else initial or {}
        self.rows = _rows(sent, "rows", at_first=MATERIALS_AT_FIRST)
        self.other_rows = _rows(sent, "other_rows", at_first=OTHERS_AT_FIRST)
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
        for number in range(self.other_rows):
            self.fields[f"words_{number}"] = NoteField(
                label=f"Biaya lain {number + 1}", longest=WORDS_LENGTH
            )
            self.fields[f"amount_{number}"] = RupiahField(label="Rupiah")

    def material_lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each material, in order."""
        return [(self[f"material_{n}"], self[f"quantity_{n}"]) for n in range(self.rows)]

    def other_lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of each other cost, in order."""
        return [(self[f"words_{n}"], self[f"amount_{n}"]) for n in range(self.other_rows)]

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing of a line that was begun."""
        cleaned = super().clean() or self.cleaned_data
        pairs = [(f"material_{n}", f"quantity_{n}", "Isi jumlahnya.") for n in range(self.rows)]
        pairs += [(f"words_{n}", f"amount_{n}", "Isi rupiahnya.") for n in range(self.other_rows)]
        for what, how_much, missing in pairs:
            if {what, how_much} & set(self.errors):
                continue
            if cleaned.get(what) and not cleaned.get(how_much):
                self.add_error(how_much, missing)
            if cleaned.get(how_much) and not cleaned.get(what):
                self.add_error(what, "Isi untuk apa.")
        return cleaned

    def sheet(self, *, unit_id: int, product_id: int) -> NewCostSheet:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewCostSheet(
            key=self.key,
            unit_id=unit_id,
            product_id=product_id,
            valid_from=given["valid_from"],
            pieces=given["pieces"],
            materials=[
                NewMaterialLine(int(given[f"material_{n}"]), given[f"quantity_{n}"])
                for n in range(self.rows)
                if given[f"material_{n}"]
            ],
            others=[
                NewOtherLine(tidy(given[f"words_{n}"]), given[f"amount_{n}"])
                for n in range(self.other_rows)
                if given[f"words_{n}"]
            ],
            minutes=given["minutes"],
            labour=given["labour"] or 0,
            labour_reason=tidy(given["labour_reason"]),
            price=given["price"],
            reason=tidy(given["reason"]),
        )


def _rows(sent: Mapping[str, Any], name: str, *, at_first: int) -> int:
    rows = formats.read_page(str(sent.get(name, at_first)))
    more = LINES_MORE if sent.get("act") == "baris" else 0
    return min(rows + more, MOST_COST_LINES)
