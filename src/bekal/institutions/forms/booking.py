"""What people type to take an hour, and officers of a service."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekal.catalogue import queries as catalogue
from bekal.catalogue.rules import is_service
from bekal.foundation.formats import read_phone
from bekal.foundation.refusals import Refused
from bekal.institutions.forms.fields import (
    CountField,
    KeyedForm,
    StrangerForm,
    optional_text,
    read_day,
    select,
    text,
    tiles,
)
from bekal.institutions.queries import ServiceFilters
from bekal.institutions.rules import (
    DESCRIPTION_LENGTH,
    LONGEST,
    MOST_AT_ONCE,
    SERVICE_LABELS,
    SHORTEST,
    Hours,
    ServiceKind,
)
from bekal.sales.rules import PAYMENT_LABELS, PaymentKind
from bekal.shop.rules import CONTACT_LENGTH

_NOTE_LENGTH = 200
_HOURS = re.compile(r"(\d{1,2})[.:](\d{2})\s*-\s*(\d{1,2})[.:](\d{2})", re.ASCII)
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


class BookingForm(StrangerForm):
    """Who comes at an hour that was chosen in the calendar."""

    starts_at = forms.DateTimeField(widget=forms.HiddenInput)
    name = text(_("Nama Anda"), _("Isi nama Anda."), CONTACT_LENGTH)
    phone = text(_("Nomor WhatsApp atau telepon"), _("Isi nomor teleponnya."), 40)
    note = optional_text(_("Pesan untuk unit"), _NOTE_LENGTH)

    def clean_phone(self) -> str:
        """Read the number in any usual way of writing it."""
        try:
            return read_phone(self.cleaned_data["phone"])
        except Refused:
            words = gettext("Tulis nomor HP Indonesia, misalnya 0812 3456 7890.")
            raise forms.ValidationError(words) from None


class ServiceForm(KeyedForm):
    """A service: its product, how long it takes, and its week."""

    product = select("Produk jasa", "Pilih produk jasa dari katalog unit Anda.")
    kind = select("Jenis jasa", "Pilih jenis jasa.")
    minutes = CountField("Lama satu janji, menit", "Isi lamanya, misalnya 45.")
    capacity = CountField("Tempat setiap jam", f"Isi antara 1 dan {MOST_AT_ONCE}.")
    description = optional_text("Keterangan untuk pembeli", DESCRIPTION_LENGTH, area=True)
    is_open = forms.BooleanField(label="Menerima janji baru", required=False)
    hours = forms.Field(required=False, label="Jam buka", widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        unit_id: int,
        today: dt.date,
        week: Sequence[Hours] = (),
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the unit's products that are services; a field for each weekday."""
        begin = {"is_open": True, **(initial or {}), **_week_as_typed(week)}
        super().__init__(data, initial=begin)
        rows = catalogue.every_product_of(
            unit_id=unit_id, filters=catalogue.ProductFilters(), on=today
        )
        self.ids = {row.code: row.id for row in rows if is_service(row.category_code)}
        names = [(row.code, row.name) for row in rows if row.code in self.ids]
        _choose(self.fields["product"], [("", "Pilih produk"), *names])
        kinds = [(kind.value, str(label)) for kind, label in SERVICE_LABELS.items()]
        _choose(self.fields["kind"], [("", "Pilih jenis"), *kinds])
        for number, name in enumerate(WEEKDAYS):
            self.fields[f"day_{number}"] = optional_text(name, 60)

    @property
    def days(self) -> list[forms.BoundField]:
        """The fields of the week, Monday first."""
        return [self[f"day_{number}"] for number in range(len(WEEKDAYS))]

    def clean(self) -> dict[str, Any]:
        """Put together `week` of what stands at each day."""
        cleaned = super().clean() or self.cleaned_data
        minutes, capacity = cleaned.get("minutes"), cleaned.get("capacity")
        if minutes and not SHORTEST <= minutes <= LONGEST:
            self.add_error("minutes", f"Lama satu janji antara {SHORTEST} dan {LONGEST} menit.")
        week: list[Hours] = []
        for number in range(len(WEEKDAYS)):
            week += self._hours_of(number, cleaned.get(f"day_{number}", ""), capacity)
        cleaned["week"] = tuple(week)
        return cleaned

    def _hours_of(self, number: int, typed: str, capacity: int | None) -> list[Hours]:
        found = []
        for part in filter(None, (each.strip() for each in typed.split(","))):
            hours = _read_hours(part, weekday=number, capacity=1 if capacity is None else capacity)
            if hours is None:
                self.add_error(f"day_{number}", "Tulis misalnya 08.00-12.00, 13.00-15.00.")
                return []
            found.append(hours)
        return found

    @property
    def service_kind(self) -> ServiceKind:
        """The kind, of a form without faults."""
        return ServiceKind(self.cleaned_data["kind"])


class DoneForm(forms.Form):
    """How much was done and how it was paid for; one tap with what is usual."""

    pieces = CountField("Jumlah", "Isi jumlahnya, misalnya 1.")
    payment = tiles("Bayar", PAYMENT_LABELS, "Pilih cara bayar.")

    @property
    def paid_by(self) -> PaymentKind:
        """The way of paying, of a form without faults."""
        return PaymentKind(self.cleaned_data["payment"])


class DayForm(forms.Form):
    """A day that is closed or opened again."""

    day = forms.DateField(
        label="Tanggal",
        widget=forms.DateInput(format="%Y-%m-%d"),
        error_messages={"required": "Isi tanggalnya.", "invalid": "Pilih tanggal dari kalender."},
    )


def read_service_filters(asked: Mapping[str, str]) -> ServiceFilters:
    """Read cari, jenis, provinsi and urut of the list's address; nonsense narrows nothing."""
    kind = asked.get("jenis", "")
    return ServiceFilters(
        text=" ".join(asked.get("cari", "").replace("\0", " ").split())[:80],
        kind=kind if kind in set(ServiceKind) else "",
        province=asked.get("provinsi", "").replace("\0", "")[:2],
        sort="harga" if asked.get("urut") == "harga" else "nama",
    )


def read_calendar_day(asked: Mapping[str, str]) -> dt.date | None:
    """The day that a calendar's address names."""
    return read_day(asked.get("hari", ""))


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _read_hours(typed: str, *, weekday: int, capacity: int) -> Hours | None:
    match = _HOURS.fullmatch(typed)
    if match is None:
        return None
    hour, minute, last_hour, last_minute = (int(part) for part in match.groups())
    try:
        return Hours(weekday, dt.time(hour, minute), dt.time(last_hour, last_minute), capacity)
    except ValueError:
        return None


def _week_as_typed(week: Sequence[Hours]) -> dict[str, Any]:
    typed: dict[str, list[str]] = {}
    for each in week:
        span = f"{each.opens:%H.%M}-{each.closes:%H.%M}"
        typed.setdefault(f"day_{each.weekday}", []).append(span)
    begin: dict[str, Any] = {name: ", ".join(spans) for name, spans in typed.items()}
    return begin | ({"capacity": week[0].capacity} if week else {})
