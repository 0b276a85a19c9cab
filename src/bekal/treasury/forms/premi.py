"""What is typed of premi: periods, from where it is paid, and the terms of a unit."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.text import slugify

from bekal.foundation import formats
from bekal.foundation.clock import month_of
from bekal.ledger.rules import AccountKind
from bekal.treasury.forms.fields import RupiahField, tiles, words
from bekal.treasury.queries import RunFilters, RunSort
from bekal.treasury.rules.premi_files import COLUMN_LABELS, SEPARATOR_LABELS, NewColumns
from bekal.treasury.rules.premi_paying import (
    MONEY_LABELS,
    REASON_LENGTH,
    RUN_LABELS,
    MoneyIn,
    NewRun,
    NewSavingsPayment,
    RunKind,
    RunState,
)
from bekal.treasury.rules.premi_terms import (
    AGREEMENT_LABELS,
    CITATION_LENGTH,
    FUNDS,
    NAME_LENGTH,
    NUMBER_LENGTH,
    AgreementKind,
    NewAgreement,
    NewSaving,
)
from bekal.ui.inputs import Keyed, day_field

STATE_SLUGS: dict[str, RunState] = {slugify(state.value): state for state in RunState}
KIND_SLUGS: dict[str, RunKind] = {slugify(label): kind for kind, label in RUN_LABELS.items()}


def read_run_filters(asked: Mapping[str, str]) -> RunFilters:
    """Read the list's address: keadaan, jenis, urut, halaman; nonsense narrows nothing."""
    sort = asked.get("urut", "")
    return RunFilters(
        state=STATE_SLUGS.get(asked.get("keadaan", "")),
        kind=KIND_SLUGS.get(asked.get("jenis", "")),
        sort=RunSort(sort) if sort in set(RunSort) else RunSort.NEWEST,
        page=formats.read_page(asked.get("halaman", "")),
    )


def _money() -> forms.ChoiceField:
    choices = [(money.value, label) for money, label in MONEY_LABELS.items()]
    return tiles("Dibayar dari", choices, missing="Pilih dari mana uangnya.")


class RunForm(Keyed):
    """Which premi is to be paid."""

    kind = tiles(
        "Dibayarkan",
        [(kind.value, label) for kind, label in RUN_LABELS.items() if kind is not RunKind.LEAVING],
        missing="Pilih seberapa sering premi ini dibayarkan.",
    )
    first = day_field("Masa, dari", missing="Isi hari pertamanya.")
    last = day_field("Sampai", missing="Isi hari terakhirnya.")

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: dt.date) -> None:
        """Begin with the month that is running."""
        begun = {"kind": RunKind.MONTHLY.value, "first": month_of(today).first, "last": today}
        super().__init__(data, initial=begun)

    def run(self, unit_id: int) -> NewRun:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewRun(self.key, unit_id, RunKind(given["kind"]), given["first"], given["last"])


class LeavingForm(Keyed):
    """The premi of one maker who has left; the days stand in the page, so that a repeat is one."""

    first = day_field("Dari", missing="Muat ulang halaman ini.")
    last = day_field("Sampai", missing="Muat ulang halaman ini.")

    def run(self, unit_id: int, maker: str) -> NewRun:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        kind = RunKind.LEAVING
        return NewRun(self.key, unit_id, kind, given["first"], given["last"], maker)


class PayForm(forms.Form):
    """From where a run is paid."""

    money = _money()

    def place(self) -> MoneyIn:
        """What the action is asked for, when the form is valid."""
        return MoneyIn(self.cleaned_data["money"])


class CancelForm(forms.Form):
    """Why a run is cancelled."""

    reason = words("Alasan", longest=REASON_LENGTH, missing="Isi alasannya.")


class SavingsForm(Keyed):
    """How savings are paid out."""

    money = _money()
    proof = words(
        "Cara dan nomor bukti",
        longest=NUMBER_LENGTH,
        missing="Isi cara dan nomor buktinya, misalnya kuitansi 12/2026.",
    )

    def payment(self, unit_id: int, maker: str) -> NewSavingsPayment:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        money = MoneyIn(given["money"])
        return NewSavingsPayment(self.key, unit_id, maker, money, given["proof"])


class SavingForm(forms.Form):
    """How much is saved."""

    percent = forms.IntegerField(
        label="Persen yang ditabung",
        min_value=0,
        max_value=100,
        error_messages={
            "required": "Isi persennya, misalnya 50.",
            "invalid": "Isi bilangan bulat, misalnya 50.",
            "min_value": "Isi 0 sampai 100 persen.",
            "max_value": "Isi 0 sampai 100 persen.",
        },
    )
    citation = words("Dasar", longest=CITATION_LENGTH, missing="Isi dasarnya.")
    valid_from = day_field("Berlaku mulai", missing="Isi tanggal mulai berlaku.")

    def saving(self) -> NewSaving:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewSaving(given["percent"], given["citation"], given["valid_from"])


class AgreementForm(forms.Form):
    """A fixed sum for a workshop or a product."""

    name = words("Nama perjanjian", longest=NAME_LENGTH, missing="Isi namanya.")
    kind = tiles(
        "Cara menghitung",
        [(kind.value, label) for kind, label in AGREEMENT_LABELS.items()],
        missing="Pilih cara menghitungnya.",
    )
    amount = RupiahField(
        "Jumlah untuk setiap pembuat sebulan, atau setiap potong",
        missing="Isi jumlahnya, misalnya 600.000.",
    )
    workshop = forms.TypedChoiceField(
        label="Bengkel (untuk jumlah bulanan)", coerce=int, empty_value=None, required=False
    )
    product = forms.TypedChoiceField(
        label="Produk (untuk jumlah setiap potong)", coerce=int, empty_value=None, required=False
    )
    account = tiles(
        "Ditanggung oleh",
        [(account.value, label) for account, label in FUNDS.items()],
        missing="Pilih dana yang menanggungnya.",
    )
    number = words("Nomor perjanjian", longest=NUMBER_LENGTH, missing="Isi nomornya.")
    citation = words("Dasar", longest=CITATION_LENGTH, missing="Isi dasarnya.")
    first = day_field("Berlaku mulai", missing="Isi tanggal mulai berlaku.")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        workshops: Iterable[tuple[int, str]],
        products: Iterable[tuple[int, str]],
        today: dt.date,
    ) -> None:
        """Offer the unit's workshops and products, as (id, name)."""
        super().__init__(data, initial={"first": today})
        for name, offered in (("workshop", workshops), ("product", products)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "Tidak dipilih"), *offered]

    def agreement(self) -> NewAgreement:
        """What the action is asked for, when the form is valid; the other thing is left out."""
        given = dict(self.cleaned_data)
        kind = AgreementKind(given["kind"])
        is_monthly = kind is AgreementKind.MONTHLY
        return NewAgreement(
            name=given["name"],
            kind=kind,
            amount=given["amount"],
            account=AccountKind(given["account"]),
            number=given["number"],
            citation=given["citation"],
            first=given["first"],
            workshop_id=given["workshop"] if is_monthly else None,
            product_id=None if is_monthly else given["product"],
        )


class EndForm(forms.Form):
    """The last day of an agreement."""

    last = day_field("Hari terakhir", missing="Isi tanggalnya.")


class ColumnsForm(forms.Form):
    """How a unit writes its file of payments."""

    name = words("Nama susunan", longest=NAME_LENGTH, missing="Isi namanya.")
    columns = forms.CharField(
        label="Kolom",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=1_000,
        error_messages={"required": "Isi paling sedikit satu kolom."},
    )
    separator = tiles("Pemisah", SEPARATOR_LABELS.items(), missing="Pilih pemisahnya.")
    has_heading = forms.BooleanField(label="Baris pertama berisi judul kolom", required=False)

    def new(self) -> NewColumns:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        lines = [line for line in given["columns"].splitlines() if line.strip()]
        pairs = [tuple(part.strip() for part in line.partition("=")[::2]) for line in lines]
        columns = tuple((key.lower(), heading or key) for key, heading in pairs)
        return NewColumns(given["name"], columns, given["separator"], given["has_heading"])


class TemplateForm(ColumnsForm):
    """The same for all units, with where it was read."""

    source = words("Sumber", longest=CITATION_LENGTH, missing="Isi dari mana susunan ini dibaca.")

    def new(self) -> NewColumns:
        """What the action is asked for, when the form is valid."""
        return replace(super().new(), source=self.cleaned_data["source"])


def as_typed(columns: NewColumns) -> dict[str, Any]:
    """An arrangement as one would have typed it into the form."""
    return {
        "columns": "\n".join(f"{key} = {heading}" for key, heading in columns.columns),
        "separator": columns.separator,
        "has_heading": columns.has_heading,
    }


COLUMNS_HINT = "Satu kolom setiap baris, ditulis isi = judul. Isi yang bisa dipilih: " + ", ".join(
    f"{key} ({label})" for key, label in COLUMN_LABELS.items()
)
