"""What the address of a public page asks for. Nonsense narrows nothing."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from bekal.opendata.queries import LONGEST_TEXT, ClaimFilters, Sort
from bekal.opendata.rules import THEME_LABELS, Theme

SORT_LABELS = {
    Sort.NEWEST: _("Terbaru dahulu"),
    Sort.OLDEST: _("Terlama dahulu"),
    Sort.SUBJECT: _("Menurut subjek"),
    Sort.LARGEST: _("Terbesar dahulu, per satuan"),
}
_YEAR_DIGITS = 4
_ISO_LENGTH = 10


class DayUnreadable(ValueError):
    """A day of the address that is no day."""


def read_filters(asked: Mapping[str, str]) -> ClaimFilters:
    """Read the address of the page of claims."""
    theme, sort = asked.get("tema", ""), asked.get("urut", "")
    year = asked.get("tahun", "")
    is_year = len(year) == _YEAR_DIGITS and year.isascii() and year.isdigit()
    return ClaimFilters(
        theme=Theme(theme) if theme in set(Theme) else None,
        year=int(year) if is_year else 0,
        text=asked.get("cari", "").replace("\0", " ").strip()[:LONGEST_TEXT],
        sort=Sort(sort) if sort in set(Sort) else Sort.NEWEST,
    )


def read_days(asked: Mapping[str, str]) -> tuple[dt.date | None, dt.date | None]:
    """The days "sejak" and "sampai" of an address, either way round. Raises DayUnreadable.

    Whoever computes with a file must hear of a day that was mistyped, rather than get all days.
    """
    first, last = _day(asked.get("sejak", "")), _day(asked.get("sampai", ""))
    if first and last and last < first:
        return last, first
    return first, last


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    if len(text) != _ISO_LENGTH or not text.isascii():
        raise DayUnreadable
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise DayUnreadable from None


class ClaimForm(forms.Form):
    """The filters of the page of claims, showing what is asked for; it is never sent by POST."""

    tema = forms.ChoiceField(label=_("Tema"))
    tahun = forms.ChoiceField(label=_("Tahun"))
    cari = forms.CharField(label=_("Cari kata"), max_length=LONGEST_TEXT)
    urut = forms.ChoiceField(label=_("Urutan"))

    def __init__(self, filters: ClaimFilters, *, years: Sequence[int]) -> None:
        """Offer the themes and the years that there are."""
        super().__init__(
            initial={
                "tema": filters.theme or "",
                "tahun": filters.year or "",
                "cari": filters.text,
                "urut": filters.sort,
            },
            use_required_attribute=False,
        )
        self._offer("tema", [("", _("Semua tema")), *THEME_LABELS.items()])
        self._offer("tahun", [("", _("Semua tahun")), *((year, str(year)) for year in years)])
        self._offer("urut", list(SORT_LABELS.items()))

    def _offer(self, name: str, choices: list[tuple[object, object]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
