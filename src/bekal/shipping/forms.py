"""What officers type into the pages of shipping, read generously; nothing is written here."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.shipping import rules, sheet_file
from bekal.shipping.queries import Areas, RateFilters, Rows, ServiceRow, Sort
from bekal.shipping.rules import Manner, Terms
from bekal.ui.inputs import Keyed, day_field, show_refusal

SUGGESTIONS = {"data-typeahead": rules.DISTRICTS_ADDRESS, "data-typeahead-for": "id_kode"}
ROWS = {slugify(rows.value): rows for rows in Rows}
_ID = re.compile(r"\d{1,18}", re.ASCII)
_Read = TypeVar("_Read")


def read_filters(asked: Mapping[str, str]) -> RateFilters:
    """Read the address of the table: layanan, cari, baris, urut, halaman; nonsense is nothing."""
    service, sort = asked.get("layanan", ""), asked.get("urut", "")
    return RateFilters(
        service_id=int(service) if _ID.fullmatch(service) else None,
        text=" ".join(asked.get("cari", "").replace("\0", "").split())[:60],
        rows=ROWS.get(asked.get("baris", ""), Rows.IN_FORCE),
        sort=Sort(sort) if sort in set(Sort) else Sort.AREA,
        page=formats.read_page(asked.get("halaman", "")),
    )


def _read(text: str, read: Callable[[str], _Read]) -> _Read:
    try:
        return read(text)
    except Refused as refused:
        raise forms.ValidationError(refused.message) from refused


def _text(
    label: str, missing: str, *, required: bool = True, widget: forms.Widget | None = None
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=120,
        widget=widget,
        error_messages={"required": missing},
    )


class NewService(Keyed):
    """A courier's service and how it counts weight."""

    courier = _text("Kurir", "Isi nama kurir, misalnya JNE.")
    name = _text("Layanan", "Isi nama layanan, misalnya REG.")
    divisor = _text("Pembagi berat volume", "", required=False)
    tolerance_g = _text("Kelonggaran pembulatan (gram)", "", required=False)

    def clean_divisor(self) -> int | None:
        """Read "6000" or "6.000"; empty when size does not count."""
        typed = self.cleaned_data["divisor"]
        return _read(typed, formats.read_count) if typed else None

    def clean_tolerance_g(self) -> int:
        """Read whole grams; empty is none."""
        typed = self.cleaned_data["tolerance_g"]
        return _read(typed, formats.read_count) if typed else 0

    @property
    def manner(self) -> Manner:
        """How the service counts."""
        return Manner(self.cleaned_data["divisor"], self.cleaned_data["tolerance_g"])


class Stop(forms.Form):
    """The first day on which a service carries nothing."""

    day = day_field("Berhenti mulai", missing="Isi tanggalnya.")


class RateForm(Keyed):
    """A row of the table: service, area, numbers, and from which day."""

    service = forms.TypedChoiceField(
        label="Layanan",
        coerce=int,
        error_messages={
            "required": "Pilih layanan.",
            "invalid_choice": rules.ServiceUnknown().message,
        },
    )
    area = _text("Tujuan", "Isi tujuan, misalnya Kota Palu, Sulawesi Tengah, atau semua.")
    serves = forms.TypedChoiceField(
        label="Ke tujuan ini",
        choices=[("ya", "Diantar"), ("tidak", "Tidak diantar")],
        initial="ya",
        coerce=lambda value: value == "ya",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu."},
    )
    first_kg = _text("Kg pertama", "Isi tarif kg pertama, misalnya 18.000.")
    next_kg = _text("Setiap kg berikutnya", "Isi tarif kg berikutnya; tulis 0 bila tidak ada.")
    min_weight = _text("Berat minimum", "", required=False)
    max_weight = _text("Berat maksimum", "Isi berat maksimum, misalnya 30.")
    days_min = _text("Paling cepat (hari)", "Isi lama kirim, misalnya 2.")
    days_max = _text("Paling lama (hari)", "Isi lama kirim, misalnya 3.")
    valid_from = day_field("Berlaku mulai", missing="Isi tanggalnya.")

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        services: Sequence[ServiceRow],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the services of the unit."""
        super().__init__(data, initial=initial)
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Pilih layanan"), *((one.id, one.label) for one in services)]

        if self.data.get("serves") == "tidak":
            for name in _NUMBERS:
                self.fields[name].required = False

    def clean_area(self) -> str:
        """The code of the area that is written."""
        return _read(self.cleaned_data["area"], Areas().code_of)

    def clean(self) -> dict[str, Any]:
        """Read the numbers into `terms`; None where the service does not go."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["terms"] = None
        if not cleaned.get("serves", False):
            return cleaned
        numbers = [self._number(name) for name in _NUMBERS]
        if not any(name in self.errors for name in _NUMBERS):
            cleaned["terms"] = Terms(*numbers)
            try:
                rules.check_terms(cleaned["terms"])
            except Refused as refused:
                show_refusal(self, refused)
        return cleaned

    def _number(self, name: str) -> int:
        """What is typed in a field, as a number; 0 where the field has an error."""
        typed = self.cleaned_data.get(name, "")
        if not typed:
            return 1 if name == "min_weight" else 0
        try:
            return _read(typed, _NUMBERS[name])
        except forms.ValidationError as error:
            self.add_error(name, error)
            return 0


_NUMBERS: dict[str, Callable[[str], int]] = {
    "first_kg": formats.read_rupiah,
    "next_kg": formats.read_rupiah,
    "min_weight": rules.read_grams,
    "max_weight": rules.read_grams,
    "days_min": formats.read_count,
    "days_max": formats.read_count,
}
"""The fields of a rate's numbers, in the order of Terms, and how each is read."""


class RateSheet(Keyed):
    """A sheet of rates, pasted or as a file, and the day from which it holds."""

    sheet = forms.CharField(
        label="Tempel lembar",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"null_characters_not_allowed": "Tempel lembar sebagai teks."},
    )
    file = forms.FileField(
        label="Atau unggah berkas XLSX atau CSV",
        required=False,
    )
    valid_from = day_field("Berlaku mulai", missing="Isi tanggalnya.")

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        *,
        today: dt.date,
    ) -> None:
        """Begin today, the unit's own day, unless another is chosen."""
        super().__init__(data, files, initial={"valid_from": today})
        self.today = today

    def clean_valid_from(self) -> dt.date:
        """A day on which a rate may begin."""
        day: dt.date = self.cleaned_data["valid_from"]
        try:
            rules.check_day(day=day, today=self.today)
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused
        return day

    def clean(self) -> dict[str, Any]:
        """Read the sheet into `rows`; a file goes before pasted text."""
        cleaned = super().clean() or self.cleaned_data
        file, text = cleaned.get("file"), cleaned.get("sheet", "")
        try:
            if file is not None:
                text = sheet_file.text_of(file.read(sheet_file.LARGEST_FILE + 1))
            cleaned |= {"sheet": text, "rows": sheet_file.read_sheet(text)}
        except Refused as refused:
            self.add_error("sheet" if file is None else "file", refused.message)
        return cleaned

    def told(self) -> dict[str, Any]:
        """What a sheet without faults says, for a person to compare with another."""
        rows = [asdict(row) for row in self.cleaned_data["rows"]]
        return {"valid_from": self.cleaned_data["valid_from"], "rows": rows}


class Trial(forms.Form):
    """A kecamatan, typed or chosen, and what would be sent."""

    tujuan = _text("Kecamatan tujuan", "Isi kecamatan.", widget=forms.TextInput(attrs=SUGGESTIONS))
    kode = forms.CharField(required=False, max_length=6, widget=forms.HiddenInput)
    berat = _text("Berat", "Isi berat, misalnya 1,5.")
    ukuran = _text("Ukuran", "", required=False)

    def clean_berat(self) -> int:
        """The grams."""
        return _read(self.cleaned_data["berat"], rules.read_grams)

    def clean_ukuran(self) -> int | None:
        """The cubic centimetres of "30 x 20 x 10"; None when nobody measured."""
        typed = self.cleaned_data["ukuran"]
        return _read(typed, rules.read_volume) if typed else None
