"""What officers type at the desk of orders, read generously; nothing is written here."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from bekal.foundation.refusals import Refused
from bekal.payments.rules import MEANS_LABELS, Means
from bekal.shop.queries import DeskFilters, InvoiceFilters, Pile, Sorting
from bekal.shop.rules import (
    CODE_PREFIX,
    REASON_LENGTH,
    Age,
    Delivery,
    read_code,
    read_scan,
    read_tracking,
)

MOST_AT_ONCE = 50
_TEXT_LENGTH = 60


def read_desk_filters(asked: Mapping[str, str]) -> DeskFilters:
    """Read the address of the list of orders; nonsense narrows nothing.

    Who types a whole code means that one order: nothing else narrows it down.
    """
    text = asked.get("cari", "").replace("\0", "").strip()[:_TEXT_LENGTH]
    code = _whole_code(text)
    if code:
        return DeskFilters(pile=Pile.ALL, text=code)
    pile, sorting = asked.get("tumpukan", ""), asked.get("urut", "")
    delivery = asked.get("kirim", "")
    return DeskFilters(
        pile=Pile(pile) if pile in set(Pile) else Pile.PREPARE,
        text=text,
        delivery=Delivery(delivery) if delivery in set(Delivery) else None,
        is_due=asked.get("janji") == "hari-ini",
        sorting=Sorting(sorting) if sorting in set(Sorting) else Sorting.DUE,
    )


def _whole_code(text: str) -> str:
    """The code of an order as it is written, with its beginning; a name may look like the rest."""
    if not text.upper().startswith(CODE_PREFIX):
        return ""
    try:
        return read_code(text)
    except Refused:
        return ""


def read_invoice_filters(asked: Mapping[str, str]) -> InvoiceFilters:
    """Read the address of the list of invoices; nonsense narrows nothing."""
    age = asked.get("umur", "")
    text = asked.get("cari", "").replace("\0", "").strip()[:_TEXT_LENGTH]
    return InvoiceFilters(age=Age(age) if age in set(Age) else None, text=text)


def read_part_ids(sent: list[str]) -> list[UUID]:
    """The parts that were ticked; what is no id is left out, and so is what is too many."""
    found = []
    for text in sent[:MOST_AT_ONCE]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


class ScanForm(forms.Form):
    """What a scanner types, or a person: the order's code, or the address on its label."""

    code = forms.CharField(
        label="Kode pesanan",
        max_length=200,
        widget=forms.TextInput(attrs={"autofocus": True, "autocapitalize": "characters"}),
        error_messages={
            "required": "Pindai label, atau ketik kode pesanannya.",
            "max_length": "Kode tidak dikenal. Periksa lagi huruf dan angkanya.",
        },
    )

    def clean_code(self) -> str:
        """The code as it is written."""
        try:
            return read_scan(str(self.cleaned_data["code"]))
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


class HandOverForm(forms.Form):
    """The courier's number of a parcel, or the word that there is none."""

    tracking_number = forms.CharField(
        label="Nomor resi",
        max_length=80,
        widget=forms.TextInput(attrs={"autofocus": True, "autocapitalize": "characters"}),
        error_messages={
            "required": "Isi nomor resi, atau centang Tanpa nomor resi bila tidak ada.",
            "max_length": "Nomor resi paling panjang 40 huruf dan angka.",
        },
    )
    has_none = forms.BooleanField(label="Tanpa nomor resi", required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, order_code: str) -> None:
        """Know the order's own code, which is on the label and no number of a courier."""
        super().__init__(data)
        self._order_code = order_code

    def clean(self) -> dict[str, object]:
        """Read the number; without one the person says so."""
        cleaned = super().clean() or self.cleaned_data
        if self.has_error("tracking_number", "required") and cleaned.get("has_none"):
            del self.errors["tracking_number"]
            cleaned["tracking_number"] = ""
        if "tracking_number" in self.errors:
            return cleaned
        typed = str(cleaned.get("tracking_number", ""))
        if self._is_label(typed):
            said = "Ini kode pesanannya. Pindai nomor pada struk kurir."
            self.add_error("tracking_number", said)
            return cleaned
        try:
            cleaned["tracking_number"] = read_tracking(typed)
        except Refused as refused:
            self.add_error("tracking_number", refused.message)
        return cleaned

    def _is_label(self, typed: str) -> bool:
        """Whether the label of the parcel was scanned a second time."""
        try:
            return read_scan(typed) == self._order_code
        except Refused:
            return False


class CounterForm(forms.Form):
    """How a buyer paid on fetching."""

    means = forms.ChoiceField(
        label="Dibayar dengan",
        choices=[
            (means.value, MEANS_LABELS[means]) for means in (Means.CASH, Means.QRIS, Means.TRANSFER)
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Pilih cara pembeli membayar.",
            "invalid_choice": "Pilih cara pembeli membayar.",
        },
    )


class ReasonForm(forms.Form):
    """Why an order is declined or cancelled; its buyer reads it."""

    reason = forms.CharField(
        label="Alasan untuk pembeli",
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Dibaca pembeli. Jangan menulis nama orang.",
        error_messages={"required": "Tulis alasannya, misalnya bahan sedang habis."},
    )


_WHICH_GOODS = "Pilih apa yang terjadi dengan barangnya."
_HERE, _AWAY = "ada", "tidak"


class FailForm(ReasonForm):
    """Why a part cannot be fulfilled and, once it is paid for, whether its goods are there."""

    goods = forms.ChoiceField(
        label="Barangnya",
        choices=[
            (_HERE, "Masih ada di bengkel, atau belum dibuat"),
            (_AWAY, "Sudah tidak ada, atau rusak"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _WHICH_GOODS, "invalid_choice": _WHICH_GOODS},
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, is_paid: bool) -> None:
        """What nobody has paid for is let go and asks nothing of its goods."""
        super().__init__(data)
        if not is_paid:
            del self.fields["goods"]

    @property
    def are_goods_here(self) -> bool | None:
        """Whether they go back to the shelf, when the form is valid; None where it did not ask."""
        return self.cleaned_data["goods"] == _HERE if "goods" in self.fields else None
