"""What an officer answers to a request, and how the list of requests is narrowed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import ProductRow
from bekal.catalogue.rules import is_service
from bekal.institutions.forms.fields import (
    CountField,
    KeyedForm,
    MoneyField,
    day,
    optional_text,
    select,
    text,
    tiles,
)
from bekal.institutions.models import Request
from bekal.institutions.queries import SORTS, InvitationFilters
from bekal.institutions.rules import NOTE_LENGTH, Offer, Stand

_SENT, _FETCHED = "dikirim", "diambil"


class OfferForm(KeyedForm):
    """What a unit offers: a product, pieces, price, days, and who brings it."""

    product = select("Produk yang ditawarkan", "Pilih produk dari daftar.")
    pieces = CountField("Jumlah yang disanggupi", "Isi jumlahnya, misalnya 40.")
    unit_price = MoneyField("Harga satu barang", "Isi harganya, misalnya 48.000.")
    ready_on = day("Selesai paling lambat", "Isi tanggal selesai.")
    valid_until = day("Penawaran berlaku sampai", "Isi sampai kapan penawaran berlaku.")
    way = tiles(
        "Penyerahan",
        {_SENT: "Kami kirim", _FETCHED: "Lembaga mengambil"},
        "Pilih cara penyerahan.",
    )
    fee = MoneyField("Ongkos kirim", "Isi ongkos kirim, atau 0.", required=False)
    note = optional_text("Catatan untuk lembaga", NOTE_LENGTH, area=True)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        unit_id: int,
        request: Request,
        today: dt.date,
        offer: Offer | None = None,
    ) -> None:
        """Offer the unit's own goods that have a price; begin with the offer that holds."""
        super().__init__(data, initial=_begin(request, offer, today=today))
        rows = [
            row
            for row in catalogue.every_product_of(
                unit_id=unit_id, filters=catalogue.ProductFilters(), on=today
            )
            if _can_be_offered(row, offer)
        ]
        self.ids = {row.code: row.id for row in rows}
        field = self.fields["product"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Pilih produk"), *((row.code, row.name) for row in rows)]
        if offer:
            codes = {row.id: row.code for row in rows}
            self.initial["product"] = codes.get(offer.product_id, "")

    def clean(self) -> dict[str, Any]:
        """What is sent says what that costs."""
        cleaned = super().clean() or self.cleaned_data
        is_sent = cleaned.get("way") == _SENT
        if is_sent and "fee" not in self.errors and cleaned.get("fee") is None:
            self.add_error("fee", "Isi ongkos kirim, atau 0 bila sudah termasuk.")
        return cleaned

    @property
    def offer(self) -> Offer:
        """The offer, of a form without faults."""
        asked = self.cleaned_data
        return Offer(
            product_id=self.ids[asked["product"]],
            pieces=asked["pieces"],
            unit_price=asked["unit_price"],
            ready_on=asked["ready_on"],
            valid_until=asked["valid_until"],
            fee=asked["fee"] if asked["way"] == _SENT else None,
            note=asked["note"],
        )


def _can_be_offered(row: ProductRow, held: Offer | None) -> bool:
    """Goods with a price, and whatever the unit has offered already."""
    is_held = held is not None and held.product_id == row.id
    return is_held or can_be_promised(row)


def can_be_promised(row: ProductRow) -> bool:
    """Whether a product may be chosen where a unit binds itself: goods, and they have a price."""
    return row.price is not None and not is_service(row.category_code)


class DeclineForm(KeyedForm):
    """Why a unit cannot; the institution reads it."""

    reason = text(
        "Alasan, dibaca lembaga",
        "Tulis alasannya, misalnya bengkel penuh sampai Juni.",
        NOTE_LENGTH,
        area=True,
    )


def read_invitation_filters(asked: Mapping[str, str]) -> InvitationFilters:
    """Read status, cari and urut of the list's address; nonsense narrows nothing."""
    stand, sort = asked.get("status", ""), asked.get("urut", "")
    return InvitationFilters(
        stand=Stand(stand) if stand in set(Stand) else None,
        text=" ".join(asked.get("cari", "").replace("\0", " ").split())[:80],
        sort=sort if sort in SORTS else "batas",
    )


def _begin(request: Request, offer: Offer | None, *, today: dt.date) -> dict[str, Any]:
    if offer is None:
        return {"pieces": request.pieces, "valid_until": max(today, request.needed_on)}
    return {**vars(offer), "way": _FETCHED if offer.fee is None else _SENT}
