"""From lines to the rows that the summaries count. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bekal.ledger.rules import AccountKind
from bekal.sales.sums import SUMS

COLUMN_OF = {
    AccountKind.PNBP_PAYABLE: "pnbp",
    AccountKind.PREMI_UNALLOCATED: "premi",
    AccountKind.COST_RECOVERY: "cost_recovery",
    AccountKind.CAPITAL: "capital",
    AccountKind.OPERATING: "operating",
    AccountKind.PARTNER_PAYABLE: "partner",
}


@dataclass(frozen=True)
class Counted:
    """One line as the sums see it; `parts` are negative when money went back."""

    category: str
    pieces: int
    amount: int
    parts: Mapping[AccountKind, int]
    is_sample: bool


def sold(facts: Mapping[UUID, Iterable[Counted]]) -> str:
    """The rows, as JSON, that sales add to the sums, by the id of each sale."""
    return json.dumps(
        [
            row
            for fact, lines in facts.items()
            for row in _rows(fact, ((line, line.amount, 0, line.pieces, 0) for line in lines))
        ]
    )


def taken_back(fact: UUID, lines: Iterable[Counted]) -> str:
    """The rows, as JSON, that a refund adds to the sums."""
    return json.dumps(_rows(fact, ((line, 0, line.amount, 0, line.pieces) for line in lines)))


def _rows(
    fact: UUID, entries: Iterable[tuple[Counted, int, int, int, int]]
) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for line, gross, returned, pieces, pieces_returned in entries:
        row = rows.setdefault(
            line.category,
            {"fact": str(fact), "category": line.category, "lines": 0, **dict.fromkeys(SUMS, 0)},
        )
        row["lines"] += bool(gross)
        row["gross"] += gross
        row["returned"] += returned
        row["pieces"] += pieces
        row["pieces_returned"] += pieces_returned
        row["sample_gross"] += gross if line.is_sample else 0
        row["sample_returned"] += returned if line.is_sample else 0
        for account, amount in line.parts.items():
            row[COLUMN_OF[account]] += amount
    return [rows[category] for category in sorted(rows)]
