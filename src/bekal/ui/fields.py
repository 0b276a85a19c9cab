"""What a template needs to know of one form field, worked out of Django's bound field."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from bekal.foundation import formats

KINDS = frozenset(
    {"text", "count", "money", "date", "time", "select", "textarea", "password", "email", "tel"}
    | {"search", "hidden", "file"}
)
_WIDGET_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.PasswordInput, "password"),
    (forms.EmailInput, "email"),
    (forms.DateInput, "date"),
    (forms.TimeInput, "time"),
)
_SHORT = {"money", "count", "date", "time"}
_TYPES = {"money": "text", "count": "text"}
_EXTRAS: dict[str, dict[str, str]] = {
    "money": {"inputmode": "numeric", "data-money": "yes", "autocomplete": "off"},
    "count": {"inputmode": "numeric", "autocomplete": "off"},
    "tel": {"autocomplete": "tel"},
    "email": {"autocomplete": "email", "spellcheck": "false"},
    "password": {"autocomplete": "current-password"},
}


@dataclass(frozen=True)
class Option:
    """One choice; `note` is a second, quieter line."""

    id: str
    value: str
    label: str
    note: str
    is_chosen: bool


@dataclass(frozen=True)
class FieldView:
    """A field as the template shows it. `attributes` are escaped and start with a blank."""

    id: str
    name: str
    label: str
    kind: str
    value: str
    hint: str
    errors: list[str]
    is_optional: bool
    described_by: str
    attributes: SafeString
    options: list[Option]

    @property
    def has_notes(self) -> bool:
        """Whether something stands between its label and its box."""
        return bool(self.hint or self.errors)

    @property
    def is_short(self) -> bool:
        """Whether what belongs into it is a few signs long."""
        return self.kind in _SHORT


def field_view(
    bound: forms.BoundField, *, kind: str = "", hint: str = "", autocomplete: str = ""
) -> FieldView:
    """Look at a bound field; what was typed is kept. An unknown kind raises ValueError."""
    kind = kind or _kind(bound)
    if kind not in KINDS:
        raise ValueError(f"unknown kind of field: {kind}")
    hint = hint or str(bound.help_text)
    errors = [str(error) for error in bound.errors]
    described_by = _described_by(bound, hint=hint, errors=errors)
    return FieldView(
        id=bound.id_for_label or bound.auto_id,
        name=bound.html_name,
        label=str(bound.label),
        kind=kind,
        value=_value(bound, kind),
        hint=hint,
        errors=errors,
        is_optional=not bound.field.required,
        described_by=described_by,
        attributes=flatatt(
            _attributes(bound, kind=kind, autocomplete=autocomplete, described_by=described_by)
        ),
        options=[],
    )


def options_of(bound: forms.BoundField, notes: Mapping[str, str]) -> list[Option]:
    """The choices of a field, with what is chosen now. The empty choice is left out of tiles."""
    value = bound.value()
    chosen = {str(one) for one in (value if isinstance(value, list | tuple | set) else [value])}
    return [
        Option(
            id=f"{bound.auto_id}_{position}",
            value=str(key),
            label=str(label),
            note=notes.get(str(key), ""),
            is_chosen=str(key) in chosen,
        )
        for position, (key, label) in enumerate(getattr(bound.field, "choices", ()))
    ]


def target_id(bound: forms.BoundField) -> str:
    """The id that a line of the error summary leads to: the field, or its first tile."""
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        first = next((option for option in options_of(bound, {}) if option.value), None)
        return first.id if first else str(bound.auto_id)
    return bound.id_for_label or bound.auto_id


def _kind(bound: forms.BoundField) -> str:
    widget = bound.field.widget
    return next((kind for type_, kind in _WIDGET_KINDS if isinstance(widget, type_)), "text")


def _described_by(bound: forms.BoundField, *, hint: str, errors: list[str]) -> str:
    ids = [f"{bound.auto_id}_hint"] * bool(hint) + [f"{bound.auto_id}_error"] * bool(errors)
    return " ".join(ids)


def _value(bound: forms.BoundField, kind: str) -> str:
    value = bound.value()
    if value is None or kind in {"password", "file"}:
        return ""
    if kind in {"money", "count"} and isinstance(value, int):
        return formats.thousands(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def _attributes(
    bound: forms.BoundField, *, kind: str, autocomplete: str, described_by: str
) -> dict[str, str | bool]:
    """Everything but type, value and class; what the form's widget says wins over our defaults."""
    attributes: dict[str, str | bool] = {
        "id": bound.id_for_label or bound.auto_id,
        "name": bound.html_name,
        **_EXTRAS.get(kind, {}),
        **{key: value for key, value in bound.field.widget.attrs.items() if key != "required"},
    }
    if autocomplete:
        attributes["autocomplete"] = autocomplete
    if described_by:
        attributes["aria-describedby"] = described_by
    if bound.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def input_type(view: FieldView) -> str:
    """The type attribute of an input. A calendar shows no nonsense: what is no day stays text."""
    if view.kind == "date" and view.value and not _is_day(view.value):
        return "text"
    return _TYPES.get(view.kind, view.kind)


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def sift(
    name: str,
    options: Mapping[Any, Any] | Iterable[Enum],
    chosen: object,
    *,
    label: str,
    every: str = "",
) -> dict[str, Any]:
    """A choice that narrows or sorts a list, with the word for `every` of it where that can be.

    `options` are words by their values in the address; members of an enum are told by their own.
    """
    choices = list(_sifted(options, chosen))
    return {"name": name, "label": label, "every": every, "choices": choices}


def _sifted(
    options: Mapping[Any, Any] | Iterable[Enum], chosen: object
) -> Iterator[tuple[object, str, bool]]:
    """Each option as its value in an address, its words, and whether it is the one chosen."""
    pairs = (
        options.items()
        if isinstance(options, Mapping)
        else ((each.value, each) for each in options)
    )
    for value, each in pairs:
        if isinstance(each, Enum):
            yield value, capfirst(str(each.value)), each == chosen
        else:
            yield value, each, value == chosen
