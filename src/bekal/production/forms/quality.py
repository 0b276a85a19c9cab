"""What is looked at, and what a check of a batch found."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from bekal.production.forms.fields import CountField, Keyed, NoteField
from bekal.production.models import QualityPoint
from bekal.production.rules import NOTE_LENGTH, POINT_LENGTH, Finding, NewCheck, NewPoint
from bekal.ui.inputs import day_field

_PASSED = {"ya": "Lulus", "tidak": "Tidak lulus"}
_ANSWER = "Pilih lulus atau tidak."


class PointForm(forms.Form):
    """Something that a unit looks at from a day on."""

    text = NoteField(
        label="Yang diperiksa",
        longest=POINT_LENGTH,
        missing="Isi apa yang diperiksa, misalnya jahitan rapat.",
    )
    category = forms.ChoiceField(label="Untuk kategori", required=False)
    product = forms.ChoiceField(label="Untuk satu produk", required=False)
    valid_from = day_field("Berlaku mulai", missing="Isi tanggal mulai berlaku.")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        categories: Iterable[tuple[str, str]],
        products: Iterable[tuple[int, str]],
        today: dt.date,
    ) -> None:
        """Offer the unit's categories and products; begin today."""
        super().__init__(data, initial={"valid_from": today})
        offered: tuple[tuple[str, list[tuple[str, str]]], ...] = (
            ("category", [("", "Semua kategori"), *categories]),
            ("product", [("", "Semua produk"), *((str(pk), name) for pk, name in products)]),
        )
        for name, choices in offered:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def point(self) -> NewPoint:
        """What the action is asked for, when the form is valid."""
        cleaned = self.cleaned_data
        product = int(cleaned["product"]) if cleaned["product"] else None
        return NewPoint(cleaned["text"], cleaned["category"], product, cleaned["valid_from"])


class CheckForm(Keyed):
    """Whether a batch passed at each point, and how many pieces did not."""

    findings = forms.Field(required=False, label="Titik periksa", widget=forms.HiddenInput)
    rejects = CountField(label="Tidak lulus (buah)", is_optional=True)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, points: Sequence[QualityPoint]
    ) -> None:
        """Ask of each point; none is answered before the person does."""
        super().__init__(data, initial={"rejects": "0"})
        self.points = list(points)
        for point in self.points:
            self.fields[f"point_{point.pk}"] = forms.ChoiceField(
                label=point.text,
                choices=list(_PASSED.items()),
                widget=forms.RadioSelect,
                error_messages={"required": _ANSWER, "invalid_choice": _ANSWER},
            )
            self.fields[f"note_{point.pk}"] = NoteField(label="Catatan", longest=NOTE_LENGTH)

    def asked(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each point with its note."""
        return [(self[f"point_{each.pk}"], self[f"note_{each.pk}"]) for each in self.points]

    def check(self, batch_id: UUID) -> NewCheck:
        """What the action is asked for, when the form is valid."""
        cleaned = self.cleaned_data
        findings = tuple(
            Finding(
                each.pk, cleaned[f"point_{each.pk}"] == "ya", cleaned[f"note_{each.pk}"].strip()
            )
            for each in self.points
        )
        return NewCheck(self.key, batch_id, findings, cleaned["rejects"] or 0)
