"""Kinds of fields that strangers and officers fill here, read generously."""

import datetime as dt
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bekal.foundation import formats
from bekal.foundation.attachments import ACCEPTED, Attachment, check_size, read_attachment
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.ui.inputs import day_field
from bekal.ui.strangers import TrapForm

_Read = TypeVar("_Read")
_Choice = TypeVar("_Choice", bound=StrEnum | str)


def text(
    label: StrOrPromise, question: StrOrPromise, longest: int, *, area: bool = False
) -> forms.CharField:
    """Words that must be there."""
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 5}) if area else forms.TextInput,
        error_messages={"required": question},
    )


def optional_text(label: StrOrPromise, longest: int, *, area: bool = False) -> forms.CharField:
    """Words that may be missing."""
    field = text(label, "", longest, area=area)
    field.required = False
    return field


def day(label: StrOrPromise, question: StrOrPromise) -> forms.DateField:
    """A day, from a calendar or by hand."""
    return day_field(label, missing=question)


def tiles(
    label: StrOrPromise, choices: Mapping[_Choice, StrOrPromise], missing: StrOrPromise
) -> forms.ChoiceField:
    """One of a few, none chosen before the person does."""
    return forms.ChoiceField(
        label=label,
        choices=[(str(key), words) for key, words in choices.items()],
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


def select(
    label: StrOrPromise, missing: StrOrPromise, *, required: bool = True
) -> forms.ChoiceField:
    """One of many; the form fills the choices."""
    return forms.ChoiceField(
        label=label,
        required=required,
        error_messages={"required": missing, "invalid_choice": missing},
    )


class CountField(forms.CharField):
    """A number of pieces, "12" or "1.200"."""

    def __init__(
        self, label: StrOrPromise, question: StrOrPromise, *, required: bool = True
    ) -> None:
        """Ask for whole pieces."""
        messages = {"required": question, "max_length": question}
        super().__init__(label=label, required=required, max_length=40, error_messages=messages)
        self.question = question

    def clean(self, value: object) -> int | None:
        """Read whole pieces; what cannot be read is asked for again."""
        typed = super().clean(value)
        try:
            return formats.read_count(typed) if typed else None
        except Refused:
            raise forms.ValidationError(self.question) from None


class MoneyField(CountField):
    """An amount in whole rupiah."""

    def clean(self, value: object) -> int | None:
        """Read "48000", "48.000" or "Rp 48.000"."""
        typed = forms.CharField.clean(self, value)
        return read(formats.read_rupiah, typed) if typed else None


class FileField(forms.FileField):
    """A file of one of few kinds, looked into; its size is asked before it is read."""

    def __init__(self, label: StrOrPromise) -> None:
        """Offer the kinds that are taken."""
        widget = forms.FileInput(attrs={"accept": ACCEPTED})
        super().__init__(label=label, required=False, widget=widget)

    def clean(self, data: object, initial: object = None) -> Attachment | None:
        """The file as it will be kept, or None when none was sent."""
        if not isinstance(data, UploadedFile):
            return None
        try:
            check_size(data.size or 0)
            return read_attachment(name=str(data.name), content=data.read())
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused


class KeyedForm(forms.Form):
    """A form with the key that it got when it was first made; a repeat is known by it."""

    @property
    def key(self) -> UUID:
        """The key that was sent, or a new one."""
        try:
            return UUID(str(self.data.get("key", "")))
        except ValueError:
            return uuid7()

    def key_to_send(self, *, is_used: bool = False) -> UUID:
        """The key of the next try: a new one where this one belongs to a stored message."""
        return uuid7() if is_used else self.key

    def show(self, refused: Refused) -> None:
        """Put what was refused at its field, or at the top when it belongs to none."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.message)


class StrangerForm(KeyedForm, TrapForm):
    """A form for everybody; what no person typed is refused in words."""

    def clean_website(self) -> str:
        """Refuse what no person typed."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Kosongkan kolom ini, lalu kirim lagi."))
        return ""


def read(reader: Callable[[str], _Read], typed: str) -> _Read:
    """What a reader makes of a text; its refusal stands at the field."""
    try:
        return reader(typed)
    except Refused as refused:
        raise forms.ValidationError(refused.message) from refused


def read_day(typed: str) -> dt.date | None:
    """A day of an address; None when it is none."""
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return None
