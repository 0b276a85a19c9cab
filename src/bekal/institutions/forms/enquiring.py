"""What buyers abroad type, and units that reply to them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import phonenumbers
from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bekal.catalogue import queries as catalogue
from bekal.institutions.countries import country_names
from bekal.institutions.forms.fields import (
    CountField,
    KeyedForm,
    MoneyField,
    StrangerForm,
    day,
    optional_text,
    select,
    text,
)
from bekal.institutions.models import Enquiry, Reply
from bekal.institutions.queries import ENQUIRY_SORTS, EnquiryFilters
from bekal.institutions.rules import (
    DOCUMENT_LABELS,
    GOODS_LENGTH,
    INCOTERM_LABELS,
    MEASURE_LENGTH,
    MOST_PRODUCTS,
    PLACE_LENGTH,
    REPLY_LENGTH,
    Document,
    EnquiryState,
    Incoterm,
    Sought,
    Terms,
    documents_of,
)
from bekal.shop.rules import CONTACT_LENGTH, CONTACT_NOTE_LENGTH, INSTITUTION_LENGTH

_YES = "ya"
_USUAL = dt.timedelta(days=60)


def _incoterms() -> forms.ChoiceField:
    field = select(_("Incoterm 2020"), _("Pilih Incoterm."))
    field.choices = [("", _("Pilih Incoterm")), *((one, INCOTERM_LABELS[one]) for one in Incoterm)]
    return field


def _documents(label: StrOrPromise) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[(one.value, DOCUMENT_LABELS[one]) for one in Document],
        widget=forms.CheckboxSelectMultiple,
    )


def _samples(label: StrOrPromise) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class EnquiryForm(StrangerForm):
    """An enquiry from abroad: what, how many, where to, and who asks."""

    goods = text(_("Barang yang dicari"), _("Isi barang yang dicari."), GOODS_LENGTH)
    products = optional_text(_("Kode produk di katalog kami"), 120)
    pieces = CountField(_("Jumlah barang"), _("Isi jumlah dengan angka, misalnya 200."))
    measure = text(_("Satuan"), _("Isi satuannya, misalnya buah."), MEASURE_LENGTH)
    country = select(_("Negara tujuan"), _("Pilih negara tujuan."))
    incoterm = _incoterms()
    named_place = optional_text(_("Pelabuhan atau tempat"), PLACE_LENGTH)
    wants_samples = _samples(_("Kami ingin contoh barang dahulu"))
    documents = _documents(_("Dokumen yang dibutuhkan"))
    name = text(_("Nama Anda"), _("Isi nama Anda."), CONTACT_LENGTH)
    company = optional_text(_("Nama usaha"), INSTITUTION_LENGTH)
    email = forms.EmailField(
        label=_("Email"),
        error_messages={
            "required": _("Tulis alamat email Anda."),
            "invalid": _("Tulis alamat email Anda."),
        },
    )
    phone = optional_text(_("Telepon dengan kode negara"), 40)
    note = optional_text(_("Pesan"), CONTACT_NOTE_LENGTH, area=True)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, today: dt.date, code: str = ""
    ) -> None:
        """Offer the countries in the language of the page; begin with a product's code."""
        super().__init__(data, initial={"products": code})
        self.today = today
        self.found: tuple[tuple[int, int], ...] = ()
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        names = country_names(get_language() or "id")
        field.choices = [("", gettext("Pilih negara")), *names.items()]

    def clean_products(self) -> str:
        """Read the codes; each must be one of the catalogue."""
        typed = self.cleaned_data["products"].replace(",", " ").replace(";", " ").split()
        read = [catalogue.written_code(one) or one for one in typed]
        known = catalogue.goods_by_codes(codes=set(read), on=self.today)
        unknown = [one for one in read if one not in known]
        if unknown:
            words = gettext("Kode %(code)s tidak ada di katalog.")
            raise forms.ValidationError(words % {"code": unknown[0]})
        if len(known) > MOST_PRODUCTS:
            words = gettext("Paling banyak %(most)s kode.")
            raise forms.ValidationError(words % {"most": MOST_PRODUCTS})
        self.found = tuple((goods.product_id, goods.unit_id) for goods in known.values())
        return " ".join(read)

    def clean_phone(self) -> str:
        """Read a number with its country code; returns E.164."""
        typed = self.cleaned_data["phone"]
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, None)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise forms.ValidationError(
                gettext("Tulis dengan kode negara, misalnya +31 20 555 1234.")
            )
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    @property
    def sought(self) -> Sought:
        """What is asked, of a form without faults."""
        asked = self.cleaned_data
        names = ("goods", "pieces", "measure", "country", "named_place", "wants_samples")
        documents = frozenset(Document(one) for one in asked["documents"])
        said = {name: asked[name] for name in names}
        return Sought(incoterm=Incoterm(asked["incoterm"]), documents=documents, **said)

    @property
    def who(self) -> dict[str, str]:
        """Who asks, of a form without faults."""
        return {
            name: str(self.cleaned_data[name])
            for name in ("name", "company", "email", "phone", "note")
        }


class TermsForm(KeyedForm):
    """What a unit answers a buyer abroad."""

    unit_price = MoneyField("Harga satu barang (rupiah)", "Isi harganya, misalnya 48.000.")
    least = CountField("Pesanan paling sedikit", "Isi jumlahnya, misalnya 100.")
    lead_days = CountField("Lama pengerjaan (hari)", "Isi lamanya dalam hari, misalnya 45.")
    incoterm = _incoterms()
    named_place = optional_text("Pelabuhan atau tempat", PLACE_LENGTH)
    documents = _documents("Dokumen yang bisa kami siapkan")
    sends_samples = _samples("Kami bisa mengirim contoh barang dahulu")
    valid_until = day("Jawaban berlaku sampai", "Isi sampai kapan jawaban berlaku.")
    note = optional_text("Pesan untuk penanya", REPLY_LENGTH, area=True)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        enquiry: Enquiry,
        last: Reply | None,
        today: dt.date,
    ) -> None:
        """Begin with the reply that holds, or with what was asked."""
        begin = _begin(enquiry, last) | {"valid_until": today + _USUAL}
        if last is not None and last.valid_until and last.valid_until >= today:
            begin["valid_until"] = last.valid_until
        super().__init__(data, initial=begin)

    @property
    def terms(self) -> Terms:
        """The terms, of a form without faults."""
        asked = self.cleaned_data
        names = ("unit_price", "least", "lead_days", "named_place", "sends_samples", "valid_until")
        return Terms(
            incoterm=Incoterm(asked["incoterm"]),
            documents=frozenset(Document(one) for one in asked["documents"]),
            **{name: asked[name] for name in names},
        )


class NoForm(KeyedForm):
    """Why a unit cannot; who asked reads it."""

    note = text(
        "Alasan, dibaca penanya", "Tulis alasannya; penanya membacanya.", REPLY_LENGTH, area=True
    )


def read_enquiry_filters(asked: Mapping[str, str]) -> EnquiryFilters:
    """Read cari, status and urut of the list's address; nonsense narrows nothing."""
    state, sort = asked.get("status", ""), asked.get("urut", "")
    return EnquiryFilters(
        text=" ".join(asked.get("cari", "").replace("\0", " ").split())[:80],
        state=EnquiryState(state) if state in set(EnquiryState) else None,
        sort=sort if sort in ENQUIRY_SORTS else "terbaru",
    )


def _begin(enquiry: Enquiry, last: Reply | None) -> dict[str, Any]:
    if last is None or last.unit_price is None:
        wanted = [one.value for one in documents_of(enquiry.documents)]
        return {
            "incoterm": enquiry.incoterm,
            "named_place": enquiry.named_place,
            "documents": wanted,
        }
    names = ("unit_price", "least", "lead_days", "incoterm", "named_place", "sends_samples", "note")
    said = {name: getattr(last, name) for name in names}
    return {**said, "documents": [one.value for one in documents_of(last.documents)]}
