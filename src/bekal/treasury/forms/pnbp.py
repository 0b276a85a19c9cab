"""What a treasurer types of deposits, read generously; nothing is written here."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django import forms

from bekal.foundation import formats
from bekal.foundation.attachments import Attachment
from bekal.foundation.clock import Zone
from bekal.foundation.refusals import Refused
from bekal.treasury.proofs import ACCEPTED, read_proof
from bekal.treasury.queries import DepositFilters, DepositSort, Stage
from bekal.treasury.rules import (
    CODE_DAYS,
    MEANS_LABELS,
    REASON_LENGTH,
    DepositMeans,
    read_billing_code,
    read_ntpn,
)
from bekal.ui.inputs import Keyed, day_field

_LONGEST_NUMBER = 40
_END_OF_DAY = "23:59"
_Read = TypeVar("_Read")


def words(label: str, missing: str = "", *, longest: int = REASON_LENGTH) -> forms.CharField:
    """A few words; without a sentence for their lack they may be blank."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=longest,
        error_messages={"required": missing},
    )


class Rupiah(forms.CharField):
    """An amount in whole rupiah."""

    def __init__(self, label: str, missing: str) -> None:
        """Ask for it."""
        messages = {"required": missing, "max_length": missing}
        super().__init__(label=label, max_length=_LONGEST_NUMBER, error_messages=messages)

    def clean(self, value: object) -> int:
        """Read "48000", "48.000" or "Rp 48.000"."""
        return _read(formats.read_rupiah, super().clean(value))


class BillForm(Keyed):
    """A deposit to be paid: how much, by which code, until when."""

    amount = Rupiah("Jumlah setoran", "Isi jumlahnya, misalnya 148.000.")
    billing_code = words(
        "Kode billing", "Isi 15 angka kode billing dari SIMPONI.", longest=_LONGEST_NUMBER
    )
    expires_on = day_field("Berlaku sampai tanggal", missing="Isi sampai kapan kodenya berlaku.")
    expires_time = forms.TimeField(
        label="Jam",
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M"),
        error_messages={"required": "Isi jamnya.", "invalid": "Tulis jam seperti 23.59."},
    )
    more_reason = words("Alasan disetor lebih dari yang terutang")

    def __init__(self, data: Mapping[str, str] | None = None, *, today: dt.date, free: int) -> None:
        """Begin with all that is owed and has no code, and a week."""
        begun = {
            "amount": formats.thousands(free) if free else "",
            "expires_on": today + dt.timedelta(days=CODE_DAYS),
            "expires_time": _END_OF_DAY,
        }
        super().__init__(data, initial=begun)

    def clean_billing_code(self) -> str:
        """15 digits."""
        return _read(read_billing_code, self.cleaned_data["billing_code"])

    def expires_at(self, zone: Zone) -> dt.datetime:
        """The instant at which the code ends, by the unit's clock."""
        typed = self.cleaned_data
        return dt.datetime.combine(typed["expires_on"], typed["expires_time"], tzinfo=zone.info)


class PayForm(Keyed):
    """That a deposit was paid."""

    ntpn = words("NTPN", "Isi 16 huruf dan angka NTPN dari bukti bayar.", longest=_LONGEST_NUMBER)
    means = forms.ChoiceField(
        label="Dibayar dengan",
        choices=[(means.value, label) for means, label in MEANS_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu.", "invalid_choice": "Pilih salah satu."},
    )
    paid_on = day_field("Tanggal dibayar", missing="Isi tanggal di bukti bayar.")
    late_reason = words("Mengapa bisa dibayar sesudah kode habis")

    def __init__(self, data: Mapping[str, str] | None = None, *, today: dt.date) -> None:
        """Begin with today."""
        super().__init__(data, initial={"paid_on": today})

    def clean_ntpn(self) -> str:
        """16 signs."""
        return _read(read_ntpn, self.cleaned_data["ntpn"])

    def clean_means(self) -> DepositMeans:
        """One of the two."""
        return DepositMeans(self.cleaned_data["means"])


class PastForm(BillForm):
    """A deposit that was billed and paid before it was written down here."""

    ntpn = words("NTPN", "Isi 16 huruf dan angka NTPN dari bukti bayar.", longest=_LONGEST_NUMBER)
    means = PayForm.base_fields["means"]
    paid_on = day_field("Tanggal dibayar", missing="Isi tanggal di bukti bayar.")
    late_reason = words("Mengapa bisa dibayar sesudah kode habis")

    def clean_ntpn(self) -> str:
        """16 signs."""
        return _read(read_ntpn, self.cleaned_data["ntpn"])


class CallForm(forms.Form):
    """Why a deposit is called off."""

    reason = words("Alasan dibatalkan", "Tulis alasannya, misalnya kode habis.")


class ProofForm(forms.Form):
    """A paper of a deposit."""

    file = forms.FileField(
        label="Bukti penerimaan negara",
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def clean_file(self) -> Attachment:
        """The paper as it is kept."""
        file = self.cleaned_data.get("file")
        if file is None:
            raise forms.ValidationError("Pilih berkas buktinya: PDF, JPG, atau PNG.")
        try:
            return read_proof(name=str(file.name), content=file.read())
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


class SetOffForm(Keyed):
    """What of the overpaid pays what is owed."""

    amount = Rupiah("Jumlah yang diperhitungkan", "Isi jumlahnya, misalnya 50.000.")
    document = words("Nomor surat persetujuan", "Isi nomor surat dari KPPN.")
    set_on = day_field("Tanggal surat", missing="Isi tanggal suratnya.")

    def __init__(self, data: Mapping[str, str] | None = None, *, today: dt.date, most: int) -> None:
        """Begin with the most that can be."""
        amount = formats.thousands(most) if most else ""
        super().__init__(data, initial={"amount": amount, "set_on": today})


def read_filters(asked: Mapping[str, str]) -> DepositFilters:
    """Read the list's address: cari, keadaan, urut; nonsense narrows nothing."""
    stage, sort = asked.get("keadaan", ""), asked.get("urut", "")
    text = "".join(asked.get("cari", "").replace("\0", "").upper().split())[:16]
    return DepositFilters(
        stage=Stage(stage) if stage in _values(Stage) else None,
        text=text,
        sort=DepositSort(sort) if sort in _values(DepositSort) else DepositSort.NEWEST,
    )


def _values(choices: Iterable[str]) -> set[str]:
    return {str(each) for each in choices}


def _read(reader: Callable[[str], _Read], typed: str) -> _Read:
    """What a reader makes of a text; its refusal stands at the field."""
    try:
        return reader(typed)
    except Refused as refused:
        raise forms.ValidationError(refused.message) from refused
