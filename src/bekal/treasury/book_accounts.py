"""What a word of an address names: a kind of account, or one account of many of its kind."""

import datetime as dt
from dataclasses import dataclass

from bekal.ledger import queries as ledger
from bekal.ledger.rules import ACCOUNT_LABELS, CHART, OF_A_MAKER, AccountKind
from bekal.places import queries as places
from bekal.treasury.queries.books import IN_PARTS
from bekal.treasury.rules.books import SLUGS


@dataclass(frozen=True)
class Named:
    """An account of the books; `maker` and `counterpart_id` where it is one of many."""

    slug: str
    kind: AccountKind
    name: str
    maker: str = ""
    counterpart_id: int | None = None

    @property
    def text(self) -> str:
        """What it holds."""
        return CHART[self.kind].text

    @property
    def is_money(self) -> bool:
        """Whether it holds money; else it says whose the money is."""
        return CHART[self.kind].is_money

    @property
    def is_part(self) -> bool:
        """Whether it is one of many of its kind."""
        return bool(self.maker) or self.counterpart_id is not None

    @property
    def has_parts(self) -> bool:
        """Whether there are many of its kind, and this names all of them."""
        return self.kind in IN_PARTS and not self.is_part


def named_account(slug: str, *, unit_id: int | None, on: dt.date) -> Named | None:
    """The account that a word names; one of many only at a unit that has it. None for no account.

    At most two statements, none for a kind.
    """
    if slug in SLUGS:
        kind = SLUGS[slug]
        return Named(slug, kind, ACCOUNT_LABELS[kind])
    for kind in IN_PARTS:
        key = slug.removeprefix(f"{CHART[kind].slug}-")
        if key != slug and unit_id is not None:
            return _part(slug, kind, key, unit_id=unit_id, on=on)
    return None


def _part(slug: str, kind: AccountKind, key: str, *, unit_id: int, on: dt.date) -> Named | None:
    label = ACCOUNT_LABELS[kind]
    if kind in OF_A_MAKER:
        found = Named(slug, kind, f"{label} {key.upper()}", maker=key.upper())
    else:
        other = places.place_by_then(code=key, on=on)
        if other is None:
            return None
        found = Named(slug, kind, f"{label}: {other.name}", counterpart_id=other.id)
    has_it = ledger.has_account(
        unit_id=unit_id, kind=kind, maker=found.maker, counterpart_id=found.counterpart_id
    )
    return found if has_it else None
