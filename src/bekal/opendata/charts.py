"""Small column charts of series of claims. Heights are computed here and drawn by the template."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bekal.foundation.datasets import Text
from bekal.opendata.models import Claim
from bekal.opendata.pages import Said, say
from bekal.opendata.queries import series
from bekal.opendata.rules import SERIES, Precision

HEIGHT = 1000
_LEAST = 2


@dataclass(frozen=True)
class _Plan:
    key: str
    title: Text
    note: Text
    series: tuple[str, ...]


_PLANS = (
    _Plan(
        "bangli",
        _("Lapas Narkotika IIA Bangli"),
        _(
            "Penjualan barang dan jasa, PNBP, dan premi yang dibayarkan menurut lapas itu. "
            "2023 hanya Januari sampai Juli, jadi batangnya lebih pudar."
        ),
        ("bangli-penjualan", "bangli-pnbp", "bangli-premi"),
    ),
    _Plan(
        "odopp",
        _("One Day One Prison's Product di Jawa Timur"),
        _(
            "Omzet kampanye tahun 2022 dan 2023 menurut pemberitaan. Lamanya tidak sama, dan Lapas "
            "I Surabaya termasuk dalam jumlah kanwilnya."
        ),
        ("jatim-odopp", "surabaya-odopp"),
    ),
)


@dataclass(frozen=True)
class Column:
    """One column: thousandths of the tallest; `tone` is that of its series."""

    tone: int
    height: int
    is_part: bool
    said: Said

    @property
    def top(self) -> int:
        """Where the column begins, from above."""
        return HEIGHT - self.height


@dataclass(frozen=True)
class Span:
    """The columns of one period."""

    label: str
    columns: list[Column]


@dataclass(frozen=True)
class Chart:
    """A chart with its legend; the same numbers stand in the table beside it."""

    key: str
    title: Text
    note: Text
    spans: list[Span]
    legend: list[tuple[int, Text]]


def charts(every: Sequence[Claim]) -> list[Chart]:
    """The charts of the series that have two points or more."""
    found = [_chart(plan, every) for plan in _PLANS]
    return [chart for chart in found if len(chart.spans) >= _LEAST]


def _chart(plan: _Plan, every: Sequence[Claim]) -> Chart:
    points = [
        (tone, claim)
        for tone, name in enumerate(plan.series, start=1)
        for claim in series(list(every), name)
    ]
    tallest = max((claim.high for _tone, claim in points), default=1)
    spans: dict[int, list[Column]] = {}
    for tone, claim in points:
        height = int(HEIGHT * claim.high / tallest)
        column = Column(tone, height, _is_part(claim, plan), say(claim))
        spans.setdefault(claim.last_day.year, []).append(column)
    return Chart(
        key=plan.key,
        title=plan.title,
        note=plan.note,
        spans=[Span(str(year), columns) for year, columns in sorted(spans.items())],
        legend=[(tone, SERIES[name]) for tone, name in enumerate(plan.series, start=1)],
    )


def _is_part(claim: Claim, plan: _Plan) -> bool:
    """Whether a point of a yearly series speaks of a part of its year; campaigns are whole."""
    return plan.key != "odopp" and claim.precision != Precision.YEAR
