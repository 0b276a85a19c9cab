"""The question for a period that reports of all rooms ask. Nonsense is never fatal."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict  # noqa: TID251  the type of a query string

from bekal.foundation import formats
from bekal.foundation.clock import Period
from bekal.foundation.periods import period_problem, read_period
from bekal.ui.inputs import day_field

_MONTHS_OFFERED, _YEARS_OFFERED = 13, 3
_WRONG_PERIOD = "Pilih bulan atau tahun dari daftar."


class _PeriodField(forms.ChoiceField):
    """A month "2026-04" or a year "2026"; the choices offer the last ones, any other will do."""

    def valid_value(self, value: Any) -> bool:  # noqa: ANN401  Django's signature
        """Whether it can be read as a month or a year."""
        return read_period(str(value)) is not None


class PeriodForm(forms.Form):
    """A month or year, or days of one's own; days of one's own go first.

    `latest` is the last day that has begun anywhere in Indonesia: no period reaches beyond it.
    """

    periode = _PeriodField(
        label="Bulan atau tahun", required=False, error_messages={"invalid_choice": _WRONG_PERIOD}
    )
    dari = day_field("Dari tanggal")
    sampai = day_field("Sampai tanggal")

    def __init__(self, data: dict[str, str], *, today: dt.date, latest: dt.date) -> None:
        """Offer the last months and years before `today`."""
        super().__init__(data)
        self.latest = latest
        self.period: Period | None = None
        field = self.fields["periode"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _choices(data.get("periode", ""), today=today)
        for name in ("dari", "sampai"):
            self.fields[name].widget.attrs["max"] = latest.isoformat()

    def clean(self) -> dict[str, Any]:
        """Find the period, and whether it can be asked for."""
        cleaned = super().clean() or self.cleaned_data
        period = None if self.errors else self._asked_for(cleaned)
        if period is None:
            return cleaned
        problem = period_problem(period, latest=self.latest)
        if problem:
            self.add_error("dari" if cleaned.get("dari") else "periode", problem)
        else:
            self.period = Period(period.first, min(period.last, self.latest))
        return cleaned

    def _asked_for(self, cleaned: dict[str, Any]) -> Period | None:
        first, last = cleaned.get("dari"), cleaned.get("sampai")
        if first is None and last is None:
            return read_period(cleaned["periode"])
        if first is None:
            self.add_error("dari", "Isi tanggal awal, atau pilih bulan.")
            return None
        if last is not None and last < first:
            self.add_error("sampai", "Tanggal akhir sama dengan atau sesudah tanggal awal.")
            return None
        return Period(first, last or max(first, self.latest))


def _choices(chosen: str, *, today: dt.date) -> list[tuple[str, str]]:
    months = []
    year, month = today.year, today.month
    for _ in range(_MONTHS_OFFERED):
        months.append((f"{year}-{month:02d}", f"{formats.MONTHS[month - 1]} {year}"))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    last_years = range(today.year, today.year - _YEARS_OFFERED, -1)
    years = [(str(each), f"Tahun {each}") for each in last_years]
    offered = [*months, *years]
    if not chosen:
        return [("", "Pilih bulan atau tahun"), *offered]
    span = read_period(chosen)
    if span is not None and chosen not in dict(offered):
        name = formats.MONTHS[span.first.month - 1] if "-" in chosen else "Tahun"
        offered.insert(0, (chosen, f"{name} {span.first.year}"))
    return offered


@dataclass(frozen=True)
class AskedDays:
    """The days that an address asks for. With errors in `form` it is the month of today.

    `kept` is what asks for them again.
    """

    form: PeriodForm
    period: Period
    kept: dict[str, str]

    @property
    def query(self) -> str:
        """The query string that asks for the same days again."""
        return urlencode(self.kept)


def read_days(asked: QueryDict, *, today: dt.date, latest: dt.date) -> AskedDays:
    """Read the days that an address asks for; `today` is the place's own day."""
    typed = {name: str(asked.get(name, "")).strip() for name in ("periode", "dari", "sampai")}
    kept = {name: text for name, text in typed.items() if text}
    if "dari" in kept or "sampai" in kept:
        kept.pop("periode", None)
    this_month = f"{today.year}-{today.month:02d}"
    form = PeriodForm(kept or {"periode": this_month}, today=today, latest=latest)
    is_valid = form.is_valid()
    period = form.period or Period(today.replace(day=1), today)
    return AskedDays(form, period, kept if is_valid else {})
