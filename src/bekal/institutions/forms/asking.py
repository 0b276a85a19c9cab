"""What an institution types of what it is looking for, and of whom it asks."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import Maker
from bekal.foundation import clock
from bekal.foundation.clock import Zone
from bekal.institutions.forms.districts import DistrictForm
from bekal.institutions.forms.fields import (
    CountField,
    FileField,
    KeyedForm,
    day,
    optional_text,
    read,
    select,
    text,
)
from bekal.institutions.rules import (
    DESTINATION_LENGTH,
    MEASURE_LENGTH,
    NOTE_LENGTH,
    SPECIFICATION_LENGTH,
    TITLE_LENGTH,
    Wanted,
    check_needed,
    check_until,
)

_OFFICES_CLOSE = dt.time(17)


def _closing(day: dt.date) -> dt.datetime:
    """When offices close on a day."""
    return dt.datetime.combine(day, _OFFICES_CLOSE, Zone.WIB.info)


def nobody_makes_it() -> str:
    """Said where no workshop of a kind stands in a province."""
    return gettext("Belum ada bengkel jenis ini di provinsi itu. Pilih semua provinsi.")


class RequestForm(DistrictForm):
    """What is wanted, until when workshops may answer, and which kind of workshops is asked."""

    title = text(_("Barang yang dicari"), _("Isi barang yang dicari."), TITLE_LENGTH)
    specification = text(
        _("Spesifikasi"),
        _("Tulis spesifikasinya: bahan, ukuran, warna, mutu."),
        SPECIFICATION_LENGTH,
        area=True,
    )
    pieces = CountField(_("Jumlah barang"), _("Isi jumlah dengan angka, misalnya 200."))
    measure = text(_("Satuan"), _("Isi satuannya, misalnya buah."), MEASURE_LENGTH)
    needed_on = day(_("Dibutuhkan paling lambat"), _("Isi tanggal dibutuhkan."))
    destination = text(
        _("Tempat barang diterima"),
        _("Isi tempat barang diterima."),
        DESTINATION_LENGTH,
        area=True,
    )
    answer_until = day(_("Batas jawaban"), _("Isi batas jawaban."))
    kind = select(_("Jenis bengkel"), _("Pilih jenis bengkel."))
    province = select(_("Provinsi"), _("Pilih provinsi dari daftar."), required=False)

    field_order = ("title", "specification", "pieces", "measure", "needed_on", "district")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        today: dt.date,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the kinds that are made, and the provinces where something is."""
        self.today = today
        self.makers = catalogue.makers(on=today)
        begin = {"answer_until": today + dt.timedelta(days=7), **(initial or {})}
        super().__init__(data, initial=begin)
        kinds = {kind.code: kind.name for maker in self.makers for kind in maker.kinds}
        provinces = {
            maker.unit.province_code or "": maker.unit.province or "" for maker in self.makers
        }
        self._offer("kind", _("Pilih jenis"), kinds)
        self._offer("province", _("Semua provinsi"), provinces)

    def _offer(self, name: str, nothing: StrOrPromise, choices: Mapping[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        listed = sorted(choices.items(), key=lambda choice: choice[1])
        field.choices = [("", nothing), *listed]

    def clean_needed_on(self) -> dt.date:
        """Refuse a day that has passed, where it is typed."""
        needed: dt.date = self.cleaned_data["needed_on"]
        read(lambda _day: check_needed(needed, today=self.today), "")
        return needed

    def clean_answer_until(self) -> dt.date:
        """Refuse a deadline that no workshop can keep, where it is typed."""
        until: dt.date = self.cleaned_data["answer_until"]
        needed = self.cleaned_data.get("needed_on")
        at = _closing(until)
        read(lambda _day: check_until(at, needed_on=needed, now=clock.now()), "")
        return until

    @property
    def wanted(self) -> Wanted:
        """What is wanted, of a form without faults; offices close at 17.00 WIB."""
        asked = self.cleaned_data
        until = _closing(asked["answer_until"])
        names = ("title", "specification", "pieces", "measure", "needed_on", "destination")
        return Wanted(answer_until=until, **{name: asked[name] for name in names})

    @property
    def matching(self) -> list[Maker]:
        """The workshops of the kind and the province, by name."""
        kind, province = self.cleaned_data["kind"], self.cleaned_data["province"]
        return [
            maker
            for maker in self.makers
            if kind in {each.code for each in maker.kinds}
            and (not province or maker.unit.province_code == province)
        ]

    def answers(self) -> list[tuple[str, str]]:
        """The answers as fields to be sent again, when the form is valid."""
        return [
            (name, "" if value is None else str(value))
            for name, value in self.cleaned_data.items()
            if name in RequestForm.base_fields
        ]


class SendForm(RequestForm):
    """The same, checked, with the workshops that are asked and a file."""

    file = FileField(_("Berkas: gambar kerja, contoh, atau rincian"))
    workshops = forms.MultipleChoiceField(
        label=_("Bengkel yang ditanya"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Pilih paling sedikit satu bengkel."),
            "invalid_choice": _("Pilih bengkel dari daftar."),
        },
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        today: dt.date,
    ) -> None:
        """Offer every workshop that makes something."""
        super().__init__(data, today=today)
        self.files = files or MultiValueDict()
        field = self.fields["workshops"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(maker.unit.code, maker.unit.name) for maker in self.makers]

    @property
    def unit_ids(self) -> frozenset[int]:
        """The workshops that are asked, of a form without faults."""
        chosen = set(self.cleaned_data["workshops"])
        return frozenset(maker.unit.id for maker in self.makers if maker.unit.code in chosen)


class WithdrawForm(KeyedForm):
    """Why a request is taken back; workshops read it."""

    reason = optional_text(_("Alasan, dibaca bengkel"), NOTE_LENGTH)
