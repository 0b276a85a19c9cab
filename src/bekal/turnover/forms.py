"""What a page of turnover is asked for: a period, a tree, an order. Nonsense is never fatal."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict  # noqa: TID251  the type of a query string

from bekal.foundation.clock import Period
from bekal.turnover.rules import Basis
from bekal.ui.periods import PeriodForm, read_days

SORTS = {"nama": "Nama", "bersih": "Omzet bersih", "cakupan": "Cakupan"}


@dataclass(frozen=True)
class Asked:
    """What the address asks for. With errors in `form` it is the default period."""

    form: PeriodForm
    period: Period
    basis: Basis
    sort: str
    kept: dict[str, str]

    @property
    def query(self) -> str:
        """The query string that asks for the same period and tree again."""
        return urlencode(self.kept | {"susunan": self.basis.value})

    @property
    def hidden(self) -> dict[str, str]:
        """What the form of days sends along."""
        return {"susunan": self.basis.value}

    @property
    def period_query(self) -> str:
        """The query string that asks for the same period alone."""
        return urlencode(self.kept)


def read_asked(asked: QueryDict, *, today: dt.date, latest: dt.date) -> Asked:
    """Read the address of a page; `today` is the place's own day."""
    days = read_days(asked, today=today, latest=latest)
    basis, sort = str(asked.get("susunan", "")), str(asked.get("urut", ""))
    return Asked(
        form=days.form,
        period=days.period,
        basis=Basis(basis) if basis in set(Basis) else Basis.AS_IT_WAS,
        sort=sort if sort in SORTS else "nama",
        kept=days.kept,
    )
