"""What a batch used of each material of the unit, beside what stands written."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from bekal.production.forms.fields import Keyed, QuantityField
from bekal.production.queries import UseLine
from bekal.production.rules.materials import quantity_text
from bekal.production.rules.uses import NewBatchMaterials, field_of

_THOUSANDTHS = re.compile(r"[0-9]{1,18}")


class BatchMaterialsForm(Keyed):
    """How much of each material was used; only what was changed is sent on.

    The form keeps what its page said of each, so that the change of somebody else is not undone.
    """

    lines = forms.Field(required=False, label="Bahan", widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        rows: Sequence[UseLine],
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Begin with what stands, or with what the recipe expects where nothing was said yet."""
        super().__init__(data, initial=initial)
        self.rows = list(rows)
        self.is_suggested = not any(row.is_told for row in self.rows)
        sent = data if data is not None else initial or {}
        self.seen = {row.material.id: _seen(row, sent) for row in self.rows}
        for row in self.rows:
            name = field_of(row.material.id)
            label = f"{row.material.name} ({row.material.measure})"
            self.fields[name] = QuantityField(label=label, is_optional=True)
            begun = row.recorded or (row.expected if self.is_suggested else 0)
            self.initial.setdefault(name, quantity_text(begun) if begun else "")

    def clean(self) -> dict[str, Any]:
        """Ask for a number where one stood, and for at least one change."""
        cleaned = super().clean() or self.cleaned_data
        for row in self.rows:
            name = field_of(row.material.id)
            is_blank = name in cleaned and cleaned[name] is None
            if is_blank and self.seen[row.material.id]:
                self.add_error(name, "Isi 0 kalau bahan ini tidak terpakai.")
        if not self.errors and not self.changed():
            self.add_error("lines", "Belum ada jumlah yang diubah.")
        return cleaned

    def changed(self) -> dict[int, int]:
        """What was used after all, by material, where that is not what the page said."""
        typed = {one: self.cleaned_data[field_of(one)] or 0 for one in self.seen}
        return {one: used for one, used in typed.items() if used != self.seen[one]}

    def message(self, *, unit_id: int, batch_id: UUID) -> NewBatchMaterials:
        """What the action is asked for, when the form is valid."""
        used = self.changed()
        seen = {one: self.seen[one] for one in used}
        return NewBatchMaterials(self.key, unit_id, batch_id, used, seen)

    def look_again(self) -> None:
        """Say what stands now, so that what was typed can be sent after a look."""
        self.seen = {row.material.id: row.recorded for row in self.rows}

    def near(self) -> list[tuple[forms.BoundField, str]]:
        """The field of each material that the batch or its recipe names, with what stands of it."""
        return [self._asked(row) for row in self.rows if row.is_near]

    def others(self) -> list[tuple[forms.BoundField, str]]:
        """The fields of the unit's other materials."""
        return [self._asked(row) for row in self.rows if not row.is_near]

    @property
    def is_about_others(self) -> bool:
        """Whether the other materials are to be seen at once."""
        names = {field.html_name for field, _ in self.others() if field.value()}
        return bool(names) or not self.near() or any(field.errors for field, _ in self.others())

    def hidden(self) -> list[tuple[str, str]]:
        """What the page said of each material, as fields that are sent along."""
        return [(f"seen_{material}", str(seen)) for material, seen in self.seen.items()]

    def answers(self) -> list[tuple[str, str]]:
        """What was typed as fields to be sent again, when the form is valid."""
        typed = [(name, self.cleaned_data[name]) for name in map(field_of, self.seen)]
        shown = [(name, "" if used is None else quantity_text(used)) for name, used in typed]
        return [("key", str(self.key)), *shown, *self.hidden()]

    def _asked(self, row: UseLine) -> tuple[forms.BoundField, str]:
        return self[field_of(row.material.id)], _hint(row)


def _hint(row: UseLine) -> str:
    """What stands of a material, below its field."""
    words = [f"Ada {row.material.shown}"]
    if row.recorded:
        words.append(f"tercatat terpakai {quantity_text(row.recorded)}")
    if row.expected is not None:
        words.append(f"menurut lembar harga {quantity_text(row.expected)}")
    return ", ".join(words) + "."


def _seen(row: UseLine, sent: Mapping[str, Any]) -> int:
    """What the page said of a material: what it sent along, else what stands now."""
    text = str(sent.get(f"seen_{row.material.id}", ""))
    return int(text) if _THOUSANDTHS.fullmatch(text) else row.recorded
