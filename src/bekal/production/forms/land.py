"""Land as it is typed: plots, what is planted, harvests and where they go."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from django import forms

from bekal.catalogue.rules import tidy
from bekal.foundation import formats
from bekal.production.forms.fields import (
    CountField,
    Keyed,
    NoteField,
    QuantityField,
    tiles,
)
from bekal.production.queries import HarvestFilters
from bekal.production.rules.batches import ModelOfWork, NewBatch
from bekal.production.rules.goods import NOTE_LENGTH
from bekal.production.rules.land import (
    CROP_NAME,
    FATE_LABELS,
    LAND_LABELS,
    PLOT_NAME,
    RECIPIENT_LENGTH,
    WEIGHED_LABELS,
    Fate,
    NewHarvest,
    NewPlanting,
    PlotState,
    Weighed,
)
from bekal.production.rules.materials import ONE
from bekal.ui.inputs import day_field

PLOT_SLUGS: dict[str, PlotState] = {
    "menganggur": PlotState.IDLE,
    "jatuh-tempo": PlotState.DUE,
    "ditanami": PlotState.GROWING,
    "tidak-dipakai-lagi": PlotState.ENDED,
}
FATE_SLUGS: dict[str, Fate] = {
    "dijual": Fate.SOLD,
    "dapur": Fate.KITCHEN,
    "disumbangkan": Fate.DONATED,
}
_PIECES_ARE_WHOLE = "Jumlah buah atau ekor harus bulat."


def read_harvest_filters(asked: Mapping[str, str]) -> HarvestFilters:
    """Read the list's address: untuk, halaman; nonsense narrows nothing."""
    return HarvestFilters(
        fate=FATE_SLUGS.get(asked.get("untuk", "")),
        page=formats.read_page(asked.get("halaman", "")),
    )


def batch_key(key: UUID) -> UUID:
    """The key of the batch that a harvest under this key becomes."""
    return uuid5(key, "batch")


class PlotForm(forms.Form):
    """A plot with its area."""

    name = NoteField(
        label="Nama lahan", longest=PLOT_NAME, missing="Isi nama lahan, misalnya Kebun belakang."
    )
    kind = tiles("Jenis", LAND_LABELS, missing="Pilih jenis lahannya.")
    area = CountField(label="Luas (meter persegi)", missing="Isi luasnya, misalnya 400.")


class PlantForm(Keyed):
    """What is planted or stocked, and when it is to be harvested."""

    crop = NoteField(
        label="Tanaman, ternak, atau ikan", longest=CROP_NAME, missing="Isi apa yang ditanam."
    )
    planted_on = day_field("Hari tanam", missing="Isi hari tanamnya.")
    harvest_from = day_field("Panen mulai", missing="Isi perkiraan awal panen.")
    harvest_until = day_field("Panen sampai", missing="Isi perkiraan akhir panen.")

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: dt.date) -> None:
        """Begin today."""
        super().__init__(data, initial={"planted_on": today})

    def planting(self, *, unit_id: int, plot_id: int) -> NewPlanting:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewPlanting(
            key=self.key,
            unit_id=unit_id,
            plot_id=plot_id,
            crop=tidy(given["crop"]),
            planted_on=given["planted_on"],
            harvest_from=given["harvest_from"],
            harvest_until=given["harvest_until"],
        )


class EndingForm(forms.Form):
    """That nothing of a planting is left, or that a plot is used no more."""

    last = day_field("Hari terakhir", missing="Isi tanggalnya.")
    reason = NoteField(label="Alasan", longest=NOTE_LENGTH, missing="Isi alasannya.")


class ReopeningForm(forms.Form):
    """The day since which a plot is used again, and why."""

    first = day_field("Dipakai lagi sejak", missing="Isi harinya.")
    reason = NoteField(
        label="Alasan",
        longest=NOTE_LENGTH,
        missing="Isi alasannya, misalnya gedungnya batal dibangun.",
    )


class HarvestForm(Keyed):
    """A harvest, and where it goes; what is sold asks for its product and whose work it was."""

    harvested_on = day_field("Hari panen", missing="Isi hari panennya.")
    quantity = QuantityField(label="Hasil panen", missing="Isi hasil panennya, misalnya 12,5.")
    weighed = tiles("Dihitung dalam", WEIGHED_LABELS, missing="Pilih satuannya.")
    fate = tiles("Ke mana hasilnya", FATE_LABELS, missing="Pilih ke mana hasilnya.")
    recipient = NoteField(label="Lembaga penerima", longest=RECIPIENT_LENGTH)
    note = NoteField(label="Catatan", longest=NOTE_LENGTH)
    product = forms.ChoiceField(
        label="Produk", required=False, error_messages={"invalid_choice": "Pilih produknya."}
    )
    good = CountField(label="Berapa buah jadi barang")
    workshop = forms.ChoiceField(
        label="Bengkel", required=False, error_messages={"invalid_choice": "Pilih bengkelnya."}
    )
    expires_on = day_field("Kedaluwarsa", missing="")
    shares = forms.Field(required=False, label="Pembuat", widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        today: dt.date,
        products: Sequence[tuple[int, str]],
        workshops: Sequence[tuple[int, str]],
        makers: Sequence[str],
    ) -> None:
        """Offer the unit's products, workshops and the makers who may work, by code."""
        super().__init__(data, initial={"harvested_on": today, "weighed": Weighed.GRAM.value})
        self.makers = list(makers)
        for name, first, choices in (
            ("product", "Pilih produk", products),
            ("workshop", "Pilih bengkel", workshops),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", first), *((str(pk), words) for pk, words in choices)]
        for maker in self.makers:
            self.fields[f"minutes_{maker}"] = CountField(label=maker)

    def maker_fields(self) -> list[forms.BoundField]:
        """The minutes of each maker."""
        return [self[f"minutes_{maker}"] for maker in self.makers]

    def clean(self) -> dict[str, Any]:
        """Ask for what a batch needs when the harvest is sold; pieces are whole."""
        cleaned = super().clean() or self.cleaned_data
        quantity = cleaned.get("quantity")
        if cleaned.get("weighed") == Weighed.PIECE and quantity and quantity % ONE:
            self.add_error("quantity", _PIECES_ARE_WHOLE)
        if cleaned.get("fate") == Fate.SOLD:
            for name, missing in (
                ("product", "Pilih produknya."),
                ("good", "Isi berapa buah jadi barang."),
                ("workshop", "Pilih bengkelnya."),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, missing)
        return cleaned

    def harvest(self, *, unit_id: int, planting_id: int) -> NewHarvest:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        weighed, fate = Weighed(given["weighed"]), Fate(given["fate"])
        quantity = given["quantity"]
        return NewHarvest(
            key=self.key,
            unit_id=unit_id,
            planting_id=planting_id,
            harvested_on=given["harvested_on"],
            quantity=quantity if weighed is Weighed.GRAM else quantity // ONE,
            weighed=weighed,
            fate=fate,
            recipient=tidy(given["recipient"]),
            note=tidy(given["note"]),
            batch=self._batch(unit_id) if fate is Fate.SOLD else None,
        )

    def _batch(self, unit_id: int) -> NewBatch:
        given = self.cleaned_data
        minutes = {maker: given[f"minutes_{maker}"] for maker in self.makers}
        return NewBatch(
            key=batch_key(self.key),
            unit_id=unit_id,
            workshop_id=int(given["workshop"]),
            product_id=int(given["product"]),
            made_on=given["harvested_on"],
            good=given["good"],
            rejected=0,
            model=ModelOfWork.OWN,
            shares=tuple((maker, n) for maker, n in minutes.items() if n),
            expires_on=given["expires_on"],
        )
