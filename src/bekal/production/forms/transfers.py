"""Transfers between units: what goes where, what arrived as which material, what comes back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import slugify

from bekal.catalogue.rules import tidy
from bekal.foundation import formats
from bekal.places.queries import PlaceNow
from bekal.production.forms.fields import CountField, Keyed, NoteField, QuantityField
from bekal.production.queries import (
    Direction,
    LastArrival,
    MaterialRow,
    StockRow,
    TransferFilters,
    TransferRow,
    TransferSort,
)
from bekal.production.rules.materials import MATERIAL_NAME, ONE, Measure, nearest, quantity_text
from bekal.production.rules.transfers import (
    LETTER_LENGTH,
    REMARK_LENGTH,
    NewArrival,
    NewTakeBack,
    NewTransfer,
    TransferStanding,
)

NEW = "baru"
TRANSFER_SLUGS = {slugify(standing.value): standing for standing in TransferStanding}
_CHOOSE_UNIT = "Pilih unit yang menerima dari daftar."
_CHOOSE_PRODUCT = "Pilih produk dari daftar."
_CHOOSE_MATERIAL = "Pilih bahannya, atau Bahan baru."


def read_transfer_filters(asked: Mapping[str, str]) -> TransferFilters:
    """Read the list's address: arah, keadaan, urut, halaman; nonsense narrows nothing."""
    way, order = asked.get("arah", ""), asked.get("urut", "")
    return TransferFilters(
        direction=Direction(way) if way in set(Direction) else Direction.IN,
        standing=TRANSFER_SLUGS.get(asked.get("keadaan", "")),
        sort=TransferSort(order) if order in set(TransferSort) else TransferSort.NEWEST,
        page=formats.read_page(asked.get("halaman", "")),
    )


class SendForm(Keyed):
    """What goes to which unit."""

    product = forms.TypedChoiceField(
        label="Produk",
        coerce=int,
        error_messages={"required": _CHOOSE_PRODUCT, "invalid_choice": _CHOOSE_PRODUCT},
    )
    pieces = CountField(label="Jumlah", missing="Isi jumlahnya, misalnya 40.")
    to_unit = forms.TypedChoiceField(
        label="Unit yang menerima",
        coerce=int,
        error_messages={"required": _CHOOSE_UNIT, "invalid_choice": _CHOOSE_UNIT},
    )
    letter = NoteField(label="Nomor surat jalan", longest=LETTER_LENGTH)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        goods: Sequence[StockRow],
        receivers: Iterable[PlaceNow],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the goods that are free, and the units that may receive them."""
        super().__init__(data, initial=initial)
        product, to_unit = self.fields["product"], self.fields["to_unit"]
        assert isinstance(product, forms.ChoiceField)
        assert isinstance(to_unit, forms.ChoiceField)
        free = [(row.product_id, f"{row.name} (bebas {row.free})") for row in goods]
        product.choices = free if len(free) == 1 else [("", "Pilih produk"), *free]
        self._names = {one.id: one.name for one in receivers}
        to_unit.choices = [("", "Pilih unit"), *self._names.items()]

    def transfer(self, unit_id: int) -> NewTransfer:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewTransfer(
            key=self.key,
            unit_id=unit_id,
            to_unit_id=given["to_unit"],
            receiver=self._names[given["to_unit"]],
            product_id=given["product"],
            pieces=given["pieces"],
            letter=tidy(given["letter"]),
        )


class ArrivalForm(Keyed):
    """What was found, and which material it is here; begun with all of it, as the last time."""

    pieces = CountField(label="Yang sampai (buah)", missing="Isi berapa yang sampai.")
    material = forms.ChoiceField(
        label="Menjadi bahan",
        error_messages={"required": _CHOOSE_MATERIAL, "invalid_choice": _CHOOSE_MATERIAL},
    )
    quantity = QuantityField(
        label="Jumlah bahan", missing="Isi jumlah bahannya dalam satuannya, misalnya 2,5."
    )
    name = NoteField(label="Nama bahan baru", longest=MATERIAL_NAME)
    measure = forms.ChoiceField(
        label="Satuan bahan baru",
        required=False,
        choices=[(measure.value, measure.value) for measure in Measure],
        error_messages={"invalid_choice": "Pilih satuannya dari daftar."},
    )
    remark = NoteField(label="Sebab kurang", longest=REMARK_LENGTH)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        row: TransferRow,
        materials: Iterable[MaterialRow],
        last: LastArrival | None,
    ) -> None:
        """Offer the unit's materials, or a new one of the name of the goods."""
        super().__init__(data, initial=_as_last_time(row, last))
        material = self.fields["material"]
        assert isinstance(material, forms.ChoiceField)
        kept = [(str(one.id), f"{one.name} ({one.measure})") for one in materials if not one.ended]
        material.choices = [(NEW, "Bahan baru"), *kept]

    @property
    def is_about_new(self) -> bool:
        """Whether name and measure of a new material are to be seen."""
        asked = {"name", "measure"} & self.errors.keys()
        return bool(asked) or str(self["material"].value()) == NEW

    def clean(self) -> dict[str, Any]:
        """Ask for name and measure of a new material."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("material") == NEW:
            if not cleaned.get("name") and "name" not in self.errors:
                self.add_error("name", "Isi nama bahan barunya.")
            if not cleaned.get("measure") and "measure" not in self.errors:
                self.add_error("measure", "Pilih satuannya dari daftar.")
        return cleaned

    def arrival(self, *, unit_id: int, transfer_id: UUID) -> NewArrival:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        is_new = given["material"] == NEW
        return NewArrival(
            key=self.key,
            unit_id=unit_id,
            transfer_id=transfer_id,
            pieces=given["pieces"],
            quantity=given["quantity"],
            material_id=None if is_new else int(given["material"]),
            name=tidy(given["name"]) if is_new else "",
            measure=given["measure"] if is_new else "",
            remark=tidy(given["remark"]),
        )


class TakeBackForm(Keyed):
    """How much of what did not arrive is here again, and why."""

    pieces = CountField(label="Kembali ke stok (buah)", missing="Isi berapa yang kembali, atau 0.")
    remark = NoteField(
        label="Sebab", longest=REMARK_LENGTH, missing="Isi sebabnya, misalnya truk mogok."
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, row: TransferRow) -> None:
        """Begin with all of it."""
        super().__init__(data, initial={"pieces": row.pieces})

    def take_back(self, *, unit_id: int, transfer_id: UUID) -> NewTakeBack:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        remark = tidy(given["remark"])
        return NewTakeBack(self.key, unit_id, transfer_id, given["pieces"], remark)


def _as_last_time(row: TransferRow, last: LastArrival | None) -> dict[str, Any]:
    begun = {"pieces": row.pieces, "name": row.product[:MATERIAL_NAME], "measure": Measure.PIECE}
    if last is None:
        return {**begun, "material": NEW, "quantity": quantity_text(row.pieces * ONE)}
    quantity = quantity_text(nearest(row.pieces * last.quantity, last.pieces))
    return {**begun, "material": last.material_id, "quantity": quantity}
