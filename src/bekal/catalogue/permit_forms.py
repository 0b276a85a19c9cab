"""What officers write of permits, and how their list is narrowed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms

from bekal.catalogue import rules
from bekal.catalogue.goods_forms import choice
from bekal.catalogue.queries import PermitFilters
from bekal.catalogue.rules import NewPermit, PermitKind
from bekal.foundation import formats
from bekal.ui.inputs import day_field

STATES = {state.value.replace(" ", "-"): state for state in rules.PermitState}


def read_permit_filters(asked: Mapping[str, str]) -> PermitFilters:
    """Read the list's address: keadaan, halaman; nonsense narrows nothing."""
    page = formats.read_page(asked.get("halaman", ""))
    return PermitFilters(state=STATES.get(asked.get("keadaan", "")), page=page)


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
        chosen: Collection[int] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the unit's products, as (id, name), of which some are `chosen` already."""
        ticked = {"products": [str(each) for each in sorted(chosen)]}
        super().__init__(data, initial={**(initial or {}), **ticked})
        field = self.fields["products"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(key), name) for key, name in products]

    def product_ids(self) -> tuple[int, ...]:
        """The products that are chosen now, once the form is valid."""
        return tuple(int(each) for each in self.cleaned_data["products"])


class Permit(PermitGoods):
    """A permit as it stands on its paper, and the products that it speaks of."""

    field_order = ("kind", "number", "holder", "valid_from", "valid_until", "products")

    kind = choice(
        "Jenis izin",
        [(str(key), label) for key, label in rules.PERMIT_LABELS.items()],
        is_needed="Pilih jenis izin.",
    )
    number = forms.CharField(
        label="Nomor",
        error_messages={"required": "Isi nomor izin seperti di suratnya."},
    )
    holder = forms.CharField(
        label="Lembaga pemegang izin",
        error_messages={"required": "Isi lembaga pemegang izin."},
    )
    valid_from = day_field("Berlaku mulai", missing="Isi tanggal mulai berlaku.")
    valid_until = day_field("Berlaku sampai")

    def told(self) -> NewPermit:
        """What was written, once the form is valid."""
        cleaned = self.cleaned_data
        return NewPermit(
            kind=PermitKind(cleaned["kind"]),
            number=cleaned["number"],
            holder=cleaned["holder"],
            valid_from=cleaned["valid_from"],
            valid_until=cleaned["valid_until"],
            product_ids=self.product_ids(),
        )
