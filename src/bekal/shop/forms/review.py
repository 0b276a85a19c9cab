"""Step 3 of an order: who buys, by which way it is paid, and what the page had shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bekal.payments.rules import Method
from bekal.sales.rules import BuyerClass
from bekal.shop.rules import NOTE_LENGTH, OrderItem, PartAsked
from bekal.ui.strangers import TrapForm

CLASSES = {
    BuyerClass.PUBLIC: _("Perorangan"),
    BuyerClass.OFFICER: _("Pegawai Pemasyarakatan"),
    BuyerClass.INSTITUTION: pgettext_lazy("pembeli", "Lembaga"),
}
_WHO = _("Pilih Anda membeli sebagai siapa.")


class ReviewForm(TrapForm):
    """What the buyer says last; the sums that the page showed come back to be compared."""

    buyer_class = forms.ChoiceField(
        label=_("Saya membeli sebagai"),
        choices=[(key.value, label) for key, label in CLASSES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _WHO, "invalid_choice": _WHO},
    )
    note = forms.CharField(
        label=_("Catatan untuk bengkel"),
        required=False,
        max_length=NOTE_LENGTH,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, methods: Sequence[Method]) -> None:
        """`methods` are those that the workshops of the order take."""
        super().__init__(data)
        self.methods = list(methods)

    @property
    def method(self) -> Method | None:
        """The way of paying whose button was pressed, where the order can be paid that way."""
        pressed = self.data.get("bayar", "")
        return next((method for method in self.methods if method.value == pressed), None)

    def clean(self) -> dict[str, Any]:
        """A program betrays itself; a way of paying is named by its button."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("website"):
            raise forms.ValidationError(gettext("Pesanan belum bisa dikirim. Coba sekali lagi."))
        if self.method is None:
            raise forms.ValidationError(gettext("Pilih cara bayar."))
        return cleaned

    def shown_items(self, items: Sequence[OrderItem]) -> tuple[OrderItem, ...]:
        """The items at the prices that the page showed."""
        return shown_prices(self.data, items)

    def shown_parts(self, parts: Sequence[PartAsked]) -> tuple[PartAsked, ...]:
        """The parts at the fees that the page showed."""
        return tuple(
            PartAsked(part.unit_id, part.delivery, part.service_id, self._fee(part))
            for part in parts
        )

    def _fee(self, part: PartAsked) -> int:
        is_sent = part.service_id is not None
        return sum_of(self.data, f"ongkir_{part.unit_id}") if is_sent else 0


def shown_prices(data: Mapping[str, Any], items: Sequence[OrderItem]) -> tuple[OrderItem, ...]:
    """Items at the prices that a page showed."""
    return tuple(
        OrderItem(item.product_id, item.pieces, sum_of(data, f"harga_{item.product_id}"))
        for item in items
    )


def sum_of(data: Mapping[str, Any], name: str) -> int:
    """Rupiah that a page showed and sent back; -1 for what is no sum."""
    text = str(data.get(name, ""))
    is_sum = text.isascii() and text.isdigit() and len(text) <= 12  # noqa: PLR2004
    return int(text) if is_sum else -1
