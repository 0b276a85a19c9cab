"""Lines and entries as the pages of the books show them, with the way to what caused them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bekal.accounts import queries as accounts
from bekal.audit import queries as audit
from bekal.foundation.clock import Period, Zone, local_day
from bekal.ledger.queries import BookLine
from bekal.ledger.rules import ACCOUNT_LABELS, CHART, AccountKind
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.treasury.book_accounts import Named
from bekal.treasury.queries.books import parts_of
from bekal.treasury.rules.books import Sums, cause_label, sided
from bekal.treasury.sources import addresses_of


@dataclass(frozen=True)
class Told:
    """A line of a book; `balance` is empty where lines in between are left out."""

    line: BookLine
    by: str
    cause: str
    source_url: str
    balance: str


@dataclass(frozen=True)
class EntryTold:
    """An entry with its lines as (account, debit, credit)."""

    entry: Any
    lines: list[tuple[str, int, int]]
    cause: str
    source_url: str
    by: str

    @property
    def total(self) -> int:
        """What it moves: the sum of its debits."""
        return sum(debit for _, debit, _ in self.lines)


def tell_lines(
    lines: Iterable[BookLine], place: PlaceNow, *, names: Mapping[str, str], opening: int | None
) -> list[Told]:
    """Lines in words; `opening` is what the account held before the first line of the period."""
    rows = list(lines)
    urls = addresses_of({line.source for line in rows}, place)
    return [
        Told(
            line,
            names[line.posted_by],
            cause_label(line.source.partition(":")[0]),
            urls.get(line.source, ""),
            "" if opening is None else sided(opening + line.running),
        )
        for line in rows
    ]


def tell_all(entries: Sequence[Any], place: PlaceNow) -> list[EntryTold]:
    """Entries of `ledger.queries` in words; at most three statements."""
    names = accounts.names_of(actors={entry.posted_by for entry in entries}) if entries else {}
    urls = addresses_of({entry.source for entry in entries}, place)
    others = {
        line.account.counterpart_id
        for entry in entries
        for line in entry.lines.all()
        if line.account.counterpart_id is not None
    }
    called = places.last_called(place_ids=others, on=entries[-1].occurred_on) if others else {}
    return [
        EntryTold(
            entry,
            [_line(line, called) for line in entry.lines.all()],
            cause_label(entry.source.partition(":")[0]),
            urls.get(entry.source, ""),
            names[entry.posted_by],
        )
        for entry in entries
    ]


def trail_of(entry: Any, place: PlaceNow) -> list[dict[str, Any]]:  # noqa: ANN401  an entry
    """What the audit keeps of the source of an entry, oldest first; two statements."""
    events = list(audit.events_of(object_key=entry.source))
    names = accounts.names_of(actors={event.actor for event in events}) if events else {}
    zone = place.zone or Zone.WIB
    return [
        {
            "action": event.action,
            "by": names[event.actor],
            "at": event.at,
            "on": local_day(event.at, zone),
            "link": f"{event.chain} #{event.seq}",
        }
        for event in events
    ]


def sums_of_part(place: PlaceNow, row: Named, *, period: Period) -> Sums:
    """The sums of one account of many."""
    key = row.slug.removeprefix(f"{CHART[row.kind].slug}-")
    rows = parts_of(unit_id=place.id, kind=row.kind, period=period)
    return next((part.sums for part in rows if part.key == key), Sums())


def _line(line: Any, called: Mapping[int, tuple[str, str]]) -> tuple[str, int, int]:  # noqa: ANN401
    label = ACCOUNT_LABELS[AccountKind(line.account.kind)]
    if line.account.counterpart_id is not None:
        name = called.get(line.account.counterpart_id, ("", "unit lain"))[1]
        label = f"{label}: {name}"
    if line.account.maker:
        label = f"{label} {line.account.maker}"
    return label, max(line.amount, 0), max(-line.amount, 0)
