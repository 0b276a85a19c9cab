"""What is wrong with which pieces of a parcel, as its buyer or an officer types it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bekal.catalogue.queries import checked_photo
from bekal.foundation.formats import Unreadable, read_count
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.shop.queries import CareLine
from bekal.shop.rules import FAULT_LABELS, MOST_PHOTO_MIB, RETURN_RULES, TEXT_LENGTH, Fault

_MEBIBYTE = 1024 * 1024


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


class ReportForm(forms.Form):
    """What is wrong with which pieces of a parcel, whoever writes it down."""

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
        alone = 1 if sum(line.left for line in self.care) == 1 else None
        for line in self.care:
            asked = PiecesField(label=line.name, required=False, initial=alone)
            self.fields[f"line_{line.id}"] = asked
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
            raise forms.ValidationError(refused.message) from refused

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
