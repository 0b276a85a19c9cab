"""What an institution takes of which answer, and on which terms it pays."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from bekal.institutions.forms.fields import CountField, KeyedForm, day, optional_text
from bekal.institutions.queries import Compared
from bekal.institutions.rules import PO_LENGTH, USUAL_TERM, Part


class ChoiceForm(KeyedForm):
    """Pieces of each answer that is taken, the number of the own order, the last day of paying."""

    parts = forms.Field(required=False, label=_("Jumlah barang"), widget=forms.HiddenInput)
    po_number = optional_text(_("Nomor pesanan lembaga (PO atau SPK)"), PO_LENGTH)
    due_on = day(_("Jatuh tempo pembayaran"), _("Isi tanggal jatuh tempo."))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        rows: Sequence[Compared],
        today: dt.date,
    ) -> None:
        """Ask for the pieces of every offer that still holds."""
        super().__init__(data, initial={"due_on": today + USUAL_TERM})
        self.rows = [row for row in rows if row.is_offer and row.lasts(today=today)]
        for row in self.rows:
            name = row.unit.name
            question = _("Isi jumlah dengan angka, misalnya 200.")
            self.fields[name_of(row)] = CountField(name, question, required=False)
        self.order_fields([name_of(row) for row in self.rows])

    @property
    def chosen(self) -> list[tuple[Compared, int]]:
        """The answers that are taken, with how many pieces, of a form without faults."""
        found = ((row, self.cleaned_data.get(name_of(row))) for row in self.rows)
        return [(row, pieces) for row, pieces in found if pieces]

    @property
    def new_parts(self) -> tuple[Part, ...]:
        """The same as the action takes it."""
        return tuple(Part(row.answer.pk, pieces) for row, pieces in self.chosen if row.answer)

    @property
    def goods(self) -> int:
        """Rupiah of what is taken, without sending."""
        prices = ((row.answer.unit_price if row.answer else 0) or 0 for row, _n in self.chosen)
        return sum(price * pieces for price, (_r, pieces) in zip(prices, self.chosen, strict=True))

    @property
    def fees(self) -> int:
        """Rupiah of sending it, each workshop by itself."""
        return sum((row.answer.fee if row.answer else 0) or 0 for row, _n in self.chosen)

    @property
    def total(self) -> int:
        """Rupiah of all that is to be paid."""
        return self.goods + self.fees

    def field_of(self, answer_id: UUID) -> forms.BoundField | None:
        """The field of an answer, or None where there is nothing to take."""
        name = f"jumlah_{answer_id.hex}"
        return self[name] if name in self.fields else None

    def answers(self) -> list[tuple[str, str]]:
        """The answers as fields to be sent again, when the form is valid."""
        parts = [(name_of(row), str(pieces)) for row, pieces in self.chosen]
        asked = self.cleaned_data
        return [*parts, ("po_number", asked["po_number"]), ("due_on", str(asked["due_on"]))]


def name_of(row: Compared) -> str:
    """The name of the field of an answer: a changed answer has another, so none is mistaken."""
    return f"jumlah_{row.answer.pk.hex}" if row.answer else ""
