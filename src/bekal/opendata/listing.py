"""What the page of datasets tells of each: when it changed, an example, where its file is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bekal.audit.queries import last_changes
from bekal.foundation.datasets import NO, Asked, Cell, Column, Dataset
from bekal.opendata.datasets import DATASETS, TOPICS

HIDDEN = "ditahan"
_EXAMPLE_DAYS = dt.timedelta(days=62)


@dataclass(frozen=True)
class Explained:
    """A column with what stands in it in the example."""

    column: Column
    example: str


@dataclass(frozen=True)
class Listed:
    """A dataset for its page; `changed_at` is None while nothing is there."""

    dataset: Dataset
    columns: list[Explained]
    changed_at: dt.datetime | None

    @property
    def is_empty(self) -> bool:
        """Whether no row was found for an example."""
        return not any(column.example for column in self.columns)


def listed(*, on: dt.date) -> list[Listed]:
    """Every dataset; two statements beside one for each example."""
    changes = last_changes(topics=TOPICS)
    return [_listed(dataset, changes, on=on) for dataset in DATASETS]


def _listed(dataset: Dataset, changes: dict[str, dt.datetime | None], *, on: dt.date) -> Listed:
    first = on - _EXAMPLE_DAYS if dataset.has_days else None
    row = _example(dataset, dataset.rows(Asked(on=on, first=first)))
    times = [at for topic in dataset.topics if (at := changes[topic])]
    return Listed(
        dataset=dataset,
        columns=[
            Explained(column, "" if cell is None else str(cell))
            for column, cell in zip(dataset.columns, row, strict=True)
        ],
        changed_at=max(times, default=None),
    )


def _example(dataset: Dataset, rows: Iterable[Sequence[Cell]]) -> Sequence[Cell]:
    """The first row that was not kept back; else the first; else an empty one."""
    first: Sequence[Cell] | None = None
    hidden = dataset.heading.index(HIDDEN) if HIDDEN in dataset.heading else None
    for row in rows:
        if hidden is None or row[hidden] == NO:
            return row
        first = first or row
    return first or (None,) * len(dataset.columns)
