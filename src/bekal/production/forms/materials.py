"""Materials by hand: a new one, what was used, what was counted, and an end."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import slugify

from bekal.catalogue.rules import tidy
from bekal.foundation import formats
from bekal.production.forms.fields import Keyed, NoteField, QuantityField, tiles
from bekal.production.queries import MaterialFilters, PurchaseFilters
from bekal.production.rules.goods import NOTE_LENGTH
from bekal.production.rules.keeping import CAUSE_LABELS, Cause
from bekal.production.rules.materials import (
    MATERIAL_NAME,
    WHY_BY_HAND,
    MaterialStanding,
    Measure,
    Why,
    quantity_text,
)
from bekal.production.rules.purchases import NewMaterialCount, NewMaterialSheet

LEVEL_SLUGS: dict[str, MaterialStanding] = {
    slugify(standing.value): standing for standing in MaterialStanding
}
_LONGEST_SEARCH = 120
_HOW_MUCH = "Isi jumlahnya, misalnya 2,5."


def read_material_filters(asked: Mapping[str, str]) -> MaterialFilters:
    """Read the list's address: cari, keadaan, halaman; nonsense narrows nothing."""
    return MaterialFilters(
        text=tidy(asked.get("cari", ""))[:_LONGEST_SEARCH],
        standing=LEVEL_SLUGS.get(asked.get("keadaan", "")),
        page=formats.read_page(asked.get("halaman", "")),
    )


def read_purchase_filters(asked: Mapping[str, str]) -> PurchaseFilters:
    """Read the list's address: cari, halaman; nonsense narrows nothing."""
    return PurchaseFilters(
        text=tidy(asked.get("cari", ""))[:_LONGEST_SEARCH],
        page=formats.read_page(asked.get("halaman", "")),
    )


class MaterialForm(forms.Form):
    """A material that the unit begins to keep."""

    name = NoteField(
        label="Nama bahan", longest=MATERIAL_NAME, missing="Isi nama bahan, misalnya Tepung terigu."
    )
    measure = forms.ChoiceField(
        label="Satuan",
        choices=[("", "Pilih satuan"), *((measure.value, measure.value) for measure in Measure)],
        error_messages={"required": "Pilih satuannya.", "invalid_choice": "Pilih satuannya."},
    )


class UseForm(Keyed):
    """Material that was used or is spoiled."""

    why = tiles("Sebab", WHY_BY_HAND, missing="Pilih sebabnya.")
    quantity = QuantityField(label="Jumlah yang keluar", missing=_HOW_MUCH)
    note = NoteField(
        label="Catatan",
        longest=NOTE_LENGTH,
        missing="Isi catatan: untuk apa, atau apa yang terjadi.",
    )

    def sheet(self, *, unit_id: int, material_id: int) -> NewMaterialSheet:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewMaterialSheet(
            key=self.key,
            unit_id=unit_id,
            material_id=material_id,
            why=Why(given["why"]),
            quantity=given["quantity"],
            note=tidy(given["note"]),
        )


class CountMaterialForm(Keyed):
    """What was counted, beside what the page said, and why they differ."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": _HOW_MUCH})
    quantity = QuantityField(label="Hasil hitung", missing=_HOW_MUCH)
    cause = tiles(
        "Mengapa berbeda dari catatan",
        CAUSE_LABELS,
        missing="Pilih salah satu sebab.",
        is_required=False,
    )
    note = NoteField(label="Catatan", longest=NOTE_LENGTH)

    def __init__(self, data: Mapping[str, Any] | None = None, *, held: int) -> None:
        """Keep what stands written now, as the counter sees it."""
        super().__init__(data, initial={"seen": held, "quantity": quantity_text(max(held, 0))})

    def count(self, *, unit_id: int, material_id: int) -> NewMaterialCount:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewMaterialCount(
            key=self.key,
            unit_id=unit_id,
            material_id=material_id,
            counted=given["quantity"],
            seen=given["seen"],
            cause=Cause(given["cause"]) if given["cause"] else None,
            note=tidy(given["note"]),
        )


class ReasonForm(Keyed):
    """Why a material is used no more, or a purchase is taken back."""

    reason = NoteField(label="Alasan", longest=NOTE_LENGTH, missing="Isi alasannya.")
