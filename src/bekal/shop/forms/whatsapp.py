"""An order by WhatsApp on one short page: what, who, how it reaches them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekal.foundation.formats import read_count
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.shop.forms.address import AddressForm
from bekal.shop.forms.review import CLASSES
from bekal.shop.rules import MOST_PIECES, Delivery
from bekal.ui.strangers import TrapForm, is_too_fast, seal, unseal

_WHO = _("Pilih Anda membeli sebagai siapa.")


class WhatsAppForm(AddressForm, TrapForm):
    """As the first step of an order, with "ask first" and, for one product, the pieces.

    The `key` that the page got when it was first made becomes the id of the order; it is signed
    together with the instant, so that no program makes its own.
    """

    pieces = forms.CharField(
        label=_("Jumlah barang"),
        max_length=12,
        error_messages={"required": _("Tulis berapa banyak.")},
    )
    buyer_class = forms.ChoiceField(
        label=_("Saya membeli sebagai"),
        choices=[(key.value, label) for key, label in CLASSES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _WHO, "invalid_choice": _WHO},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        now: dt.datetime,
        typed: Mapping[str, Any] | None = None,
        of_basket: bool = False,
    ) -> None:
        """Take the key that was sent, or a new one; `typed` is what is not to be judged yet.

        A basket has its pieces already.
        """
        super().__init__(data, initial={"way": Delivery.OPEN.value, "pieces": "1", **(typed or {})})
        self.now = now
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)
        way.choices = [
            (Delivery.OPEN.value, gettext("Tanya dulu")),
            (Delivery.PICKUP.value, gettext("Ambil di bengkel")),
            (Delivery.COURIER.value, gettext("Dikirim ke alamat")),
        ]
        del self.fields["email"]
        self.fields["pieces"].required = not of_basket
        self.key, made_at = _read(str((data or typed or {}).get("kunci", "")))
        self.made_at = made_at or now
        if typed is not None:
            self.data = dict(typed)
            self.find()

    @property
    def is_fetched(self) -> bool:
        """Whether no address is asked for."""
        return str(self.data.get("way", Delivery.COURIER)) != Delivery.COURIER.value

    @property
    def sealed_key(self) -> str:
        """The key with the instant of the page, as the page sends it back."""
        return seal(str(self.key), opened_at=self.made_at)

    def clean_pieces(self) -> int:
        """Whole pieces, one where nothing is said."""
        text = str(self.cleaned_data["pieces"] or "").strip()
        try:
            pieces = read_count(text or "1")
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused
        if not 1 <= pieces <= MOST_PIECES:
            said = gettext("Jumlah setiap barang dari 1 sampai %(most)s.")
            raise forms.ValidationError(said % {"most": MOST_PIECES})
        return pieces

    def clean(self) -> dict[str, Any]:
        """A program betrays itself."""
        cleaned = super().clean()
        if cleaned.get("website") or is_too_fast(self.made_at, now=self.now):
            raise forms.ValidationError(gettext("Pesanan belum bisa dikirim. Coba sekali lagi."))
        return cleaned

    @property
    def delivery(self) -> Delivery:
        """What was chosen."""
        return Delivery(self.cleaned_data["way"])


def _read(sealed: str) -> tuple[UUID, dt.datetime | None]:
    """The key and the instant of a page; a new key and no instant for what is no page's."""
    key, made_at = unseal(sealed)
    return (UUID(key), made_at) if key else (uuid7(), None)
