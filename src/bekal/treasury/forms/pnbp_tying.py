"""The treasury's list as a person sends it: the sheet first, then which column is what."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from bekal.foundation.refusals import Refused
from bekal.foundation.sheets import LARGEST_FILE, text_of
from bekal.treasury.rules import Columns, Tie, heading_of

_NONE = ("", "Tidak ada di lembar ini")
_ASK = ("", "Pilih kolom")


class SheetForm(forms.Form):
    """A list as a file or pasted; the page after it carries it on as text."""

    file = forms.FileField(
        label="Berkas dari kas negara",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,text/csv,text/plain"}),
    )
    sheet = forms.CharField(
        label="Atau tempelkan isinya",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"null_characters_not_allowed": "Tempelkan lembar sebagai teks."},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
    ) -> None:
        """Nothing is read yet."""
        super().__init__(data, files)
        self.heading: list[str] = []

    def clean(self) -> dict[str, Any]:
        """The text of the sheet, whichever way it came, and the words of its heading."""
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        try:
            if file is not None:
                cleaned["sheet"] = text_of(file.read(LARGEST_FILE + 1))
            self.heading = heading_of(cleaned.get("sheet", ""))
        except Refused as refused:
            self.add_error("file" if file is not None else "sheet", refused.message)
        return cleaned


class ColumnsForm(forms.Form):
    """Which column holds what; the sheet travels along as it was read."""

    ntpn = forms.ChoiceField(label="Kolom NTPN")
    amount = forms.ChoiceField(label="Kolom jumlah")
    day = forms.ChoiceField(label="Kolom tanggal", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        heading: Sequence[str],
        last: Columns | None,
    ) -> None:
        """Offer the words of the heading, the last choice first where it fits."""
        begun = {k: v for k, v in vars(last).items() if v in heading} if last else {}
        super().__init__(data, initial=begun)
        words = [(name, name) for name in heading]
        for name, field in self.fields.items():
            assert isinstance(field, forms.ChoiceField)
            field.choices = [_NONE if name == "day" else _ASK, *words]
            said = "Pilih kolomnya."
            field.error_messages = {"required": said, "invalid_choice": said}

    def columns(self) -> Columns:
        """What was chosen, when the form is valid."""
        return Columns(**self.cleaned_data)


def read_tie(asked: Mapping[str, str]) -> Tie | None:
    """Which ties an address asks for; nonsense asks for all."""
    found = asked.get("keadaan", "")
    return Tie(found) if found in {str(tie) for tie in Tie} else None
