"""Sheets of goods that came or went, counts, and the list of a unit's stock."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.production.forms.fields import CountField, Keyed, NoteField, tiles
from bekal.production.queries import StockFilters, StockRow, StockSort
from bekal.production.rules import (
    CAUSE_LABELS,
    IN_BY_HAND,
    NOTE_LENGTH,
    OUT_BY_HAND,
    Cause,
    Counted,
    NewCount,
    NewSheet,
    Reason,
    Standing,
    check_pieces_there,
    check_sheet,
)

STANDING_SLUGS: dict[str, Standing] = {slugify(standing.value): standing for standing in Standing}
_LONGEST_SEARCH = 120


def read_filters(asked: Mapping[str, str]) -> StockFilters:
    """Read the list's address: cari, keadaan, urut, halaman; nonsense narrows nothing."""
    sort = asked.get("urut", "")
    return StockFilters(
        text=asked.get("cari", "").strip()[:_LONGEST_SEARCH],
        standing=STANDING_SLUGS.get(asked.get("keadaan", "")),
        sort=StockSort(sort) if sort in set(StockSort) else StockSort.NAME,
        page=formats.read_page(asked.get("halaman", "")),
    )


class KeepForm(Keyed):
    """A number of pieces for each of some products, under a key that makes a repeat harmless."""

    pieces = forms.Field(required=False, label="Barang", widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        rows: Sequence[StockRow],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask for the pieces of each row."""
        super().__init__(data, initial=dict(initial or {}))
        self.rows = list(rows)
        for row in self.rows:
            self.fields[f"pieces_{row.product_id}"] = CountField(label=row.name)

    def given(self) -> dict[int, int]:
        """The pieces that were typed, by product, when the form is valid; blank rows are none."""
        typed = {row.product_id: self.cleaned_data[f"pieces_{row.product_id}"] for row in self.rows}
        return {product: pieces for product, pieces in typed.items() if pieces is not None}

    def lines(self) -> list[tuple[forms.BoundField, str]]:
        """The field of each row, and what stands written of it."""
        return [(self[f"pieces_{row.product_id}"], self.hint_of(row)) for row in self.rows]

    def hint_of(self, row: StockRow) -> str:
        """What stands written of a product, as it is shown below its name."""
        if row.on_hand is None:
            return "belum dihitung"
        held = f", {formats.thousands(row.held)} dipesan" if row.held else ""
        return f"stok {formats.thousands(row.on_hand)}{held}"

    def answers(self) -> list[tuple[str, str]]:
        """What was typed as fields to be sent again, when the form is valid."""
        typed = [(f"pieces_{product}", str(n)) for product, n in self.given().items()]
        return [("key", str(self.key)), *typed]


class SheetForm(KeepForm):
    """What came, or what went, and why."""

    reason = tiles("Sebab", {}, missing="Pilih sebabnya.")
    note = NoteField(label="Catatan", longest=NOTE_LENGTH)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        rows: Sequence[StockRow],
        is_in: bool,
        is_saving: bool = False,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the reasons of the way that the goods go.

        What is saved may be a repeat, so the action alone looks at the levels then.
        """
        super().__init__(data, rows=rows, initial=initial)
        self.is_in, self.is_saving = is_in, is_saving
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)
        labels = IN_BY_HAND if is_in else OUT_BY_HAND
        self.fields["note"].required = not is_in
        field.choices = [(reason.value, label) for reason, label in labels.items()]
        if is_in:
            self.initial.setdefault("reason", Reason.RECEIVED.value)

    def clean(self) -> dict[str, Any]:
        """Refuse what the action will refuse, before it is checked; a zero is no row."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self._check()
            except Refused as refused:
                self.add_error(refused.field, refused.message)
        return cleaned

    def _check(self) -> None:
        sheet = self.sheet(unit_id=0)
        check_sheet(sheet)
        for row in self.rows:
            leaving = -sheet.pieces.get(row.product_id, 0)
            if leaving > 0 and not self.is_saving:
                check_pieces_there(row.name, on_hand=row.on_hand, leaving=leaving)

    def answers(self) -> list[tuple[str, str]]:
        """The pieces that there are, with the reason and the note."""
        plain = [(name, self.cleaned_data[name]) for name in ("reason", "note")]
        return [answer for answer in super().answers() if answer[1] != "0"] + plain

    def sheet(self, unit_id: int) -> NewSheet:
        """What the action is asked for, when the form is valid."""
        sign = 1 if self.is_in else -1
        return NewSheet(
            key=self.key,
            unit_id=unit_id,
            reason=Reason(self.cleaned_data["reason"]),
            pieces={product: sign * n for product, n in self.given().items() if n},
            note=self.cleaned_data["note"],
        )


class CountForm(KeepForm):
    """What was counted, beside the level that the counter saw, and why they differ."""

    cause = tiles(
        "Mengapa berbeda dari catatan",
        CAUSE_LABELS,
        missing="Pilih salah satu sebab.",
        is_required=False,
    )
    note = NoteField(label="Catatan", longest=NOTE_LENGTH)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        rows: Sequence[StockRow],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep what the counter saw: what stands now, unless the page says what stood then."""
        super().__init__(data, rows=rows, initial=initial)
        sent = data if data is not None else initial or {}
        self.seen = {row.product_id: _seen(row, sent) for row in self.rows}

    def clean(self) -> dict[str, Any]:
        """Ask for at least one product."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if not self.given():
            self.add_error("pieces", "Isi hasil hitung paling sedikit satu produk.")
        return cleaned

    def count(self, unit_id: int) -> NewCount:
        """What the action is asked for, when the form is valid."""
        cause = self.cleaned_data["cause"]
        return NewCount(
            key=self.key,
            unit_id=unit_id,
            counted={
                product: Counted(pieces, self.seen[product])
                for product, pieces in self.given().items()
            },
            cause=Cause(cause) if cause else None,
            note=self.cleaned_data["note"],
        )

    def ask_cause(self) -> None:
        """Say on the page that the cause must be told."""
        self.fields["cause"].required = True

    def answers(self) -> list[tuple[str, str]]:
        """The pieces with the levels that the counter saw; cause and note are asked beside them."""
        return super().answers() + [pair for pair in self.hidden() if pair[0] in self._counted()]

    def _counted(self) -> set[str]:
        return {f"seen_{product}" for product in self.given()}

    def hidden(self) -> list[tuple[str, str]]:
        """The levels that the counter saw, as fields that are sent along."""
        return [
            (f"seen_{product}", "" if seen is None else str(seen))
            for product, seen in self.seen.items()
        ]


def _seen(row: StockRow, sent: Mapping[str, Any]) -> int | None:
    """The level that the page showed: what it sent along, else what stands now."""
    text = str(sent.get(f"seen_{row.product_id}", "" if row.on_hand is None else row.on_hand))
    try:
        return int(text)
    except ValueError:
        return None


class LowMarkForm(forms.Form):
    """From how few free pieces on a product is low."""

    low_mark = CountField(label="Tandai menipis mulai", missing="Isi angkanya, misalnya 3.")
