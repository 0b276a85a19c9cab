"""What the forms of all rooms share: days, keys of forms, and where a refusal is shown."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django_stubs_ext import StrOrPromise

from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused

DATES = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
"""As a calendar sends a day, and as people write one."""


def day_field(label: StrOrPromise, *, missing: StrOrPromise = "") -> forms.DateField:
    """A day as the calendar or a hand writes it.

    It may be left out where nothing says what is `missing`.
    """
    return forms.DateField(
        label=label,
        required=bool(missing),
        input_formats=DATES,
        widget=forms.DateInput(format="%Y-%m-%d"),
        error_messages={"required": missing},
    )


class Keyed(forms.Form):
    """A form whose repeat is harmless: it keeps the `key` that its page got when first made."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        """Take the key that was sent, or is to be shown again, or a new one."""
        super().__init__(data, files, initial=dict(initial or {}))
        sent = data if data is not None else initial or {}
        try:
            self.key = UUID(str(sent.get("key", "")))
        except ValueError:
            self.key = uuid7()

    def renew_key(self) -> None:
        """Take a new key, under which what was typed may be sent after all."""
        self.key = uuid7()


def carry_out(form: forms.Form, act: Callable[..., object]) -> bool:
    """Do what a form asks, its fields named as those of `act`; False where it is to be shown.

    What it lacks, or what was refused, then stands in it.
    """
    if not form.is_valid():
        return False
    try:
        act(**form.cleaned_data)
    except Refused as refused:
        show_refusal(form, refused)
        return False
    return True


def show_refusal(form: forms.Form, refused: Refused) -> None:
    """Put what an action refused at its field, or at the top when it belongs to none."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)
