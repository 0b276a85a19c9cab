"""Whose premi it is: pieces sold are pieces of batches, and a batch is the work of makers. Pure.

A line of a receipt takes its pieces from the oldest batches of the product that were made by the
day of the sale and have pieces left. Its premi is divided by the pieces that each batch gave, and
the part of a batch by the minutes of its makers, both by largest remainder, so that all sums are
exact. What comes back of a line goes back to the last batch that it took from.

Premi that stands in a payment stays with the maker when the goods come back. The fund of the
workshop bears it (`borne`), and the next premi of a piece of that batch repays the fund first
(`repaid`).
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bekal.foundation.splitting import split_by_largest_remainder

Shares = tuple[tuple[str, int], ...]
"""The makers of a batch, by code, each with minutes."""


@dataclass(frozen=True)
class Made:
    """A batch as the division sees it: `left` pieces of it belong to no line yet.

    `debt` is what the fund of the workshop bore for its pieces that came back, in rupiah.
    """

    batch: UUID
    made_on: dt.date
    left: int
    shares: Shares
    debt: int = 0


@dataclass(frozen=True)
class Part:
    """What one batch has to do with a line: its pieces, their premi, and how much of it repays."""

    batch: UUID
    shares: Shares
    pieces: int
    amount: int = 0
    repaid: int = 0

    @property
    def earned(self) -> int:
        """What is the makers' of it."""
        return self.amount - self.repaid


@dataclass(frozen=True)
class Change:
    """How a batch's part of a line changes when pieces come back; all numbers but `borne` fall.

    `earned` is the change for each maker whose premi can still change.
    """

    batch: UUID
    pieces: int
    amount: int
    repaid: int
    borne: int
    earned: tuple[tuple[str, int], ...]

    @property
    def is_none(self) -> bool:
        """Whether nothing changes at all."""
        numbers = (self.pieces, self.amount, self.repaid, self.borne)
        return not any(numbers) and not any(amount for _, amount in self.earned)


def take(made: Sequence[Made], *, pieces: int, sold_on: dt.date) -> list[tuple[Made, int]]:
    """So many pieces from the oldest batches made by a day, or nothing when there are too few.

    `made` comes oldest first.
    """
    taken, missing = [], pieces
    for one in made:
        count = min(one.left, missing) if one.made_on <= sold_on else 0
        if count > 0:
            taken.append((one, count))
            missing -= count
    return [] if missing else taken


def share_out(taken: Sequence[tuple[Made, int]], *, premi: int) -> list[Part]:
    """The premi of a line over the batches of its pieces; what a batch owes the fund goes first."""
    amounts = _by_weight(premi, [count for _, count in taken])
    return [
        Part(one.batch, one.shares, count, amount, min(amount, one.debt))
        for (one, count), amount in zip(taken, amounts, strict=True)
    ]


def by_minutes(amount: int, shares: Shares) -> dict[str, int]:
    """Rupiah over the makers of a batch by their minutes; who gets nothing stands with 0."""
    amounts = _by_weight(amount, [minutes for _, minutes in shares])
    return {maker: part for (maker, _), part in zip(shares, amounts, strict=True)}


def come_back(parts: Sequence[Part], *, pieces: int, premi: int) -> list[Part]:
    """The parts of a line once `pieces` more came back and `premi` is what is left of its premi.

    The pieces go back to the last batch first. Raises ValueError for more than there are.
    """
    counts, missing = [part.pieces for part in parts], pieces
    for place in reversed(range(len(parts))):
        back = min(counts[place], missing)
        counts[place] -= back
        missing -= back
    if missing:
        raise ValueError("more came back than the line has")
    amounts = _by_weight(premi, counts) if sum(counts) else [0] * len(parts)
    return [
        Part(part.batch, part.shares, count, amount, _still_repaid(part, amount))
        for part, count, amount in zip(parts, counts, amounts, strict=True)
    ]


def changes(
    before: Sequence[Part], after: Sequence[Part], *, paid: Collection[tuple[UUID, str]]
) -> list[Change]:
    """What a return changes, batch by batch. `paid` are the (batch, maker) that keep their premi.

    For each change: amount = earned - borne + repaid.
    """
    found = []
    for old, new in zip(before, after, strict=True):
        falls = _difference(new, old)
        keep = {maker for maker, fall in falls.items() if fall < 0 and (old.batch, maker) in paid}
        kept = sum(-falls[maker] for maker in keep)
        open_falls = tuple((maker, fall) for maker, fall in falls.items() if maker not in keep)
        change = Change(
            old.batch,
            new.pieces - old.pieces,
            new.amount - old.amount,
            new.repaid - old.repaid,
            kept,
            open_falls,
        )
        found.append(change)
    return found


def _difference(new: Part, old: Part) -> Mapping[str, int]:
    was = by_minutes(old.earned, old.shares)
    return {maker: now - was[maker] for maker, now in by_minutes(new.earned, new.shares).items()}


def _still_repaid(part: Part, amount: int) -> int:
    """As much of what is left repays the fund as repaid it of the whole."""
    return part.repaid * amount // part.amount if part.amount else 0


def _by_weight(amount: int, weights: Sequence[int]) -> list[int]:
    return split_by_largest_remainder(amount, weights) if sum(weights) else [0 for _ in weights]
