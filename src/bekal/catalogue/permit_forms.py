"""What officers write of permits, and how their list is narrowed."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from bekal.catalogue import rules
from bekal.catalogue.goods_forms import NO_NUL, choice
from bekal.catalogue.queries import PermitFilters
from bekal.catalogue.rules import NewPermit, PermitKind
from bekal.foundation import formats
from bekal.ui.inputs import DATES

STATES = {state.value.replace(" ", "-"): state for state in rules.PermitState}


def read_permit_filters(asked: Mapping[str, str]) -> PermitFilters:
    """Read the list's address: keadaan, halaman; nonsense narrows nothing."""
    page = formats.read_page(asked.get("halaman", ""))
    return PermitFilters(state=STATES.get(asked.get("keadaan", "")), page=page)


class Permit(forms.Form):
    """A permit as it stands on its paper, and the products that it speaks of."""

    kind = choice(
        "Jenis izin",
        [(str(key), label) for key, label in rules.PERMIT_LABELS.items()],
        is_needed="Pilih jenis izin.",
    )
    number = forms.CharField(
        label="Nomor",
        error_messages={"required": "Isi nomor izin seperti di suratnya.", **NO_NUL},
    )
    holder = forms.CharField(
        label="Lembaga pemegang izin",
        error_messages={"required": "Isi lembaga pemegang izin.", **NO_NUL},
    )
    valid_from = forms.DateField(
        label="Berlaku mulai",
        input_formats=DATES,
        widget=forms.DateInput(format="%Y-%m-%d"),
        error_messages={
            "required": "Isi tanggal mulai berlaku.",
            "invalid": "Tulis tanggal seperti 27/04/2026, atau pilih dari kalender.",
        },
    )
    valid_until = forms.DateField(
        label="Berlaku sampai",
        required=False,
        input_formats=DATES,
        widget=forms.DateInput(format="%Y-%m-%d"),
        error_messages={"invalid": "Tulis tanggal seperti 27/04/2026, atau pilih dari kalender."},
    )
    products = forms.MultipleChoiceField(
        label="Untuk produk",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Pilih produk unit ini dari daftar."},
    )

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        products: Sequence[tuple[int, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        """Offer the unit's products, as (id, name)."""
        super().__init__(data, initial=initial)
        field = self.fields["products"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(key), name) for key, name in products]

    def told(self) -> NewPermit:
        """What was written, once the form is valid."""
        cleaned = self.cleaned_data
        return NewPermit(
            kind=PermitKind(cleaned["kind"]),
            number=cleaned["number"],
            holder=cleaned["holder"],
            valid_from=cleaned["valid_from"],
            valid_until=cleaned["valid_until"],
            product_ids=tuple(int(each) for each in cleaned["products"]),
        )


class PermitGoods(forms.Form):
    """Which products a permit speaks of."""

    products = forms.MultipleChoiceField(
        label="Untuk produk",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Pilih produk unit ini dari daftar."},
    )

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        products: Sequence[tuple[int, str]],
        chosen: frozenset[int] = frozenset(),
    ) -> None:
        """Offer the unit's products, as (id, name)."""
        super().__init__(data, initial={"products": [str(each) for each in sorted(chosen)]})
        field = self.fields["products"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(key), name) for key, name in products]
