"""Findings as pages show them: whose, and the way down to what each is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from bekal.places.queries import PlaceNow
from bekal.treasury.rules import PATTERN_LABELS, Finding, Pattern


@dataclass(frozen=True)
class FindingShown:
    """A finding with its unit and the address and name of what it is about."""

    finding: Finding
    unit: PlaceNow
    label: str
    address: str
    what: str


def findings(found: Iterable[Finding], *, units: Iterable[PlaceNow]) -> list[FindingShown]:
    """Findings in their order, each with its way down: a receipt, a deposit, the list of debts."""
    by_id = {unit.id: unit for unit in units}
    return [
        FindingShown(
            one,
            by_id[one.unit_id],
            PATTERN_LABELS[one.pattern],
            *_way(one, by_id[one.unit_id]),
        )
        for one in found
    ]


def _way(finding: Finding, unit: PlaceNow) -> tuple[str, str]:
    kind, _, key = finding.source.partition(":")
    if kind == "sale":
        return reverse("sales:receipt", args=[unit.code, key]), "Buka notanya"
    if kind == "deposit":
        return reverse("treasury:deposit", args=[unit.code, key]), "Buka setorannya"
    if finding.pattern is Pattern.LATE:
        return reverse("treasury:pnbp_owed", args=[unit.code]), "Lihat per penjualan"
    return reverse("ledger:balances", args=[unit.code]), "Lihat saldo"
