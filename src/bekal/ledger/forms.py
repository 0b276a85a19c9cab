"""What people type about rules of splitting, read generously; nothing is written here."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from bekal.foundation import formats
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.ledger import queries
from bekal.ledger.rules import (
    ACTIVITY,
    ACTIVITY_LENGTH,
    CITATION_LENGTH,
    Base,
    SplitRule,
    check_successor,
)
from bekal.ui.inputs import day_field, show_refusal

EXAMPLE_PRICE, EXAMPLE_COST = 100_000, 60_000
"""The piece by which rules are shown, in rupiah (the worked cases of docs/money.md)."""
ALL = "semua"
FARTHEST = dt.timedelta(days=366)


class TryOut(forms.Form):
    """A sale to be split for trial: price and cost of a piece, pieces, and which rule."""

    harga = forms.CharField(
        label="Harga satu barang", error_messages={"required": "Isi harga, misalnya 48.000."}
    )
    harga_pokok = forms.CharField(label="Harga pokok satu barang", required=False)
    jumlah = forms.CharField(
        label="Jumlah barang", error_messages={"required": "Isi jumlah barang, misalnya 1."}
    )
    kegiatan = forms.ChoiceField(
        label="Kegiatan",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Pilih kegiatan dari daftar."),
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, activities: Sequence[str]) -> None:
        """Offer the activities that have a rule ("" for all), when there are several."""
        example = {
            "harga": EXAMPLE_PRICE,
            "harga_pokok": EXAMPLE_COST,
            "jumlah": 1,
            "kegiatan": (activities[0] if activities else "") or ALL,
        }
        super().__init__(data, initial=example)
        field = self.fields["kegiatan"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code or ALL, code or "Semua kegiatan lain") for code in activities]
        field.required = len(activities) > 1

    def clean_harga(self) -> int:
        """Read the price; there is none below one rupiah."""
        amount = _read(formats.read_rupiah, self.cleaned_data["harga"])
        if amount < 1:
            raise forms.ValidationError("Harga paling sedikit Rp1.")
        return amount

    def clean_harga_pokok(self) -> int | None:
        """Read the cost, which may be missing."""
        text = self.cleaned_data["harga_pokok"]
        return _read(formats.read_rupiah, text) if text else None

    def clean_jumlah(self) -> int:
        """Read how many pieces."""
        count = _read(formats.read_count, self.cleaned_data["jumlah"])
        if count < 1:
            raise forms.ValidationError("Jumlah barang paling sedikit 1.")
        return count

    @property
    def _typed(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_bound else dict(self.initial)

    @property
    def activity(self) -> str:
        """The activity whose rule is tried."""
        chosen = str(self._typed["kegiatan"])
        return "" if chosen == ALL else chosen

    def sale(self) -> dict[str, Any]:
        """`unit_price`, `pieces` and `unit_cost` for `rules.split`; the example before."""
        typed = self._typed
        return {
            "unit_price": typed["harga"],
            "pieces": typed["jumlah"],
            "unit_cost": typed["harga_pokok"],
        }


class Adoption(forms.Form):
    """Which documented split shall hold, from which day, for which activity, on what basis."""

    code = forms.ChoiceField(
        label="Aturan",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Pilih salah satu aturan.",
            "invalid_choice": "Pilih salah satu aturan yang tercatat lengkap.",
        },
    )
    first_day = day_field("Berlaku mulai", missing="Isi tanggal mulai berlaku.")
    activity = forms.CharField(label="Hanya untuk satu kegiatan", required=False)
    citation = forms.CharField(
        label="Dasar hukum",
        max_length=CITATION_LENGTH,
        error_messages={"required": "Isi dasar hukumnya, misalnya nomor keputusan."},
    )

    def __init__(
        self, data: Mapping[str, str] | None = None, *, place_id: int, today: dt.date
    ) -> None:
        """Offer the complete documented splits; `today` is the unit's own day."""
        super().__init__(data, initial={"first_day": today + dt.timedelta(days=1)})
        self.place_id, self.today = place_id, today
        self.splits = list(queries.documented_splits())
        self.rules: dict[str, SplitRule] = {
            split.pk: queries.documented_rule(split) for split in self.splits if not split.gap
        }
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, rule.name) for code, rule in self.rules.items()]

    @property
    def key(self) -> UUID:
        """What makes a second click harmless: the key that was sent, or a new one."""
        try:
            return UUID(str(self.data.get("key", "")))
        except ValueError:
            return uuid7()

    def key_to_send(self, *, is_used: bool) -> UUID:
        """The key of the next try: a new one where this one belongs to a stored message."""
        return uuid7() if is_used else self.key

    @property
    def chosen(self) -> SplitRule:
        """The rule that was chosen, of a form without faults."""
        return self.rules[self.cleaned_data["code"]]

    def clean_first_day(self) -> dt.date:
        """A day from today on: before it, recorded sales were split by the rule of their day."""
        day: dt.date = self.cleaned_data["first_day"]
        if day < self.today:
            raise forms.ValidationError(
                f"Tanggal mulai paling cepat hari ini, {formats.date(self.today)}. "
                "Penjualan sebelumnya sudah dibagi menurut aturan lama."
            )
        if day > self.today + FARTHEST:
            raise forms.ValidationError("Tanggal mulai lebih dari setahun lagi. Periksa tahunnya.")
        return day

    def clean_activity(self) -> str:
        """The code of a category in any case; empty for all."""
        code = str(self.cleaned_data["activity"]).lower()
        if len(code) > ACTIVITY_LENGTH or not re.fullmatch(ACTIVITY, code):
            raise forms.ValidationError(
                "Tulis kode kegiatan dengan huruf, angka, dan tanda hubung, misalnya kerajinan."
            )
        return code

    def foresee(self) -> bool:
        """Whether the book would take it, asked before the last page; says at the field why not."""
        current = queries.open_rule(place_id=self.place_id, activity=self.cleaned_data["activity"])
        try:
            if current is not None:
                first_day = self.cleaned_data["first_day"]
                check_successor(first_day=first_day, current=current.during.lower)
        except Refused as refused:
            show_refusal(self, refused)
        return not self.errors


def needs_cost(rule: SplitRule, form: TryOut) -> bool:
    """Whether the trial lacks the cost that its rule is about; says so at the field."""
    lacks = rule.base is Base.AFTER_COST and form.sale()["unit_cost"] is None
    if lacks:
        form.add_error("harga_pokok", "Isi harga pokok. Aturan ini membagi setelah biaya.")
    return lacks


def _read(reader: Callable[[str], int], text: str) -> int:
    try:
        return reader(text)
    except Refused as refused:
        raise forms.ValidationError(refused.message) from refused
