"""What a buyer types after the goods came: what is wrong, where money goes, what they think."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekal.catalogue.queries import checked_photo
from bekal.catalogue.rules import MOST_STARS, REVIEW_LENGTH
from bekal.foundation.formats import Unreadable, read_count
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.shop.forms.following import PhoneForm
from bekal.shop.queries import CareLine, ProblemShown
from bekal.shop.rules import (
    ACCOUNT_LENGTH,
    BANK_LENGTH,
    FAULT_LABELS,
    HOLDER_LENGTH,
    MOST_PHOTO_MIB,
    RETURN_RULES,
    TEXT_LENGTH,
    Fault,
)

_MEBIBYTE = 1024 * 1024
_PLAIN = _("Tulis dengan huruf dan angka biasa.")
_STARS = {
    5: _("5, sangat baik"),
    4: _("4, baik"),
    3: _("3, cukup"),
    2: _("2, kurang"),
    1: _("1, buruk"),
}


class PiecesField(forms.CharField):
    """How many pieces; empty is none."""

    def clean(self, value: object) -> int:
        """Read "3"; refuse what is no number."""
        text = str(value or "").strip()
        try:
            return read_count(text) if text else 0
        except Unreadable as refused:
            said = gettext("Tulis jumlah dengan angka bulat, misalnya 3.")
            raise forms.ValidationError(said) from refused


class ProblemForm(PhoneForm):
    """What is wrong with which pieces of a parcel."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    fault = forms.ChoiceField(
        label=_("Apa yang salah?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih apa yang salah."),
            "invalid_choice": _("Pilih apa yang salah."),
        },
    )
    lines = forms.Field(required=False, label=_("Barang"), widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Ceritakan"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": _("Paling panjang %(limit_value)d huruf. Singkat tulisannya."),
            "null_characters_not_allowed": _PLAIN,
        },
    )
    photo = forms.FileField(
        label=_("Foto barangnya"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        *,
        lines: Sequence[CareLine],
        faults: frozenset[Fault],
    ) -> None:
        """Ask for the pieces of each line that has some left."""
        super().__init__(data, files)
        self.care = [line for line in lines if line.left]
        self.fields["fault"].choices = [  # type: ignore[attr-defined]
            (fault.value, label) for fault, label in FAULT_LABELS.items() if fault in faults
        ]
        for line in self.care:
            self.fields[f"line_{line.id}"] = PiecesField(label=line.name, required=False)
        goods = [f"line_{line.id}" for line in self.care]
        self.order_fields(["key", "fault", "lines", *goods, "text", "photo", "digits"])

    @property
    def key_to_send(self) -> UUID:
        """The key that came, or a new one."""
        return self.cleaned_data.get("key") or uuid7()

    @property
    def pieces(self) -> dict[int, int]:
        """How many pieces of each line, when the form is valid."""
        return {line.id: self.cleaned_data[f"line_{line.id}"] for line in self.care}

    def clean_photo(self) -> bytes | None:
        """The picture, checked and encoded anew; size first, before it is read."""
        photo = self.cleaned_data.get("photo")
        if not isinstance(photo, UploadedFile) or not photo.size:
            return None
        if photo.size > MOST_PHOTO_MIB * _MEBIBYTE:
            words = gettext("Foto paling besar %(most)s MB. Kirim yang lebih kecil.")
            raise forms.ValidationError(words % {"most": MOST_PHOTO_MIB})
        try:
            return checked_photo(content=photo.read())
        except Refused as refused:
            said = gettext("Kirim foto JPG, PNG, atau WebP yang jelas, atau kosongkan.")
            raise forms.ValidationError(said) from refused

    def clean(self) -> dict[str, Any]:
        """Refuse a report of nothing."""
        cleaned = super().clean() or self.cleaned_data
        names = [f"line_{line.id}" for line in self.care]
        if not any(name in self.errors for name in names) and not any(map(cleaned.get, names)):
            self.add_error("lines", gettext("Isi berapa barang yang bermasalah."))
        return cleaned

    def rows(self) -> list[tuple[CareLine, forms.BoundField, str]]:
        """Each line with its field and the sentence of its return rule."""
        return [
            (line, self[f"line_{line.id}"], str(RETURN_RULES[line.kind].sentence))
            for line in self.care
        ]


class WithdrawForm(PhoneForm):
    """Which of the reports that nobody answered yet is taken back."""

    problem = forms.ChoiceField(
        label=_("Laporan"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih laporan yang ditarik."),
            "invalid_choice": _("Pilih laporan yang ditarik."),
        },
    )
    field_order = ("problem", "digits")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, problems: Sequence[ProblemShown]
    ) -> None:
        """Offer these reports; one alone is chosen."""
        super().__init__(data)
        self.fields["problem"].choices = [  # type: ignore[attr-defined]
            (str(problem.id), _told(problem)) for problem in problems
        ]
        if len(problems) == 1:
            self.fields["problem"].initial = str(problems[0].id)


def _told(problem: ProblemShown) -> str:
    goods = ", ".join(f"{piece.reported} {piece.name}" for piece in problem.pieces)
    return f"{FAULT_LABELS[problem.fault]}: {goods}"


class PayeeForm(PhoneForm):
    """Where a buyer wants money back to."""

    bank = forms.CharField(
        label=_("Bank atau dompet digital"),
        max_length=BANK_LENGTH,
        error_messages={
            "required": _("Isi nama bank atau dompet digital."),
            "null_characters_not_allowed": _PLAIN,
        },
    )
    account = forms.CharField(
        label=_("Nomor rekening"),
        max_length=ACCOUNT_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Isi nomor rekening atau nomor dompet digital."),
            "null_characters_not_allowed": _PLAIN,
        },
    )
    holder = forms.CharField(
        label=_("Nama pemilik rekening"),
        max_length=HOLDER_LENGTH,
        error_messages={
            "required": _("Isi nama pemilik rekening."),
            "null_characters_not_allowed": _PLAIN,
        },
    )
    field_order = ("bank", "account", "holder", "digits")


class OpinionForm(PhoneForm):
    """What a buyer thinks of one product."""

    stars = forms.TypedChoiceField(
        label=_("Nilai"),
        choices=[(str(stars), _STARS[stars]) for stars in range(MOST_STARS, 0, -1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih 1 sampai 5 bintang."),
            "invalid_choice": _("Pilih 1 sampai 5 bintang."),
        },
    )
    text = forms.CharField(
        label=_("Ulasan"),
        required=False,
        max_length=REVIEW_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": _("Paling panjang %(limit_value)d huruf. Singkat tulisannya."),
            "null_characters_not_allowed": _PLAIN,
        },
    )
    field_order = ("stars", "text", "digits")
