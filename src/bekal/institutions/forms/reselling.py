"""Terms that officers set for resellers, and what resellers order by them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bekal.institutions.forms.fields import CountField, KeyedForm, day, select
from bekal.institutions.forms.supplying import offer
from bekal.institutions.queries import Resold
from bekal.shop.queries import Institution
from bekal.shop.rules import OrderItem


class ResaleTermsForm(KeyedForm):
    """On which terms a reseller buys."""

    reseller = select("Pengecer", "Pilih pengecer dari daftar.")
    percent = forms.CharField(
        label="Potongan dari harga (persen)",
        max_length=3,
        error_messages={"required": "Isi potongannya, misalnya 10."},
    )
    least = CountField("Paling sedikit sekali pesan", "Isi jumlah barangnya, misalnya 20.")
    valid_from = day("Berlaku mulai", "Isi tanggal mulai.")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        resellers: Sequence[Institution],
        **options: Any,  # noqa: ANN401  what Django's forms take
    ) -> None:
        """Offer the resellers that were checked."""
        super().__init__(data, **options)
        offer(self, "reseller", [(str(one.pk), one.name) for one in resellers])

    def clean_percent(self) -> int:
        """Read whole percents; 0 ends the terms."""
        typed = self.cleaned_data["percent"].strip().removesuffix("%").strip()
        if not (typed.isascii() and typed.isdigit()):
            raise forms.ValidationError("Isi angka bulat, misalnya 10.")
        return int(typed)


class ResaleForm(KeyedForm):
    """Pieces of each product that a reseller takes."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, goods: Sequence[Resold]) -> None:
        """One field for each product; its name holds the price, so a new price is another field."""
        super().__init__(data)
        self.goods = goods
        for one in goods:
            question = _("Isi jumlah dengan angka, misalnya 200.")
            self.fields[resale_field(one)] = CountField(one.goods.name, question, required=False)

    @property
    def taken(self) -> list[tuple[Resold, int, int]]:
        """What is taken, with its pieces and what they cost, of a form without faults."""
        found = [(one, self.cleaned_data.get(resale_field(one))) for one in self.goods]
        return [(one, pieces, pieces * one.price.amount) for one, pieces in found if pieces]

    @property
    def chosen(self) -> tuple[OrderItem, ...]:
        """The same as the action takes it."""
        return tuple(
            OrderItem(one.goods.product_id, pieces, one.price.amount)
            for one, pieces, _sum in self.taken
        )

    @property
    def total(self) -> int:
        """Rupiah of all that is taken."""
        return sum(rupiah for _one, _pieces, rupiah in self.taken)

    def answers(self) -> list[tuple[str, str]]:
        """The answers as fields to be sent again, when the form is valid."""
        return [(resale_field(one), str(pieces)) for one, pieces, _sum in self.taken]


def resale_field(one: Resold) -> str:
    """The field of a product at its price."""
    return f"p_{one.goods.code}_{one.price.amount}"
