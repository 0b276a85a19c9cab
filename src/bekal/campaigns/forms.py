"""What people type about a campaign, read generously; nothing is written here."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms

from bekal.campaigns import queries
from bekal.campaigns.queries import CampaignNow
from bekal.campaigns.rules import (
    HIGHEST_HBP,
    NAME_LENGTH,
    REASON_LENGTH,
    check_definition,
    check_units,
    slug_of,
    taken_days,
    taken_name,
)
from bekal.foundation import formats
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.places import queries as places
from bekal.ui.inputs import day_field, show_refusal


class CampaignForm(forms.Form):
    """What a campaign is: name, HBP number, days, target, and whose records are expected."""

    name = forms.CharField(
        label="Nama kampanye",
        max_length=NAME_LENGTH,
        error_messages={"required": "Isi nama kampanye, misalnya Satu Hari Satu Karya."},
    )
    hbp_number = forms.CharField(label="Hari Bakti Pemasyarakatan ke", required=False)
    first_day = day_field("Hari pertama", missing="Isi hari pertama kampanye.")
    last_day = day_field("Hari terakhir", missing="Isi hari terakhir kampanye.")
    target = forms.CharField(
        label="Target omzet bersih",
        error_messages={"required": "Isi target, misalnya 2.000.000.000."},
    )
    kanwil = forms.MultipleChoiceField(
        label="Kanwil yang diharapkan mencatat",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih paling sedikit satu kanwil.",
            "invalid_choice": "Pilih kanwil dari daftar.",
        },
    )

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        today: dt.date,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the kanwil of today that have units with a workshop; all are chosen at first."""
        self.today = today
        self.offered = {row.code: row for row in queries.units_by_kanwil(on=today) if row.unit_ids}
        super().__init__(data, initial={"kanwil": list(self.offered), **(initial or {})})
        field = self.fields["kanwil"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, short_name(row.name)) for code, row in self.offered.items()]

    @property
    def key(self) -> UUID:
        """What makes a second click harmless: the key that was sent, or a new one."""
        try:
            return UUID(str(self.data.get("key", "")))
        except ValueError:
            return uuid7()

    def key_to_send(self, *, is_used: bool) -> UUID:
        """The key of the next try: a new one where this one belongs to a stored message."""
        return uuid7() if is_used else self.key

    def clean_hbp_number(self) -> int | None:
        """Read the number, which may be missing."""
        text = self.cleaned_data["hbp_number"]
        number = _read(formats.read_count, text) if text else None
        if number is not None and not 1 <= number <= HIGHEST_HBP:
            raise forms.ValidationError("Tulis angka ulang tahunnya, misalnya 62.")
        return number

    def clean_target(self) -> int:
        """Read the target in rupiah."""
        return _read(formats.read_rupiah, self.cleaned_data["target"])

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean() or {}
        if {"first_day", "last_day"} <= cleaned.keys() and not self._is_in_order(cleaned):
            self.add_error("last_day", "Hari terakhir tidak bisa sebelum hari pertama.")
        return cleaned

    @staticmethod
    def _is_in_order(cleaned: Mapping[str, Any]) -> bool:
        return bool(cleaned["first_day"] <= cleaned["last_day"])

    @property
    def period(self) -> Period:
        """Its days, of a form without faults."""
        return Period(self.cleaned_data["first_day"], self.cleaned_data["last_day"])

    @property
    def unit_ids(self) -> frozenset[int]:
        """The units of the chosen kanwil that have a workshop and stand on the first day."""
        day = self.cleaned_data["first_day"]
        nation = places.centre(on=day)
        standing = places.unit_ids_below(place_ids=[nation.id], on=day) if nation else frozenset()
        chosen = (self.offered[code].unit_ids for code in self.cleaned_data["kanwil"])
        return frozenset[int]().union(*chosen) & standing

    @property
    def notes(self) -> dict[str, str]:
        """How many units each kanwil has."""
        return {code: f"{len(row.unit_ids)} unit" for code, row in self.offered.items()}

    @property
    def chosen(self) -> str:
        """The chosen kanwil in words."""
        codes = self.cleaned_data["kanwil"]
        if len(codes) == len(self.offered):
            return f"Semua, {len(codes)} kanwil"
        return ", ".join(short_name(self.offered[code].name) for code in codes)

    def definition(self) -> dict[str, Any]:
        """What the actions take, of a form without faults."""
        return {
            "key": self.key,
            "name": self.cleaned_data["name"],
            "hbp_number": self.cleaned_data["hbp_number"],
            "period": self.period,
            "target": self.cleaned_data["target"],
            "unit_ids": self.unit_ids,
        }

    def foresee(self) -> bool:
        """Whether it would be taken, asked before the last page; says at the field why not."""
        asked = self.cleaned_data
        try:
            check_definition(
                name=asked["name"],
                hbp_number=asked["hbp_number"],
                period=self.period,
                target=asked["target"],
                today=self.today,
            )
            self._check_others()
            check_units(self.unit_ids)
        except Refused as refused:
            show_refusal(self, refused)
        return not self.errors

    def _check_others(self) -> None:
        """Another campaign may have the days, or the name in this year."""
        other = queries.overlapping(period=self.period, but=None)
        if other is not None:
            raise taken_days(other.name, other.period)
        slug = slug_of(self.cleaned_data["name"], year=self.period.first.year)
        if queries.campaign_by_slug(slug=slug) is not None:
            raise taken_name(self.period.first.year)


class CorrectionForm(CampaignForm):
    """As it should be, and why; `seen` is the number of the definition that the person sees."""

    reason = forms.CharField(
        label="Alasan pembetulan",
        max_length=REASON_LENGTH,
        error_messages={"required": "Tulis mengapa dibetulkan, misalnya target salah ketik."},
    )
    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), "Muat ulang halaman ini."),
    )

    def __init__(
        self, data: Mapping[str, str] | None = None, *, today: dt.date, campaign: CampaignNow
    ) -> None:
        """Begin with what holds now."""
        self.campaign = campaign
        expected = queries.expected_units(definition_id=campaign.definition_id)
        super().__init__(
            data,
            today=today,
            initial={
                "name": campaign.name,
                "hbp_number": campaign.hbp_number,
                "first_day": campaign.first_day,
                "last_day": campaign.last_day,
                "target": formats.thousands(campaign.target),
                "seen": campaign.number,
            },
        )
        self.initial["kanwil"] = [
            code for code, row in self.offered.items() if row.unit_ids & expected
        ]

    def definition(self) -> dict[str, Any]:
        """What the action takes, of a form without faults."""
        return {
            **super().definition(),
            "campaign_id": self.campaign.id,
            "seen": self.cleaned_data["seen"],
            "reason": self.cleaned_data["reason"],
        }

    def _check_others(self) -> None:
        other = queries.overlapping(period=self.period, but=self.campaign.id)
        if other is not None:
            raise taken_days(other.name, other.period)


def short_name(kanwil: str) -> str:
    """The name of a kanwil where all around it are kanwil: "Jawa Barat"."""
    return kanwil.removeprefix("Kanwil Ditjenpas ")


def _read(reader: Callable[[str], int], text: str) -> int:
    try:
        return reader(text)
    except Refused as refused:
        raise forms.ValidationError(refused.message) from refused
