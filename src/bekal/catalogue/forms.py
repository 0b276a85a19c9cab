"""What people type into the catalogue, read generously; nothing is written here."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.text import slugify

from bekal.catalogue import kinds, queries, rules, sheet_file
from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.ui.inputs import Keyed, day_field

STATUS_SLUGS: dict[str, rules.Status] = {slugify(status.value): status for status in rules.Status}


def read_filters(asked: Mapping[str, str]) -> queries.ProductFilters:
    """Read the list's address: cari, kategori, status, urut, halaman; nonsense narrows nothing."""
    sort = asked.get("urut", "")
    return queries.ProductFilters(
        text=rules.tidy(asked.get("cari", ""))[: rules.NAME_LENGTH],
        category=slugify(asked.get("kategori", "")),
        status=STATUS_SLUGS.get(asked.get("status", "")),
        sort=queries.Sort(sort) if sort in set(queries.Sort) else queries.Sort.NAME,
        page=formats.read_page(asked.get("halaman", "")),
    )


def read_showcase(asked: Mapping[str, str]) -> queries.ShowcaseFilters:
    """Read the public list's address; nonsense narrows nothing.

    Words: cari, jenis, prov, kanwil, unit, harga, stok, halal, baru, urut, halaman, setelah,
    sebelum.
    """
    sort, price, stock = (asked.get(name, "") for name in ("urut", "harga", "stok"))
    codes = {
        name: slugify(asked.get(name, "")[:80]) for name in ("jenis", "prov", "kanwil", "unit")
    }
    return queries.ShowcaseFilters(
        text=rules.tidy(asked.get("cari", "")[: 2 * rules.NAME_LENGTH])[: rules.NAME_LENGTH],
        category=codes["jenis"] if codes["jenis"] in kinds.BY_CODE else "",
        province=codes["prov"],
        kanwil=codes["kanwil"],
        unit=codes["unit"],
        price=queries.PriceRange(price) if price in set(queries.PriceRange) else None,
        stock=queries.Stock(stock) if stock in set(queries.Stock) else None,
        is_halal=asked.get("halal") == queries.YES,
        is_new=asked.get("baru") == queries.YES,
        sort=queries.ShowcaseSort(sort)
        if sort in set(queries.ShowcaseSort)
        else queries.ShowcaseSort.BEST,
        page=formats.read_page(asked.get("halaman", "")),
        mark=queries.read_mark(after=asked.get("setelah", ""), before=asked.get("sebelum", "")),
    )


class NewProduct(forms.Form):
    """The name and the category of a product to add."""

    name = forms.CharField(
        label="Nama produk",
        max_length=rules.NAME_LENGTH,
        error_messages={
            "required": rules.NameMissing().message,
            "max_length": rules.NameTooLong().message,
        },
    )
    category = forms.ChoiceField(
        label="Kategori",
        error_messages={
            "required": rules.CategoryUnknown().message,
            "invalid_choice": rules.CategoryUnknown().message,
        },
    )

    def __init__(
        self, data: Mapping[str, str] | None = None, *, categories: list[tuple[str, str]]
    ) -> None:
        """Offer the catalogue's categories, as (code, name)."""
        super().__init__(data)
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Pilih kategori"), *categories]


class Amount(Keyed):
    """A price or a cost in rupiah, the day from which it holds, and a note."""

    amount = forms.CharField()
    valid_from = day_field("Berlaku mulai", missing="Isi tanggal mulai berlaku.")
    note = forms.CharField(
        label="Catatan",
        required=False,
        max_length=rules.NOTE_LENGTH,
        error_messages={"max_length": rules.NoteTooLong().message},
    )

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        sheet: rules.Sheet,
        today: dt.date | None = None,
    ) -> None:
        """Speak of the price or of the cost, and begin today unless another day is chosen."""
        super().__init__(data, initial={"valid_from": today})
        word = str(sheet)
        field = self.fields["amount"]
        field.label = "Harga baru" if sheet is rules.Sheet.PRICE else "Harga pokok baru"
        field.error_messages["required"] = f"Isi {word}, misalnya 15.000."

    def clean_amount(self) -> int:
        """Read "15000", "15.000" or "Rp 15.000" as whole rupiah."""
        try:
            return formats.read_rupiah(self.cleaned_data["amount"])
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


class PriceSheet(Keyed):
    """A sheet of prices and costs, pasted or as a file, and the day from which it holds."""

    sheet = forms.CharField(
        label="Tempel lembar",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"null_characters_not_allowed": "Tempel lembar sebagai teks."},
    )
    file = forms.FileField(label="Atau unggah berkas CSV", required=False)
    valid_from = day_field("Berlaku mulai", missing="Isi tanggal mulai berlaku.")

    def clean(self) -> dict[str, Any]:
        """Read the sheet into `rows`; a file goes before pasted text."""
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        try:
            if file is not None:
                cleaned["sheet"] = sheet_file.read_file(file.read(sheet_file.LARGEST_FILE + 1))
            cleaned["rows"] = sheet_file.read_sheet(cleaned.get("sheet", ""))
        except Refused as refused:
            self.add_error("sheet", refused.message)
        return cleaned

    def told(self) -> dict[str, Any]:
        """What a sheet without faults says, for a person to compare with another."""
        rows = [asdict(row) for row in self.cleaned_data["rows"]]
        return {"valid_from": self.cleaned_data["valid_from"], "rows": rows}
