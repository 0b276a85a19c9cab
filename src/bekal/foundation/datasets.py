"""How a room describes a table that anybody may take along.

The room that owns the rows hands the description up through its `queries`; `opendata` puts all of
them together as pages, CSV files and one descriptor for machines. Texts may be lazy translations.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise
"""Words, or words that are put into the language of the page when they are shown."""
Cell = str | int | dt.date | None


class Kind(StrEnum):
    """What stands in a column; the words are those of the Frictionless Table Schema.

    Source: https://specs.frictionlessdata.io/table-schema/#types-and-formats
    """

    TEXT = "string"
    WHOLE = "integer"
    NUMBER = "number"
    DAY = "date"
    YES_NO = "boolean"


YES, NO = "ya", "tidak"


@dataclass(frozen=True)
class Column:
    """One column: its name in the file, what stands in it, what it means, its unit of measure."""

    name: str
    kind: Kind
    meaning: Text
    unit: Text = ""


@dataclass(frozen=True)
class Asked:
    """Which rows: those of the days `first` to `last` (None: open), by the tree of day `on`."""

    on: dt.date
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True)
class Dataset:
    """A public table. Its name is its address and never changes, nor do its columns' names.

    `topics` are the parts of the audit on which it depends; `method` is the anchor of its
    definition on the page of method. `rows` gives them in the order of `key`, each as long as
    `columns`; `has_days` says whether `first` and `last` choose among them. `api` is the path of
    the same table in the API, or empty.
    """

    name: str
    title: Text
    about: Text
    topics: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Asked], Iterable[Sequence[Cell]]]
    has_days: bool = False
    method: str = ""
    api: str = ""

    @property
    def heading(self) -> tuple[str, ...]:
        """The names of the columns, as they stand in the file."""
        return tuple(column.name for column in self.columns)


def yes_no(is_so: bool) -> str:  # noqa: FBT001 - a cell, not a switch
    """A yes or no as it stands in files: "ya" or "tidak"."""
    return YES if is_so else NO
