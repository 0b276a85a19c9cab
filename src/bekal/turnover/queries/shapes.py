"""What the questions of turnover answer with."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from bekal.foundation.clock import Zone
from bekal.turnover.rules import Coverage, Dimension, Node, Total


@dataclass(frozen=True)
class Slice:
    """One category, channel or buyer class of a total; rupiah and pieces."""

    dimension: Dimension
    key: str
    label: str
    gross: int
    returned: int
    pieces: int
    pieces_returned: int

    @property
    def net(self) -> int:
        """Gross less what was taken back."""
        return self.gross - self.returned

    @property
    def net_pieces(self) -> int:
        """Pieces sold less those that came back."""
        return self.pieces - self.pieces_returned


@dataclass(frozen=True)
class DayTotal:
    """A day of a place: its sums, and how many of its units reported the day as complete."""

    day: dt.date
    reports: int
    total: Total


@dataclass(frozen=True)
class ProvinceTotal:
    """What the units of a province sold, and how many of them stand behind the number."""

    code: str
    name: str
    total: Total
    coverage: Coverage


@dataclass(frozen=True)
class SilentUnit:
    """A unit of which a record is expected and none came; `last` is its last day with one."""

    node: Node
    above: str
    last: dt.date | None


@dataclass(frozen=True)
class Receipt:
    """A sale of a unit's day, in words; rupiah. `returned` counts refunds of all days."""

    id: UUID
    number: str
    sold_at: dt.datetime | None
    zone: Zone
    channel: str
    buyer: str
    payment: str
    is_sample: bool
    gross: int
    pieces: int
    returned: int


@dataclass(frozen=True)
class TakenBack:
    """A refund that counts on a day, with the receipt that it takes back, in words; rupiah."""

    id: UUID
    sale_id: UUID
    number: str
    sold_on: dt.date
    kind: str
    reason: str
    amount: int
