"""What a page of the books is asked for: days, and under which tree. Nonsense is never fatal."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict  # noqa: TID251  the type of a query string

from bekal.foundation.clock import Period
from bekal.treasury.rules.books import Tree
from bekal.ui.periods import PeriodForm, read_days


@dataclass(frozen=True)
class AskedBook:
    """The days and the tree that an address asks for.

    `tree_on` is the day of that tree, `latest` the last day that has begun anywhere in Indonesia.
    """

    form: PeriodForm
    period: Period
    tree: Tree
    tree_on: dt.date
    latest: dt.date
    kept: dict[str, str]

    @property
    def query(self) -> str:
        """The query string that asks for the same again."""
        return urlencode(self.kept | {"susunan": self.tree.value})

    @property
    def other_tree(self) -> str:
        """The query string that asks for the same days by the other tree."""
        other = Tree.NOW if self.tree is Tree.THEN else Tree.THEN
        return urlencode(self.kept | {"susunan": other.value})

    @property
    def hidden(self) -> dict[str, str]:
        """What the form of days sends along."""
        return {"susunan": self.tree.value}


def read_book(asked: QueryDict, *, today: dt.date, latest: dt.date) -> AskedBook:
    """Read the address of a page of the books; `today` is the place's own day."""
    days = read_days(asked, today=today, latest=latest)
    text = str(asked.get("susunan", ""))
    tree = Tree(text) if text in set(Tree) else Tree.THEN
    tree_on = days.period.last if tree is Tree.THEN else latest
    return AskedBook(days.form, days.period, tree, tree_on, latest, days.kept)
