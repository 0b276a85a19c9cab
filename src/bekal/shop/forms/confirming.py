"""How an officer takes an order on: which way it goes, and how it is paid."""

from collections.abc import Mapping
from typing import Any

from django import forms

from bekal.payments.rules import METHOD_LABELS, Method
from bekal.shop.forms.review import sum_of
from bekal.shop.queries import Confirming, days_of
from bekal.shop.rules import Confirmation, Delivery
from bekal.ui.filters import rupiah

_WAY = "Pilih diambil atau dikirim."
_METHOD = "Pilih cara bayarnya."


class ConfirmForm(forms.Form):
    """Two choices, made already as the buyer asked; the sums that the page showed come back."""

    way = forms.ChoiceField(
        label="Pengiriman",
        widget=forms.RadioSelect,
        error_messages={"required": _WAY, "invalid_choice": _WAY},
    )
    method = forms.ChoiceField(
        label="Cara bayar",
        widget=forms.RadioSelect,
        error_messages={"required": _METHOD, "invalid_choice": _METHOD},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, seen: Confirming) -> None:
        """Offer what is there; the way is chosen already only where the buyer has chosen it."""
        super().__init__(data)
        self.seen = seen
        fetched = (Delivery.PICKUP.value, "Ambil di bengkel")
        ways = [fetched, *((str(quote.service_id), quote.label) for quote in seen.quotes)]
        is_sent = bool(seen.quotes)
        is_fetched = seen.part.delivery is Delivery.PICKUP
        unsent = fetched[0] if is_fetched else ""
        self._offer("way", ways, chosen=ways[1][0] if is_sent else unsent)
        methods = [(method.value, str(METHOD_LABELS[method])) for method in seen.methods]
        self._offer("method", methods, chosen=methods[-1 if is_fetched and not is_sent else 0][0])

    def _offer(self, name: str, offered: list[tuple[str, str]], *, chosen: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices, field.initial = offered, chosen

    @property
    def notes(self) -> dict[str, str]:
        """What stands below each way."""
        quotes = {str(q.service_id): f"{days_of(q)}, {rupiah(q.fee)}" for q in self.seen.quotes}
        return {Delivery.PICKUP.value: "tanpa ongkos", **quotes}

    def said(self) -> Confirmation:
        """What the officer chose, and the sums that the page showed."""
        chosen = self.cleaned_data["way"]
        is_fetched = chosen == Delivery.PICKUP.value
        return Confirmation(
            delivery=Delivery.PICKUP if is_fetched else Delivery.COURIER,
            method=Method(self.cleaned_data["method"]),
            service_id=None if is_fetched else int(chosen),
            fee=0 if is_fetched else sum_of(self.data, f"ongkir_{chosen}"),
            prices={
                line.product_id: sum_of(self.data, f"harga_{line.product_id}")
                for line in self.seen.part.lines
            },
        )
