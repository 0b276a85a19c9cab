"""What officers type of recurring supply, and of what vendors bought in a month."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bekal.catalogue import queries as catalogue
from bekal.foundation.attachments import Attachment
from bekal.institutions.forms.answering import can_be_promised
from bekal.institutions.forms.booking import WEEKDAYS
from bekal.institutions.forms.fields import (
    CountField,
    FileField,
    KeyedForm,
    MoneyField,
    StrangerForm,
    day,
    optional_text,
    select,
    text,
)
from bekal.institutions.rules import SUPPLY_NOTE_LENGTH, Agreed
from bekal.shop.queries import Institution

_USUAL_TERM = 30
_MONTHS = 12
_HALF_A_YEAR = dt.timedelta(days=182)


class SupplyForm(KeyedForm):
    """An agreement with a vendor."""

    vendor = select("Penyedia bahan makanan", "Pilih penyedia dari daftar.")
    product = select("Produk", "Pilih produk dari daftar.")
    pieces = CountField("Jumlah sekali kirim", "Isi jumlahnya, misalnya 20.")
    unit_price = MoneyField("Harga satu barang", "Isi harganya, misalnya 6.000.")
    weekdays = forms.MultipleChoiceField(
        label="Hari kirim",
        choices=[(str(number), name) for number, name in enumerate(WEEKDAYS)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih paling sedikit satu hari.",
            "invalid_choice": "Pilih hari dari daftar.",
        },
    )
    first_on = day("Mulai", "Isi tanggal mulai.")
    last_on = day("Sampai", "Isi tanggal berakhir.")
    term_days = forms.CharField(
        label="Jatuh tempo faktur (hari)",
        max_length=3,
        error_messages={"required": "Isi lamanya dalam hari, misalnya 30."},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        unit_id: int,
        vendors: Sequence[Institution],
        today: dt.date,
    ) -> None:
        """Offer the vendors that were checked and the unit's own goods that have a price."""
        begin = {"first_on": today, "last_on": today + _HALF_A_YEAR, "term_days": _USUAL_TERM}
        super().__init__(data, initial=begin)
        self.vendors = {str(one.pk): one for one in vendors}
        rows = [
            row
            for row in catalogue.every_product_of(
                unit_id=unit_id, filters=catalogue.ProductFilters(), on=today
            )
            if can_be_promised(row)
        ]
        self.ids = {row.code: row.id for row in rows}
        offer(self, "vendor", [(key, one.name) for key, one in self.vendors.items()])
        offer(self, "product", [(row.code, row.name) for row in rows])

    def clean_term_days(self) -> int:
        """Read a number of days, 0 for at once."""
        typed = self.cleaned_data["term_days"].strip()
        if not (typed.isascii() and typed.isdigit()):
            raise forms.ValidationError("Isi lamanya dalam hari, misalnya 30.")
        return int(typed)

    @property
    def agreed(self) -> Agreed:
        """What was agreed, of a form without faults."""
        asked = self.cleaned_data
        names = ("pieces", "unit_price", "first_on", "last_on", "term_days")
        days = frozenset(int(one) for one in asked["weekdays"])
        return Agreed(weekdays=days, **{name: asked[name] for name in names})


class HandedForm(forms.Form):
    """How many were handed over."""

    pieces = CountField("Jumlah yang diserahkan", "Isi jumlahnya, misalnya 20.")


class ReasonForm(forms.Form):
    """Why not."""

    reason = text("Alasan", "Tulis alasannya.", SUPPLY_NOTE_LENGTH)


class EndForm(ReasonForm):
    """The last day of an agreement that ends early, and why."""

    last_on = day("Hari kirim terakhir", "Isi hari terakhir.")
    field_order = ("last_on", "reason")


class PurchasesForm(KeyedForm):
    """What a vendor bought in all in a month, with its document."""

    vendor = select("Penyedia bahan makanan", "Pilih penyedia dari daftar.")
    total = MoneyField("Belanja bahan makanan sebulan", "Isi jumlahnya, misalnya 120.000.000.")
    file = FileField("Dokumen penyedia")
    reason = optional_text("Alasan koreksi", SUPPLY_NOTE_LENGTH)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,  # noqa: ANN401  Django's own type of uploaded files
        *,
        vendors: Sequence[Institution],
    ) -> None:
        """Offer the vendors that were checked."""
        super().__init__(data, files)
        offer(self, "vendor", [(str(one.pk), one.name) for one in vendors])
        self.fields["file"].required = True

    def clean_file(self) -> Attachment:
        """A total is declared with its document."""
        asked = "Lampirkan dokumen penyedia: rekap belanja sebulan."
        return paper_of(self.cleaned_data["file"], asked)


def paper_of(file: Attachment | None, question: StrOrPromise) -> Attachment:
    """The document of a total; asked for where there is none."""
    if file is None:
        raise forms.ValidationError(question)
    return file


class OwnPurchasesForm(StrangerForm):
    """What a vendor itself says that it bought in all in a month, with its document."""

    unit = select(_("UPT yang Anda layani"), _("Pilih UPT dari daftar."))
    month = select(_("Bulan"), _("Pilih bulan dari daftar."))
    total = MoneyField(
        _("Belanja bahan makanan sebulan"), _("Isi jumlahnya, misalnya 120.000.000.")
    )
    file = FileField(_("Rekap belanja"))
    reason = optional_text(_("Alasan koreksi"), SUPPLY_NOTE_LENGTH)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,  # noqa: ANN401  Django's own type of uploaded files
        *,
        units: Mapping[int, str],
        today: dt.date,
    ) -> None:
        """Offer the units that it supplies, and the last twelve months."""
        super().__init__(data, files)
        offer(self, "unit", [(str(pk), name) for pk, name in units.items()])
        offer(self, "month", [(f"{one:%Y-%m}", month_words(one)) for one in last_months(today)])
        self.fields["file"].required = True

    def clean_file(self) -> Attachment:
        """A total is declared with its document."""
        return paper_of(self.cleaned_data["file"], _("Lampirkan rekap belanja sebulan."))

    @property
    def said(self) -> tuple[int, dt.date]:
        """The unit and the first day of the month, of a form without faults."""
        asked = self.cleaned_data
        return int(asked["unit"]), dt.date.fromisoformat(f"{asked['month']}-01")


HARVEST_IDS = "panen_%s"
"""The form stands beside another one with the same names."""


class HarvestForm(KeyedForm):
    """What a unit harvested in a month, with its source."""

    total = MoneyField("Nilai panen sebulan", "Isi nilainya dalam rupiah, misalnya 9.000.000.")
    source = text("Sumber", "Tulis sumbernya, misalnya buku panen kebun.", SUPPLY_NOTE_LENGTH)
    reason = optional_text("Alasan koreksi", SUPPLY_NOTE_LENGTH)


def last_months(today: dt.date) -> list[dt.date]:
    """The first days of the present month and the eleven before it, the newest first."""
    first = today.replace(day=1)
    return [
        dt.date(first.year + (first.month - 1 - n) // 12, (first.month - 1 - n) % 12 + 1, 1)
        for n in range(_MONTHS)
    ]


def month_words(month: dt.date) -> str:
    """A month as people say it in the language that is active now."""
    return date_format(month, "F Y")


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Fill a select."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("Pilih")), *choices]


def read_month(typed: str, *, today: dt.date) -> dt.date:
    """A month of an address ("2026-04"); the present one when it is none, or one to come."""
    try:
        month = dt.date.fromisoformat(f"{typed}-01")
    except ValueError:
        return today.replace(day=1)
    return month if dt.date(2020, 1, 1) <= month <= today else today.replace(day=1)
