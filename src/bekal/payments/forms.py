"""What a treasurer types, read generously; nothing is written here."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.payments.bank_lines import LARGEST_FILE
from bekal.payments.qris import LONGEST_PAYLOAD
from bekal.payments.rules import ASIDE_LABELS, MEANS_LABELS, OUT_LABELS, Means
from bekal.ui.inputs import Keyed, day_field

FOR_ORDER, UNKNOWN, BACK, ANEW = "order", "unknown", "back", "anew"
_REST = ((FOR_ORDER, "Untuk sebuah pesanan"), (BACK, "Kembalikan kepada pengirimnya"))
BY_HAND = (Means.CASH, Means.QRIS, Means.TRANSFER)
BY_HAND_OUT = (Means.TRANSFER, Means.CASH, Means.GATEWAY)


def _means_field(
    offered: Iterable[Means], label: str, names: Mapping[Means, str] = MEANS_LABELS
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(means.value, names[means]) for means in offered],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu.", "invalid_choice": "Pilih salah satu."},
    )


def _text_field(label: str, missing: str = "", *, longest: int = 80) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=longest,
        error_messages={"required": missing},
    )


def _rupiah(text: str) -> int:
    try:
        return formats.read_rupiah(text)
    except Refused as refused:
        raise forms.ValidationError(refused.message) from refused


def _past_day(day: dt.date, *, today: dt.date, since: dt.date = dt.date.min) -> dt.date:
    if day > today:
        raise forms.ValidationError(f"Tanggal paling akhir hari ini, {formats.date(today)}.")
    if day < since:
        first = formats.date(since)
        raise forms.ValidationError(f"Tanggal paling awal {first}, hari uang ini mulai ditagih.")
    return day


class Decision(Keyed):
    """What a line of a statement is: of an order, of one that is not known, or none of ours."""

    what = forms.ChoiceField(
        label="Uang ini",
        widget=forms.RadioSelect,
        choices=[
            (FOR_ORDER, "Untuk sebuah pesanan"),
            (UNKNOWN, "Uang pembeli, belum diketahui untuk pesanan mana"),
            *((aside.value, label) for aside, label in ASIDE_LABELS.items()),
        ],
        error_messages={"required": "Pilih salah satu.", "invalid_choice": "Pilih salah satu."},
    )
    label = _text_field("Kode pesanan", longest=40)

    def clean(self) -> dict[str, Any]:
        """An order needs its code."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("what") == FOR_ORDER and not cleaned.get("label"):
            self.add_error("label", "Isi kode pesanannya, misalnya BK-7Q2M-18KD.")
        return cleaned


class RestDecision(Keyed):
    """What becomes of money that belongs to nothing: it pays an order, or goes back.

    Or, where it is all of a bank line, the line is decided anew.
    """

    what = forms.ChoiceField(
        label="Sisa uang ini",
        widget=forms.RadioSelect,
        choices=_REST,
        error_messages={"required": "Pilih salah satu.", "invalid_choice": "Pilih salah satu."},
    )
    label = _text_field("Kode pesanan", longest=40)
    why = _text_field("Alasan dikembalikan", longest=200)

    def __init__(self, data: Mapping[str, str] | None = None, *, is_of_line: bool = False) -> None:
        """Offer to decide the line anew, where it is one."""
        super().__init__(data)
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        if is_of_line:
            what.choices = [*_REST, (ANEW, "Salah catat: tentukan lagi baris mutasinya")]

    def clean(self) -> dict[str, Any]:
        """An order needs its code, a return its reason."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("what") == FOR_ORDER and not cleaned.get("label"):
            self.add_error("label", "Isi kode pesanannya, misalnya BK-7Q2M-18KD.")
        if cleaned.get("what") == BACK and not cleaned.get("why"):
            self.add_error("why", "Isi alasannya, misalnya terbayar dua kali.")
        return cleaned


class HandReceipt(Keyed):
    """Money that somebody saw come in: how, how much, when, and its number there."""

    method = _means_field(BY_HAND, "Uang masuk lewat")
    amount = forms.CharField(
        label="Jumlah yang masuk",
        error_messages={"required": "Isi jumlahnya, misalnya 148.000."},
    )
    reference = _text_field(
        "Nomor rujukan",
        "Isi nomor rujukan di aplikasi bank, atau nomor kuitansi untuk tunai.",
        longest=60,
    )
    received_on = day_field("Tanggal masuk", missing="Isi tanggal uangnya masuk.")

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        today: dt.date,
        since: dt.date,
        owed: int = 0,
    ) -> None:
        """Begin with today and with what the ask lacks; `since` is the day on which it was made."""
        super().__init__(
            data, initial={"received_on": today, "amount": formats.thousands(owed) if owed else ""}
        )
        self._today, self._since = today, since

    def clean_amount(self) -> int:
        """Whole rupiah."""
        return _rupiah(self.cleaned_data["amount"])

    def clean_reference(self) -> str:
        """One way of writing a number, so that the same is never taken in twice."""
        return "".join(self.cleaned_data["reference"].upper().split())

    def clean_received_on(self) -> dt.date:
        """No day to come, and none before the ask."""
        day: dt.date = self.cleaned_data["received_on"]
        return _past_day(day, today=self._today, since=self._since)


class Paying(Keyed):
    """How a debt was paid, with which proof, when."""

    means = _means_field(BY_HAND_OUT, "Dibayar lewat", OUT_LABELS)
    proof = _text_field("Nomor bukti", "Isi nomor bukti pembayarannya.")
    paid_on = day_field("Tanggal dibayar", missing="Isi tanggal pembayarannya.")

    def __init__(
        self, data: Mapping[str, str] | None = None, *, today: dt.date, since: dt.date
    ) -> None:
        """Begin with today; `since` is the day since which it is owed."""
        super().__init__(data, initial={"paid_on": today})
        self._today, self._since = today, since

    def clean_paid_on(self) -> dt.date:
        """No day to come, and none before the debt."""
        return _past_day(self.cleaned_data["paid_on"], today=self._today, since=self._since)


class UnitPaying(Keyed):
    """What a unit paid another: to whom, how much, with which proof, when."""

    payee = forms.ChoiceField(
        label="Kepada",
        error_messages={"required": "Pilih unitnya.", "invalid_choice": "Pilih unitnya."},
    )
    amount = forms.CharField(
        label="Jumlah", error_messages={"required": "Isi jumlahnya, misalnya 148.000."}
    )
    proof = _text_field("Nomor bukti", "Isi nomor bukti transfernya.")
    paid_on = day_field("Tanggal dibayar", missing="Isi tanggal pembayarannya.")

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        payees: Iterable[tuple[str, str]],
        today: dt.date,
        payee: str = "",
        owed: int = 0,
    ) -> None:
        """Offer the units that something is owed to."""
        amount = formats.thousands(owed) if owed else ""
        super().__init__(data, initial={"paid_on": today, "payee": payee, "amount": amount})
        self._today = today
        field = self.fields["payee"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Pilih unit"), *payees]

    def clean_amount(self) -> int:
        """Whole rupiah."""
        return _rupiah(self.cleaned_data["amount"])

    def clean_paid_on(self) -> dt.date:
        """No day to come."""
        return _past_day(self.cleaned_data["paid_on"], today=self._today)


class MerchantForm(forms.Form):
    """A unit's own QRIS and account."""

    static_qris = forms.CharField(
        label="Teks QRIS statis",
        required=False,
        max_length=LONGEST_PAYLOAD,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Teks ini terlalu panjang untuk kode QRIS."},
    )
    bank = _text_field("Nama bank", longest=60)
    account_number = _text_field("Nomor rekening", longest=24)
    holder = _text_field("Atas nama")


class StatementForm(forms.Form):
    """A bank statement, as a file or pasted."""

    file = forms.FileField(label="Berkas mutasi", required=False)
    pasted = forms.CharField(
        label="Atau tempel isinya",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"null_characters_not_allowed": "Tempel mutasi sebagai teks."},
    )

    def content(self) -> tuple[str, bytes]:
        """Name and bytes of what was sent; a file goes before pasted text."""
        file = self.cleaned_data.get("file")
        if file is not None:
            return str(file.name), file.read(LARGEST_FILE + 1)
        return "", str(self.cleaned_data.get("pasted", "")).encode()
