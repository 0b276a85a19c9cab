"""The papers of premi: what typst is told of a run or of a maker, and the PDF made of it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bekal.foundation import formats
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.spelled import spelled_rupiah
from bekal.places.queries import PlaceNow
from bekal.treasury.models import PremiEarning, PremiRun, PremiRunLine, SavingsPayment
from bekal.treasury.queries import MakerStanding, thing_of
from bekal.treasury.rules.premi_paying import MONEY_LABELS, RUN_LABELS, MoneyIn, RunKind
from bekal.ui import pdf

_FOLDER = "treasury/papers"
_NOT_PAID = "Belum dibayar: kertas ini belum menjadi bukti."


@dataclass(frozen=True)
class Print:
    """Whose paper it is, when it is made, and names by code where they were asked for."""

    unit: PlaceNow
    at: dt.datetime
    names: Mapping[str, str]

    def paper(self, template: str, data: Mapping[str, Any]) -> bytes:
        """A paper of this unit as PDF."""
        day = formats.date(local_day(self.at, self.unit.zone or Zone.WIB))
        shared = {
            "unit": self.unit.name,
            "place": self.unit.town,
            "day": day,
            "has_names": bool(self.names),
        }
        return pdf.paper(f"{_FOLDER}/{template}.typ", {**shared, **data}, made_at=self.at)


def sheet(
    run: PremiRun, lines: Sequence[PremiRunLine], workshops: Mapping[str, str], *, to: Print
) -> bytes:
    """One sheet for each workshop to sign; `workshops` says by maker where they worked."""
    groups: dict[str, list[PremiRunLine]] = {}
    for line in lines:
        groups.setdefault(workshops.get(line.maker_id, "Tanpa bengkel"), []).append(line)
    return to.paper(
        "premi_sheet",
        {
            **_run(run, title="Tanda terima premi"),
            "groups": [
                {
                    "name": name,
                    "lines": [_line(line, to) for line in ones],
                    **_sums(ones),
                }
                for name, ones in sorted(groups.items())
            ],
        },
    )


def slips(
    run: PremiRun,
    lines: Sequence[PremiRunLine],
    earnings: Mapping[str, Sequence[PremiEarning]],
    *,
    to: Print,
) -> bytes:
    """A slip for each maker: earned by which work, how much of it saved, and handed out."""
    return to.paper(
        "premi_slips",
        {
            **_run(run, title="Slip premi"),
            "slips": [
                {
                    **_line(line, to),
                    "percent": line.percent,
                    "spelled": spelled_rupiah(line.usable),
                    "works": _works(earnings.get(line.maker_id, ())),
                }
                for line in lines
            ],
        },
    )


def statement(
    standing: MakerStanding,
    paid: Iterable[PremiRunLine],
    payments: Iterable[SavingsPayment],
    *,
    is_home: bool,
    to: Print,
) -> bytes:
    """Savings and unpaid premi of a maker, with how they came about."""
    return to.paper(
        "premi_statement",
        {
            "title": "Pernyataan tabungan premi",
            "foot": f"Pernyataan tabungan premi {standing.maker}",
            "code": standing.maker,
            "name": to.names.get(standing.maker, ""),
            "is_home": is_home,
            "unpaid": formats.rupiah(standing.unpaid),
            "saved": formats.rupiah(standing.saved),
            "spelled": spelled_rupiah(max(standing.saved, 0)),
            "rows": [_paid(line) for line in paid],
            "payments": [_payment(one) for one in payments],
        },
    )


def _paid(line: PremiRunLine) -> dict[str, str]:
    return {
        "day": formats.date(line.run.paid_on) if line.run.paid_on else "",
        "number": str(line.run),
        "earned": formats.rupiah(line.earned),
        "usable": formats.rupiah(line.usable),
        "saved": formats.rupiah(line.saved),
    }


def _payment(one: SavingsPayment) -> dict[str, str]:
    return {
        "day": formats.date(one.paid_on),
        "proof": one.proof,
        "amount": formats.rupiah(one.amount),
    }


def _run(run: PremiRun, *, title: str) -> dict[str, Any]:
    return {
        "title": f"{title} {run}",
        "foot": f"{title} {run}",
        "number": str(run),
        "kind": RUN_LABELS[RunKind(run.kind)],
        "period": f"{formats.date(run.first)} sampai {formats.date(run.last)}",
        "paid": formats.date(run.paid_on) if run.paid_on else "",
        "money": MONEY_LABELS[MoneyIn(run.paid_from)] if run.paid_from else "",
        "note": "" if run.paid_at else _NOT_PAID,
    }


def _line(line: PremiRunLine, to: Print) -> dict[str, Any]:
    return {
        "code": line.maker_id,
        "name": to.names.get(line.maker_id, ""),
        "earned": formats.rupiah(line.earned),
        "saved": formats.rupiah(line.saved),
        "usable": formats.rupiah(line.usable),
    }


def _sums(lines: Sequence[PremiRunLine]) -> dict[str, str]:
    return {
        "earned": formats.rupiah(sum(line.earned for line in lines)),
        "saved": formats.rupiah(sum(line.saved for line in lines)),
        "usable": formats.rupiah(sum(line.usable for line in lines)),
    }


def _works(earnings: Iterable[PremiEarning]) -> list[dict[str, str]]:
    """What each kind of work brought, added up by product or agreement, by name."""
    sums: dict[str, int] = {}
    for earning in earnings:
        name = _work(earning)
        sums[name] = sums.get(name, 0) + earning.amount
    return [
        {"name": name, "amount": formats.rupiah(amount)} for name, amount in sorted(sums.items())
    ]


def _work(earning: PremiEarning) -> str:
    return thing_of(earning) if earning.line is None else earning.line.sale_line.name
