"""What a person types of one sale."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from bekal.catalogue.queries import SaleTerms
from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.sales import rules
from bekal.sales.forms.fields import KeyField, PiecesField, PriceField, tiles
from bekal.sales.rules import (
    BUYER_LABELS,
    HAND_CHANNELS,
    PAYMENT_LABELS,
    BuyerClass,
    Channel,
    NewSale,
    PaymentKind,
    SaleItem,
)
from bekal.ui.inputs import day_field


class SaleForm(forms.Form):
    """One sale of some offered products; see entry.py for how the offer comes about."""

    key = KeyField()
    sold_on = day_field("Tanggal", missing="Isi tanggal penjualan.")
    channel = tiles("Saluran", HAND_CHANNELS, missing="Pilih di mana barang terjual.")
    items = forms.Field(required=False, label="Barang", widget=forms.HiddenInput)
    buyer_class = tiles("Pembeli", BUYER_LABELS, missing="Pilih siapa yang membeli.")
    payment = tiles("Bayar", PAYMENT_LABELS, missing="Pilih cara bayar.")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offers: Sequence[SaleTerms],
        chosen: Iterable[int],
        today: dt.date,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Ask for pieces and price of each offered product; `chosen` are those with pieces.

        Fields, and so errors, have the order of the page.
        """
        super().__init__(data, initial=dict(initial or {}))
        self.today = today
        self.offers = {offer.product_id: offer for offer in offers}
        self.is_all_known = set(chosen) <= self.offers.keys()
        for offer in offers:
            pieces, price = names_of(offer.product_id)
            if offer.price is not None or offer.product_id in set(chosen):
                self.fields[pieces] = PiecesField(label=offer.name)
                label = f"Harga satuan {offer.name}"
                self.fields[price] = PriceField(label=label, initial=offer.price)
        goods = [name for name in self.fields if name.startswith(("pieces_", "price_"))]
        self.order_fields(["key", "sold_on", "channel", "items", *goods])

    def clean(self) -> dict[str, Any]:
        """Put together `lines`: (terms, pieces, price) of each product with pieces."""
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("sold_on")
        lines = []
        for offer in self.offers.values():
            pieces, price = (cleaned.get(name) for name in names_of(offer.product_id))
            if pieces and offer.price is None:
                self.add_error(names_of(offer.product_id)[0], _unpriced(offer, day))
            elif pieces:
                lines.append((offer, pieces, price or offer.price))
        cleaned["lines"] = lines
        try:
            if day:
                rules.check_day(day, today=self.today)
            self._check_lines(cleaned)
        except Refused as refused:
            self.refuse(refused)
        return cleaned

    def _check_lines(self, cleaned: Mapping[str, Any]) -> None:
        if not self.is_all_known:
            raise rules.SaleRefused(
                "Ada produk yang bukan milik unit Anda. Pilih dari daftar.", field="items"
            )
        if any(name.startswith(("pieces_", "price_")) for name in self.errors):
            return
        rules.check_items(_items(cleaned["lines"]))
        rules.check_total(self.total)

    def refuse(self, refused: Refused) -> None:
        """Put a refusal at its field; what belongs to none stands with the products."""
        self.add_error(refused.field if refused.field in self.fields else "items", refused.message)

    @property
    def total(self) -> int:
        """Rupiah of all lines that could be read."""
        return sum(pieces * price for _, pieces, price in self.cleaned_data.get("lines", []))

    def new_sale(self, *, unit_id: int) -> NewSale:
        """The sale as the form says it, when it is valid."""
        cleaned = self.cleaned_data
        return NewSale(
            key=cleaned["key"],
            unit_id=unit_id,
            items=_items(cleaned["lines"]),
            channel=Channel(cleaned["channel"]),
            buyer_class=BuyerClass(cleaned["buyer_class"]),
            payment=PaymentKind(cleaned["payment"]),
            sold_on=cleaned["sold_on"],
        )

    def answers(self) -> list[tuple[str, str]]:
        """The answers as fields to be sent again, prices written out; when it is valid."""
        cleaned = self.cleaned_data
        plain = [(name, str(cleaned[name])) for name in ("channel", "buyer_class", "payment")]
        day = cleaned["sold_on"].isoformat()
        sent = [("key", str(cleaned["key"])), ("sold_on", day), ("priced_on", day), *plain]
        for terms, pieces, price in cleaned["lines"]:
            sent += zip(names_of(terms.product_id), (str(pieces), str(price)), strict=True)
        return sent


def names_of(product_id: int) -> tuple[str, str]:
    """The names of the two fields of a product: pieces and price."""
    return f"pieces_{product_id}", f"price_{product_id}"


def _items(lines: Iterable[tuple[SaleTerms, int, int]]) -> tuple[SaleItem, ...]:
    return tuple(SaleItem(terms.product_id, pieces, price) for terms, pieces, price in lines)


def _unpriced(offer: SaleTerms, day: dt.date | None) -> str:
    when = f" pada {formats.date(day)}" if day else ""
    return f"{offer.name} belum punya harga{when}. Isi harganya, atau ubah tanggalnya."
