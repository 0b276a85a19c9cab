"""What people type when one line of a bank paid several asks."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django import forms

from bekal.payments.actions import NewSplit
from bekal.payments.queries import Ask
from bekal.treasury.forms.fields import KeyField, RupiahOrNothing


class SplitForm(forms.Form):
    """How much of a line is for each ask that waits, and how much for none that is known."""

    key = KeyField()
    rest = RupiahOrNothing("Sisanya, belum diketahui untuk apa")

    def __init__(self, data: object = None, *, asks: Iterable[Ask], key: UUID) -> None:
        """A field for each ask, none of which has to be filled in."""
        super().__init__(data, initial={"key": key})  # type: ignore[arg-type]
        self._asks = {f"bagian-{ask.id}": ask for ask in asks}
        for name, ask in self._asks.items():
            self.fields[name] = RupiahOrNothing(ask.label or "Tagihan")

    def parts(self) -> Iterator[tuple[Ask, forms.BoundField]]:
        """Each ask with its field, for the page."""
        return ((ask, self[name]) for name, ask in self._asks.items())

    def split(self, unit_id: int, line_id: int) -> NewSplit:
        """What the action is asked for, when the form is valid."""
        given = self.cleaned_data
        parts = tuple((ask.id, given[name]) for name, ask in self._asks.items() if given[name])
        return NewSplit(given["key"], unit_id, line_id, parts, given["rest"])
