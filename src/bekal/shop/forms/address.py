"""Step 1 of an order: who receives it, and where, or that it is fetched."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bekal.foundation.formats import Unreadable, read_phone
from bekal.shipping import queries as shipping
from bekal.shipping.queries import Destination
from bekal.shop.rules import (
    ADDRESS_LENGTH,
    LANDMARK_LENGTH,
    NAME_LENGTH,
    Buyer,
    Delivery,
    OrderRefused,
    check_street,
)

SEARCH = "cari"
MOST_FOUND = 8
_POSTAL = 5


def _text(
    label: StrOrPromise,
    longest: int,
    *,
    required: StrOrPromise = "",
    widget: forms.Widget | None = None,
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(required),
        error_messages={"required": required},
        widget=widget,
    )


_NO_EMAIL = _("Tulis email seperti rina@contoh.id, atau kosongkan.")


class AddressForm(forms.Form):
    """Who receives; where is asked only of what a courier brings."""

    way = forms.ChoiceField(
        label=_("Bagaimana barang sampai?"),
        choices=[
            (Delivery.COURIER.value, _("Dikirim ke alamat")),
            (Delivery.PICKUP.value, _("Ambil di bengkel")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih dikirim atau diambil."),
            "invalid_choice": _("Pilih dikirim atau diambil."),
        },
    )
    name = _text(_("Nama penerima"), NAME_LENGTH, required=_("Isi nama penerima."))
    phone = _text(_("Nomor WhatsApp"), 40, required=_("Isi nomor WhatsApp penerima."))
    email = forms.EmailField(
        label=_("Email"),
        max_length=254,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "max_length", "null_characters_not_allowed"), _NO_EMAIL
        ),
    )
    place = _text(_("Kecamatan"), 120)
    district = forms.CharField(
        required=False,
        max_length=13,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("max_length", "null_characters_not_allowed"), _("Pilih kecamatan Anda dari daftar.")
        ),
    )
    address = _text(
        _("Alamat"),
        ADDRESS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=_("Isi jalan, nomor, RT dan RW."),
    )
    postal_code = _text(_("Kode pos"), 20)
    landmark = _text(_("Patokan"), LANDMARK_LENGTH)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        """Remember what a search found, for the list to choose from."""
        super().__init__(data, initial=dict(initial or {}))
        self.fields["address"].required = not self.is_fetched
        self.found: list[Destination] = []
        self.destination: Destination | None = None

    @classmethod
    def searched(cls, typed: Mapping[str, Any]) -> "AddressForm":
        """The form while a kecamatan is looked for: nothing else of it is judged yet."""
        form = cls(initial=typed)
        form.data = dict(typed)
        form.find()
        return form

    def places(self) -> dict[str, Any]:
        """What the list of kecamatan shows: what was found where there is a choice, and which."""
        sent = self.data.get("district") or self.initial.get("district") or ""
        return {
            "found": self.found if len(self.found) > 1 or not self.destination else [],
            "chosen": self.destination.code if self.destination else sent,
            "courier": Delivery.COURIER.value,
        }

    @property
    def is_fetched(self) -> bool:
        """Whether nothing is sent, as far as the form says so."""
        return self.data.get("way") == Delivery.PICKUP.value

    def clean_phone(self) -> str:
        """The number as it is stored, however it was written."""
        try:
            return read_phone(str(self.cleaned_data["phone"]))
        except Unreadable as refused:
            said = gettext("Tulis nomor HP Indonesia, misalnya 0812 3456 7890.")
            raise forms.ValidationError(said) from refused

    def clean_address(self) -> str:
        """What a courier can go by; of what is fetched it is asked for nothing."""
        text = str(self.cleaned_data["address"] or "").strip()
        if self.is_fetched:
            return text
        try:
            check_street(text)
        except OrderRefused as refused:
            raise forms.ValidationError(refused.message) from refused
        return text

    def clean_postal_code(self) -> str:
        """Five digits, or nothing."""
        text = "".join(str(self.cleaned_data["postal_code"] or "").split())
        if text and not (text.isascii() and text.isdigit() and len(text) == _POSTAL):
            raise forms.ValidationError(gettext("Kode pos lima angka, atau kosongkan."))
        return text

    def clean(self) -> dict[str, Any]:
        """Find the kecamatan of what is sent, or of what is not said to be fetched."""
        cleaned = super().clean() or self.cleaned_data
        if self.is_fetched:
            return {**cleaned, **dict.fromkeys(("address", "postal_code", "landmark"), "")}
        if "place" not in self.errors:
            self.find()
            self._tell_place()
        return cleaned

    def find(self) -> None:
        """Look for the kecamatan that is meant; `destination` when there is no doubt."""
        text = str(self.data.get("place") or "").replace("\0", " ").strip()[:120]
        code = str(self.data.get("district") or "")
        known = shipping.district(code=code) if code else None
        if known and text == known.label:  # as the list gave it: nothing to look for
            self.found, self.destination = [known], known
            return
        self.found = shipping.search_districts(text=text, limit=MOST_FOUND) if text else []
        chosen = [one for one in self.found if code == one.code or text == one.label]
        if chosen:
            self.destination = chosen[0]
        elif len(self.found) == 1:
            (self.destination,) = self.found

    def _tell_place(self) -> None:
        if self.destination is not None:
            return
        if not str(self.data.get("place") or "").strip():
            self.add_error("place", gettext("Isi kecamatan penerima."))
        elif self.found:
            self.add_error("place", gettext("Pilih kecamatan Anda dari daftar."))
        else:
            said = gettext("Kecamatan ini tidak ditemukan. Periksa ejaannya, atau tambah kotanya.")
            self.add_error("place", said)

    def answers(self) -> dict[str, str]:
        """What is kept of the step, when the form is valid."""
        cleaned = self.cleaned_data
        kept = ("way", "name", "phone", "email", "address", "postal_code", "landmark")
        answers = {name: str(cleaned.get(name) or "").strip() for name in kept}
        is_sent = self.destination is not None and answers["way"] == Delivery.COURIER.value
        there = self.destination if is_sent else None
        return {
            **answers,
            "district": there.code if there else "",
            "place": there.label if there else "",
        }

    def buyer(self) -> Buyer:
        """Who it is, when the form is valid."""
        told = self.answers()
        return Buyer(
            name=told["name"],
            phone=told["phone"],
            email=told["email"],
            district_code=told["district"],
            district=told["place"],
            address=told["address"],
            postal_code=told["postal_code"],
            landmark=told["landmark"],
        )
