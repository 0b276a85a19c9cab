"""Where each province stands on the map of tiles, and how its total is shaded. Pure.

A grid of 15 columns and 8 rows, with the four provinces of Papua of 2022. Keys are the numbers of
Kemendagri; the two letters are those of ISO 3166-2:ID, which people read, and are never keys.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bekal.foundation.splitting import split_by_largest_remainder

ISLANDS = (
    "Sumatra",
    "Jawa",
    "Bali dan Nusa Tenggara",
    "Kalimantan",
    "Sulawesi",
    "Maluku dan Papua",
)
"""The groups of tiles, from west to east; narrow screens show a strip for each."""
STEPS = 5


@dataclass(frozen=True)
class Tile:
    """The place of one province: letters, column and row (from 1), and its group of islands."""

    code: str
    letters: str
    column: int
    row: int
    island: str


def _tiles(island: str, rows: str) -> list[Tile]:
    tiles = []
    for row in rows.split():
        code, letters, column, line = row.split(":")
        tiles.append(Tile(code, letters, int(column), int(line), island))
    return tiles


TILES: tuple[Tile, ...] = (
    *_tiles(
        "Sumatra",
        "11:AC:1:1 12:SU:2:2 13:SB:2:3 14:RI:3:3 21:KR:4:2 "
        "15:JA:3:4 17:BE:2:4 16:SS:3:5 19:BB:4:4 18:LA:3:6",
    ),
    *_tiles("Jawa", "36:BT:4:7 31:JK:5:6 32:JB:5:7 33:JT:6:7 34:YO:6:8 35:JI:7:7"),
    *_tiles("Bali dan Nusa Tenggara", "51:BA:8:8 52:NB:9:8 53:NT:10:8"),
    *_tiles("Kalimantan", "61:KB:6:3 62:KT:7:3 63:KS:7:4 64:KI:8:3 65:KU:8:2"),
    *_tiles("Sulawesi", "76:SR:9:4 73:SN:9:5 74:SG:10:5 72:ST:10:4 75:GO:10:3 71:SA:11:3"),
    *_tiles(
        "Maluku dan Papua",
        "82:MU:12:3 81:MA:12:5 96:PD:13:3 92:PB:13:4 94:PT:14:4 91:PA:15:3 95:PE:15:4 93:PS:15:5",
    ),
)

_NICE = (10, 15, 20, 25, 30, 40, 50, 60, 80)
USUAL_LIMITS = (15_000_000, 40_000_000, 80_000_000, 140_000_000)
"""The limits of a campaign day of the nation, in rupiah, for as long as there are no totals."""


def nice_limits(totals: Collection[int]) -> tuple[int, ...]:
    """Four round limits, in rupiah, that part the positive totals into five about equal groups.

    So a small campaign can be read as well as a large one. They change in leaps, not with each
    sale, because they are round. Limits always rise; without totals they are the usual ones.
    """
    ranked = sorted(total for total in totals if total > 0)
    if not ranked:
        return USUAL_LIMITS
    limits: list[int] = []
    for part in range(1, STEPS):
        limit = _nice(ranked[len(ranked) * part // STEPS])
        while limits and limit <= limits[-1]:
            limit = _next(limits[-1])
        limits.append(limit)
    return tuple(limits)


def step_of(total: int | None, *, limits: tuple[int, ...]) -> int:
    """How a total is shaded: 0 for a province that is silent, else 1 (least) to 5."""
    return 0 if total is None else 1 + bisect_right(limits, total)


def percents(totals: Sequence[int]) -> list[int]:
    """Each total in percent of their sum; they sum to 100, or are all 0 where nothing is positive.

    A class from which more came back than it bought has 0.
    """
    weights = [max(0, total) for total in totals]
    return split_by_largest_remainder(100, weights) if any(weights) else weights


def _nice(amount: int) -> int:
    """The largest round number up to an amount, at least 10."""
    size = 1
    while amount >= 100 * size:
        size *= 10
    return max(10, *(nice * size for nice in _NICE if nice * size <= max(amount, 10)))


def _next(nice: int) -> int:
    """The round number after one."""
    size = 1
    while nice >= 100 * size:
        size *= 10
    return next((step * size for step in _NICE if step * size > nice), 100 * size)
