"""The entries of a unit's days, page by page."""

from collections.abc import Sequence
from typing import Any

from bekal.ledger.queries import Sought, entries_of_days

_EVERY = 1_000_000


class Entries(Sequence[Any]):
    """The entries that were sought in the order of posting, for django's Paginator."""

    def __init__(self, sought: Sought) -> None:
        """Nothing is read before it is asked for."""
        self._sought = sought
        self._length: int | None = None

    def __len__(self) -> int:
        if self._length is None:
            self._length = entries_of_days(sought=self._sought, limit=1, offset=0)[1]
        return self._length

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401  one entry or, for a slice, several
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        start = place.start or 0
        limit = _EVERY if place.stop is None else place.stop - start
        return entries_of_days(sought=self._sought, limit=limit, offset=start)[0]
