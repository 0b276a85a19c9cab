"""What was made: one screen that begins with what is likely, and the sieve of the list."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from bekal.foundation import formats
from bekal.production.forms.fields import (
    CountField,
    Keyed,
    NoteField,
    QuantityField,
    tiles,
)
from bekal.production.queries import (
    AtWork,
    BatchFilters,
    BatchRow,
    BatchSort,
    Makeable,
    UsedRow,
)
from bekal.production.rules import (
    MODEL_LABELS,
    NOTE_LENGTH,
    PARTNER_LENGTH,
    ModelOfWork,
    NewBatch,
    NewCorrection,
)
from bekal.production.rules.materials import quantity_text
from bekal.production.rules.uses import field_of_return
from bekal.ui.inputs import DATES, day_field

_ID = re.compile(r"[0-9]{1,9}")
TILES = 8
"""How many products stand as tiles; the others are in a list below."""
_WHICH = "Pilih produknya."
_MISSING = "Isi jumlahnya, misalnya 12."


class _TileOrOther(forms.ChoiceField):
    """A product among the tiles; it may stand blank only where the list below names another one."""

    def validate(self, value: str) -> None:
        """Leave a blank to the form, which knows the list."""
        if value:
            super().validate(value)


class BatchForm(Keyed):
    """What was made on a day in a workshop, and who worked how long on it."""

    product = _TileOrOther(
        label="Produk",
        widget=forms.RadioSelect,
        error_messages={"required": _WHICH, "invalid_choice": _WHICH},
    )
    other = forms.ChoiceField(
        label="Produk lain", required=False, error_messages={"invalid_choice": _WHICH}
    )
    good = CountField(label="Jadi", missing=_MISSING)
    rejected = CountField(label="Gagal", is_optional=True)
    made_on = day_field("Dibuat pada", missing="Isi tanggalnya.")
    expires_on = day_field("Kedaluwarsa", missing="")
    workshop = tiles("Bengkel", {}, missing="Pilih bengkelnya.")
    shares = forms.MultipleChoiceField(
        label="Siapa yang mengerjakan",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih paling sedikit satu pembuat.",
            "invalid_choice": "Pembuat ini tidak bertugas pada hari itu.",
        },
    )
    model = tiles("Model kerja", MODEL_LABELS, missing="Pilih model kerjanya.")
    partner = NoteField(label="Mitra", longest=PARTNER_LENGTH)
    note = NoteField(label="Catatan", longest=NOTE_LENGTH)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        goods: Sequence[Makeable],
        workshops: Sequence[tuple[int, str]],
        makers: Sequence[AtWork],
        initial: Mapping[str, Any],
    ) -> None:
        """Offer the goods, workshops and makers of the unit; `initial` is what is likely."""
        super().__init__(data, initial=dict(initial))
        self.makers = list(makers)
        names = [(str(each.id), each.name) for each in goods]
        self._choices("product", names[:TILES])
        self._choices("other", [("", "Pilih produk lain"), *names[TILES:]])
        self._choices("workshop", [(str(pk), name) for pk, name in workshops])
        self._choices("shares", [(each.maker, each.maker) for each in makers])
        for each in self.makers:
            label = f"Menit {each.maker}"
            self.fields[f"minutes_{each.maker}"] = CountField(label=label, is_optional=True)
            self.initial.setdefault(f"minutes_{each.maker}", each.usual)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def has_others(self) -> bool:
        """Whether there are more products than tiles."""
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)
        return len(list(field.choices)) > 1  # type: ignore[arg-type]

    @property
    def has_wrong_minutes(self) -> bool:
        """Whether something is wrong with the work of a maker."""
        return any(name == "shares" or name.startswith("minutes_") for name in self.errors)

    @property
    def is_special(self) -> bool:
        """Whether it is no plain batch of the unit's own, or something is wrong about that."""
        wrong = {"model", "partner", "note"} & set(self.errors)
        return bool(wrong) or self["model"].value() != ModelOfWork.OWN or bool(self["note"].value())

    def minutes(self) -> list[tuple[AtWork, forms.BoundField]]:
        """The minutes of each maker, to be changed."""
        return [(each, self[f"minutes_{each.maker}"]) for each in self.makers]

    def places_of_work(self) -> dict[str, str]:
        """Where each maker works and how long, as their tile says it."""
        return {each.maker: f"{each.workshop}, {each.usual} menit" for each in self.makers}

    def clean(self) -> dict[str, Any]:
        """Ask for a product; for a food the action asks when it expires."""
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("other") or cleaned.get("product")) and "product" not in self.errors:
            self.add_error("product", _WHICH)
        return cleaned

    def batch(self, unit_id: int) -> NewBatch:
        """What the action is asked for, when the form is valid."""
        cleaned = self.cleaned_data
        return NewBatch(
            key=self.key,
            unit_id=unit_id,
            workshop_id=int(cleaned["workshop"]),
            product_id=int(cleaned["other"] or cleaned["product"]),
            made_on=cleaned["made_on"],
            good=cleaned["good"],
            rejected=cleaned["rejected"] or 0,
            model=ModelOfWork(cleaned["model"]),
            partner=cleaned["partner"].strip(),
            expires_on=cleaned["expires_on"],
            note=cleaned["note"].strip(),
            shares=tuple((maker, self._minutes_of(maker)) for maker in sorted(cleaned["shares"])),
        )

    def _minutes_of(self, maker: str) -> int:
        return self.cleaned_data[f"minutes_{maker}"] or 0


def begun(
    *, today: dt.date, goods: Sequence[Makeable], makers: Sequence[AtWork], workshop: int | None
) -> dict[str, Any]:
    """What a form begins with: today, the product made last, who works in the workshop."""
    return {
        "made_on": today,
        "product": str(goods[0].id) if goods else "",
        "rejected": "0",
        "workshop": str(workshop or ""),
        "model": ModelOfWork.OWN.value,
        "shares": [one.maker for one in makers if one.workshop_id == workshop and one.usual],
    }


def as_before(
    row: BatchRow,
    shares: Sequence[tuple[str, int]],
    *,
    goods: Sequence[Makeable],
    makers: Sequence[AtWork],
) -> dict[str, Any]:
    """What a form begins with that repeats a batch: all of it but the day and the expiry."""
    here = {one.maker for one in makers}
    worked = [(maker, minutes) for maker, minutes in shares if maker in here]
    is_tile = row.product_id in {each.id for each in goods[:TILES]}
    return {
        "product": str(row.product_id) if is_tile else "",
        "other": "" if is_tile else str(row.product_id),
        "good": str(row.good),
        "rejected": str(row.rejected),
        "workshop": str(row.workshop_id),
        "model": row.model.value,
        "partner": row.partner,
        "shares": [maker for maker, _ in worked],
        **{f"minutes_{maker}": str(minutes) for maker, minutes in worked},
    }


class CorrectionForm(Keyed):
    """How many pieces there were after all, and why that was written differently."""

    good = CountField(label="Jadi yang benar", missing=_MISSING)
    rejected = CountField(label="Gagal yang benar", missing=_MISSING)
    reason = NoteField(
        label="Alasan", longest=NOTE_LENGTH, missing="Isi alasan koreksi, misalnya salah ketik."
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, row: BatchRow, used: Sequence[UsedRow]
    ) -> None:
        """Begin with what stands, and with all that was used coming back."""
        super().__init__(data, initial={"good": row.good, "rejected": row.rejected})
        self.used = [one for one in used if one.quantity]
        for one in self.used:
            name = field_of_return(one.material_id)
            self.fields[name] = QuantityField(label=f"{one.name} ({one.measure})")
            self.initial[name] = quantity_text(one.quantity)

    def returns(self) -> list[tuple[forms.BoundField, str]]:
        """How much of each material comes back when the batch is cancelled, with what was used."""
        return [
            (self[field_of_return(one.material_id)], f"Tercatat terpakai {one.shown}.")
            for one in self.used
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for a number of each material when the batch is cancelled."""
        cleaned = super().clean() or self.cleaned_data
        for name in map(field_of_return, self._back()):
            if name in cleaned and cleaned[name] is None:
                self.add_error(name, "Isi 0 kalau bahan ini sungguh terpakai.")
        return cleaned

    def correction(self, batch_id: UUID) -> NewCorrection:
        """What the action is asked for, when the form is valid."""
        cleaned = self.cleaned_data
        back = {one: cleaned[field_of_return(one)] for one in self._back()}
        reason = cleaned["reason"].strip()
        return NewCorrection(self.key, batch_id, cleaned["good"], cleaned["rejected"], reason, back)

    def _back(self) -> list[int]:
        """The materials that come back: none while a piece is left."""
        is_cancelled = self.cleaned_data.get("good") == self.cleaned_data.get("rejected") == 0
        return [one.material_id for one in self.used] if is_cancelled else []


def read_batch_filters(asked: Mapping[str, str]) -> BatchFilters:
    """Read the list's address: produk, bengkel, model, dari, sampai, urut, halaman."""
    workshop, model, sort = (asked.get(name, "") for name in ("bengkel", "model", "urut"))
    return BatchFilters(
        product=asked.get("produk", "").replace("\0", "")[:12],
        workshop=int(workshop) if _ID.fullmatch(workshop) else None,
        model=ModelOfWork(model) if model in set(ModelOfWork) else None,
        first=read_day(asked.get("dari", "")),
        last=read_day(asked.get("sampai", "")),
        sort=BatchSort(sort) if sort in set(BatchSort) else BatchSort.NEWEST,
        page=formats.read_page(asked.get("halaman", "")),
    )


def read_day(text: str) -> dt.date | None:
    """A day as an address has it; what is none narrows nothing."""
    try:
        day: dt.date | None = forms.DateField(required=False, input_formats=DATES).clean(text)
    except forms.ValidationError:
        return None
    return day
