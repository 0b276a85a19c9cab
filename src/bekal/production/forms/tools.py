"""The kind of a workshop, and a tool of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from bekal.catalogue.rules import tidy
from bekal.production.forms.fields import CountField, NoteField, tiles
from bekal.production.rules.goods import NOTE_LENGTH
from bekal.production.rules.tools import (
    CONDITION_LABELS,
    TOOL_NAME,
    TRADE_LABELS,
    Condition,
    NewTool,
)
from bekal.ui.inputs import day_field


class TradeForm(forms.Form):
    """Of which kind a workshop is."""

    trade = tiles("Jenis bengkel", TRADE_LABELS, missing="Pilih jenis bengkelnya.")


class ToolForm(forms.Form):
    """How many of a tool there are, how they are, since when."""

    name = NoteField(
        label="Nama alat", longest=TOOL_NAME, missing="Isi nama alat, misalnya Mesin jahit."
    )
    count = CountField(label="Jumlah", missing="Isi jumlahnya, 0 kalau sudah tidak ada.")
    condition = tiles("Keadaan", CONDITION_LABELS, missing="Pilih keadaannya.")
    since = day_field("Sejak", missing="Isi tanggalnya.")
    note = NoteField(label="Catatan", longest=NOTE_LENGTH)

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: dt.date) -> None:
        """Begin today."""
        super().__init__(data, initial={"since": today, "condition": Condition.GOOD.value})

    def tool(self) -> NewTool:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewTool(
            name=tidy(given["name"]),
            count=given["count"],
            condition=Condition(given["condition"]),
            since=given["since"],
            note=tidy(given["note"]),
        )
