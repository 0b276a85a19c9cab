"""How an officer takes an order on: how many pieces, which way they go, how they are paid."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django import forms

from bekal.foundation import formats
from bekal.payments.rules import METHOD_LABELS, Method
from bekal.shop.forms.review import sum_of
from bekal.shop.queries import Confirming, LineShown, days_of
from bekal.shop.rules import MOST_PIECES, Confirmation, Delivery
from bekal.ui.filters import rupiah

_WAY = "Pilih diambil atau dikirim."
_METHOD = "Pilih cara bayarnya."
_NOTHING_LEFT = "Semua jumlahnya 0. Kalau pembeli tidak jadi membeli, tolak pesanan ini."
RECOUNT = "hitung"
_PIECES = "jumlah_"
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)


class ConfirmForm(forms.Form):
    """Two choices, made already as the buyer asked; the sums that the page showed come back.

    A field for the pieces of each line, as they were ordered until somebody types others.
    """

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
        for line in seen.part.lines:
            self.fields[_field_of(line)] = _pieces_field(
                line, is_asked=_field_of(line) in self.data
            )

    @classmethod
    def recounted(cls, data: Mapping[str, Any], *, seen: Confirming) -> "ConfirmForm":
        """The form with what was typed, when only its sums are asked for anew."""
        fresh = cls(seen=seen)
        chosen = {name: data.get(name) or fresh.fields[name].initial for name in ("way", "method")}
        form = cls({**data, **chosen}, seen=seen)
        for name in chosen:
            form.fields[name].required = False
        return form

    def _offer(self, name: str, offered: list[tuple[str, str]], *, chosen: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices, field.initial = offered, chosen

    def clean(self) -> dict[str, Any]:
        """Something must be left."""
        left = [self.cleaned_data.get(_field_of(line)) for line in self.seen.part.lines]
        if all(pieces == 0 for pieces in left):
            self.add_error(_field_of(self.seen.part.lines[0]), _NOTHING_LEFT)
        return self.cleaned_data

    @property
    def pieces(self) -> list[forms.BoundField]:
        """The fields of the lines, in their order."""
        return [self[_field_of(line)] for line in self.seen.part.lines]

    @property
    def asks_pieces(self) -> bool:
        """Whether the fields of the lines are to be seen: something was typed, or is in the way."""
        is_wrong = any(field.errors for field in self.pieces)
        return is_wrong or bool(self.seen.amended) or not self.seen.can_be_confirmed

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
            pieces={line.product_id: self._left_of(line) for line in self.seen.part.lines},
        )

    def _left_of(self, line: LineShown) -> int:
        typed: int | None = self.cleaned_data[_field_of(line)]
        return line.pieces if typed is None else typed


def read_pieces(data: Mapping[str, Any]) -> dict[int, int]:
    """The pieces that somebody typed, by product, read as the form reads them; else left out."""
    number = forms.IntegerField(min_value=0, max_value=MOST_PIECES)
    typed: dict[int, int] = {}
    for name, text in data.items():
        product = name.removeprefix(_PIECES)
        if product != name and _NUMBER.fullmatch(product):
            with suppress(forms.ValidationError):
                typed[int(product)] = number.clean(text)
    return typed


def _field_of(line: LineShown) -> str:
    return f"{_PIECES}{line.product_id}"


def _pieces_field(line: LineShown, *, is_asked: bool) -> forms.IntegerField:
    """A page from before there were these fields sends none: then it stays as it was ordered."""
    said = f"Isi angka dari 0 sampai {formats.thousands(MOST_PIECES)}."
    wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), said)
    return forms.IntegerField(
        label=line.name,
        min_value=0,
        max_value=MOST_PIECES,
        initial=line.pieces,
        required=is_asked,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=wrong,
    )
