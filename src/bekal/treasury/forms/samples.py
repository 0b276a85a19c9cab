"""What an auditor asks: a drawing, a finding, and which events of the trail."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict  # noqa: TID251  the type of a query string

from bekal.foundation.clock import Period
from bekal.treasury.rules.samples import (
    MOST,
    SEED_LENGTH,
    TEXT_LENGTH,
    VERDICT_LABELS,
    NewSample,
    Verdict,
)
from bekal.ui.inputs import Keyed, day_field


class SampleForm(Keyed):
    """Which receipts to draw from, how many, and the seed."""

    first = day_field("Dari tanggal", missing="Isi tanggalnya.")
    last = day_field("Sampai tanggal", missing="Isi tanggalnya.")
    size = forms.IntegerField(
        label="Banyaknya nota",
        min_value=1,
        max_value=MOST,
        error_messages={
            "required": "Isi banyaknya nota.",
            "invalid": "Tulis angka saja.",
            "min_value": f"Isi 1 sampai {MOST} nota.",
            "max_value": f"Isi 1 sampai {MOST} nota.",
        },
    )
    seed = forms.CharField(
        label="Benih acak",
        max_length=SEED_LENGTH,
        error_messages={"required": "Isi benih: kata atau angka apa saja."},
    )

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", "Tanggal akhir sama dengan atau sesudah tanggal awal.")
        return cleaned

    def asked(self, *, place_id: int) -> NewSample:
        """What to draw."""
        typed = self.cleaned_data
        period = Period(typed["first"], typed["last"])
        return NewSample(self.key, place_id, period, typed["size"], typed["seed"].strip())


class FindingForm(Keyed):
    """What was found of one receipt of a sample."""

    position = forms.IntegerField(min_value=1)
    verdict = forms.ChoiceField(
        label="Hasil",
        choices=[(verdict.value, label) for verdict, label in VERDICT_LABELS.items()],
        error_messages={"required": "Pilih hasilnya."},
    )
    text = forms.CharField(
        label="Catatan",
        required=False,
        max_length=TEXT_LENGTH,
    )

    @property
    def chosen(self) -> Verdict:
        """The verdict."""
        return Verdict(self.cleaned_data["verdict"])


@dataclass(frozen=True)
class AskedTrail:
    """Which events of the trail a page shows."""

    object_key: str = ""
    actor: str = ""
    topic: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The query string that asks for the same again."""
        return urlencode(self.kept)


def read_trail(asked: QueryDict) -> AskedTrail:
    """Read the address of the trail; nonsense narrows nothing."""
    names = ("objek", "orang", "perihal", "dari", "sampai")
    typed = {name: str(asked.get(name, "")).strip()[:80].replace("\0", "") for name in names}
    kept = {name: text for name, text in typed.items() if text}
    return AskedTrail(
        typed["objek"],
        typed["orang"],
        typed["perihal"],
        _read_day(typed["dari"]),
        _read_day(typed["sampai"]),
        kept,
    )


def _read_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
