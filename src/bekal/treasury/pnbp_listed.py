"""Units beside each other: what they owe the state, how late, and their year. Asks nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bekal.places.queries import PlaceNow
from bekal.treasury.queries import Standing, YearOf
from bekal.treasury.rules import AGES


class UnitSort(StrEnum):
    """The order of the list; the values stand in addresses."""

    OWED = "terutang"
    LATE = "terlambat"
    REAL = "realisasi"
    NAME = "nama"


@dataclass(frozen=True)
class UnitRow:
    """A unit with what it owes and what it deposited in the year."""

    unit: PlaceNow
    standing: Standing
    year: YearOf

    @property
    def is_known(self) -> bool:
        """Whether there is anything to tell of it."""
        return bool(
            self.standing.owed
            or self.standing.overpaid
            or self.year.deposited
            or self.year.target is not None
        )


@dataclass(frozen=True)
class Sums:
    """What the rows of a list come to, and how many of the units are behind each figure."""

    units: int
    known: int
    aimed: int
    owed: int
    late: int
    overpaid: int
    ages: tuple[int, ...]
    deposited: int
    deposited_of_aimed: int
    target: int


_KEYS = {
    UnitSort.OWED: lambda row: (-row.standing.owed, row.unit.name, row.unit.id),
    UnitSort.LATE: lambda row: (-row.standing.late, row.unit.name, row.unit.id),
    UnitSort.REAL: lambda row: (-row.year.deposited, row.unit.name, row.unit.id),
    UnitSort.NAME: lambda row: (row.unit.name, row.unit.id),
}


def listed(
    units: Iterable[PlaceNow],
    standings: Mapping[int, Standing],
    years: Mapping[int, YearOf],
    *,
    text: str,
    sort: UnitSort,
) -> list[UnitRow]:
    """The units whose names have every word, in the order that was asked for."""
    words = text.casefold().split()
    rows = [
        UnitRow(unit, standings[unit.id], years[unit.id])
        for unit in units
        if all(word in unit.name.casefold() for word in words)
    ]
    return sorted(rows, key=_KEYS[sort])


def sums_of(rows: Iterable[UnitRow]) -> Sums:
    """What rows come to."""
    every = list(rows)
    aimed = [row for row in every if row.year.target is not None]
    return Sums(
        units=len(every),
        known=sum(row.is_known for row in every),
        aimed=len(aimed),
        owed=sum(row.standing.owed for row in every),
        late=sum(row.standing.late for row in every),
        overpaid=sum(row.standing.overpaid for row in every),
        ages=tuple(sum(row.standing.ages[n] for row in every) for n in range(len(AGES))),
        deposited=sum(row.year.deposited for row in every),
        deposited_of_aimed=sum(row.year.deposited for row in aimed),
        target=sum(row.year.target or 0 for row in aimed),
    )
