"""What people type at the doors of makers, read generously; nothing is written here."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import slugify

from bekal.foundation import formats
from bekal.people.queries import MakerFilters, MakerSort, RequirementRow, Standing
from bekal.people.rules import (
    CITATION_LENGTH,
    CODE_LENGTH,
    LABEL_LENGTH,
    LONGEST_CONSENT,
    NAME_LENGTH,
    PURPOSE_LABELS,
    REASON_LENGTH,
    SENTENCE_LENGTH,
    SOURCE_LENGTH,
    VERDICT_LENGTH,
    NewConsent,
    NewFact,
    NewMaker,
    NewRequirement,
    Purpose,
    Requirement,
)
from bekal.places.queries import PlaceNow
from bekal.ui.inputs import Keyed, day_field

STANDING_SLUGS: dict[str, Standing] = {slugify(standing.value): standing for standing in Standing}
YES, NO = "ya", "tidak"
_LONGEST_SEARCH = 20
_LONGEST_TYPED = 60


def read_filters(asked: Mapping[str, str]) -> MakerFilters:
    """Read the list's address: cari, keadaan, urut, halaman; nonsense narrows nothing."""
    sort = asked.get("urut", "")
    return MakerFilters(
        text=asked.get("cari", "").strip()[:_LONGEST_SEARCH],
        standing=STANDING_SLUGS.get(asked.get("keadaan", ""), Standing.HERE),
        sort=MakerSort(sort) if sort in set(MakerSort) else MakerSort.CODE,
        page=formats.read_page(asked.get("halaman", "")),
    )


def _words(label: str, *, longest: int, missing: str = "") -> forms.CharField:
    """A few words; without a sentence for their lack they may be blank."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=longest,
        error_messages={"required": missing},
    )


def _yes_or_no(label: str, *, missing: str) -> forms.ChoiceField:
    """A question with no answer before the person gives one."""
    return forms.ChoiceField(
        label=label,
        choices=[(YES, "Ya"), (NO, "Tidak")],
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class NameForm(forms.Form):
    """A name as it should have been."""

    name = _words("Nama", longest=NAME_LENGTH, missing="Isi nama seperti di berkas.")


class MakerForm(NameForm):
    """Somebody who is to be a maker; the two questions stand first in everybody's mind."""

    number = _words(
        "Nomor registrasi SDP", longest=_LONGEST_TYPED, missing="Isi nomor registrasi SDP."
    )
    since = day_field("Di unit ini sejak", missing="Isi tanggalnya.")
    is_convicted = _yes_or_no(
        "Putusannya sudah berkekuatan hukum tetap?", missing="Pilih Ya atau Tidak."
    )
    is_adult = _yes_or_no("Sudah berumur 18 tahun?", missing="Pilih Ya atau Tidak.")

    def maker(self, unit_id: int) -> NewMaker:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewMaker(
            unit_id=unit_id,
            name=given["name"],
            number=given["number"],
            since=given["since"],
            is_convicted=given["is_convicted"] == YES,
            is_adult=given["is_adult"] == YES,
        )


class FactForm(forms.Form):
    """What was found under a requirement."""

    code = forms.ChoiceField(
        label="Syarat",
        error_messages={"required": "Pilih syaratnya.", "invalid_choice": "Pilih syaratnya."},
    )
    holds = _yes_or_no("Terpenuhi?", missing="Pilih Ya atau Tidak.")
    known_on = day_field("Tanggal keputusan atau pemeriksaan", missing="Isi tanggalnya.")
    number = _words("Nomor keputusan", longest=_LONGEST_TYPED)
    until = day_field("Berlaku sampai")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        requirements: Iterable[Requirement],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the requirements in force."""
        super().__init__(data, initial=dict(initial or {}))
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Pilih syarat"), *((one.code, one.label) for one in requirements)]

    def fact(self) -> NewFact:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewFact(
            code=given["code"],
            holds=given["holds"] == YES,
            number=" ".join(given["number"].split()),
            known_on=given["known_on"],
            until=given["until"],
        )


class ConsentForm(forms.Form):
    """A consent on paper."""

    purpose = forms.ChoiceField(
        label="Yang boleh ditampilkan",
        choices=[(purpose.value, label) for purpose, label in PURPOSE_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih satu.", "invalid_choice": "Pilih satu."},
    )
    given_on = day_field("Tanggal ditandatangani", missing="Isi tanggalnya.")
    until = day_field("Berlaku sampai", missing="Isi sampai kapan berlaku.")
    form_number = _words(
        "Nomor formulir",
        longest=_LONGEST_TYPED,
        missing="Isi nomor formulir yang ditandatangani.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: dt.date) -> None:
        """Begin with a year from today, the longest there is."""
        super().__init__(data, initial={"given_on": today, "until": today + LONGEST_CONSENT})

    def consent(self) -> NewConsent:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        return NewConsent(
            purpose=Purpose(given["purpose"]),
            given_on=given["given_on"],
            until=given["until"],
            form_number=" ".join(given["form_number"].split()),
        )


class LeaveForm(forms.Form):
    """On which day somebody goes, and by which letter."""

    on = day_field("Tanggal", missing="Isi tanggalnya.")
    reason = _words(
        "Dasar", longest=REASON_LENGTH, missing="Isi dasarnya, misalnya nomor suratnya."
    )


class LetGoForm(LeaveForm):
    """The same, and to which unit."""

    to_unit = forms.TypedChoiceField(
        label="Unit yang menerima",
        coerce=int,
        error_messages={
            "required": "Pilih unit yang menerima.",
            "invalid_choice": "Pilih unit yang menerima.",
        },
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        receivers: Iterable[PlaceNow],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Offer the units that may receive."""
        super().__init__(data, initial=dict(initial or {}))
        field = self.fields["to_unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Pilih unit"), *((one.id, one.name) for one in receivers)]


class ReceiveForm(forms.Form):
    """Who has arrived, by the number of their papers, and when."""

    number = _words(
        "Nomor registrasi SDP", longest=_LONGEST_TYPED, missing="Isi nomor registrasi SDP."
    )
    on = day_field("Tanggal tiba", missing="Isi tanggalnya.")


class RequirementForm(Keyed):
    """What is to be required: new, instead of one that holds (`old`), or that one's end."""

    label = _words("Nama syarat", longest=LABEL_LENGTH, missing="Isi nama syaratnya.")
    sentence = _words("Artinya", longest=SENTENCE_LENGTH, missing="Isi apa yang harus terpenuhi.")
    citation = _words("Dasar hukum", longest=CITATION_LENGTH, missing="Isi dasar hukumnya.")
    source = _words("Sumber", longest=SOURCE_LENGTH)
    needs_number = forms.BooleanField(label="Perlu nomor keputusan", required=False)
    needs_until = forms.BooleanField(label="Perlu masa berlaku", required=False)
    valid_from = day_field("Berlaku mulai", missing="Isi tanggal mulainya.")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        old: RequirementRow | None,
        ends: bool,
        known: Iterable[str],
    ) -> None:
        """Begin with what holds; of an end only its ground and its day are asked."""
        begun = {name: getattr(old, name) for name in self.base_fields if hasattr(old, name)}
        super().__init__(
            data, initial={} if old is None else begun | {"citation": "", "source": ""}
        )
        self.old, self.ends, self.known = old, ends, frozenset(known)
        if ends:
            for name in ("label", "sentence", "needs_number", "needs_until"):
                self.fields[name].disabled = True

    @property
    def code(self) -> str:
        """The code of what holds, or one made of the name."""
        made: str = slugify(self.cleaned_data.get("label", ""))
        return self.old.code if self.old else made[:CODE_LENGTH].strip("-")

    def clean(self) -> dict[str, Any]:
        """A new requirement has a name of its own, also among those that hold no more."""
        cleaned = super().clean() or self.cleaned_data
        if self.old is None and self.code in self.known:
            self.add_error("label", "Syarat dengan nama seperti ini sudah ada. Ubah yang itu.")
        return cleaned

    def requirement(self) -> NewRequirement:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        words = ("label", "sentence", "citation", "source")
        return NewRequirement(
            code=self.code,
            **{name: " ".join(given[name].split()) for name in words},
            needs_number=given["needs_number"],
            needs_until=given["needs_until"],
            valid_from=given["valid_from"],
        )


class VerdictForm(forms.Form):
    """Why a proposal is refused."""

    reason = _words("Alasan menolak", longest=VERDICT_LENGTH, missing="Isi alasan menolak.")
