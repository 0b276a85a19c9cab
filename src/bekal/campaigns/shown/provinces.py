"""The provinces as a map of tiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from bekal.campaigns.queries import ProvinceTile
from bekal.campaigns.shown.scales import Scale, scale_of


@dataclass(frozen=True)
class Island:
    """The provinces of a group of islands, each with its total in words."""

    name: str
    tiles: list[tuple[ProvinceTile, str]]


@dataclass(frozen=True)
class Shade:
    """A shade of the map and what it stands for."""

    step: int
    words: str


@dataclass(frozen=True)
class Map:
    """The map: its tiles, its legend, and in what both are told."""

    scale: Scale
    islands: list[Island]
    legend: list[Shade]


def map_of(tiles: Sequence[ProvinceTile], *, limits: tuple[int, ...]) -> Map:
    """The map of tiles; `limits` are the lower ends of the steps 2 to 5, in rupiah."""
    scale = scale_of(limits[0])
    groups = groupby(tiles, key=lambda tile: tile.island)
    islands = [
        Island(_island(name), [(tile, _words(tile.total, scale)) for tile in group])
        for name, group in groups
    ]
    return Map(scale, islands, _legend(limits, scale))


def _words(total: int | None, scale: Scale) -> str:
    if total is None:
        return gettext("belum")
    return f"{scale.brief(total)} {scale.mark}".strip()


def _legend(limits: tuple[int, ...], scale: Scale) -> list[Shade]:
    told = [scale.exact(limit) for limit in limits]
    # Whole numbers do not overlap: below 40 is up to 39. With tenths the ends are the same.
    is_whole = all(limit % scale.size == 0 for limit in limits)
    ends = [scale.whole(limit - scale.size) if is_whole else scale.exact(limit) for limit in limits]
    words = [
        gettext("belum mencatat"),
        gettext("di bawah %(limit)s") % {"limit": told[0]},
        *(
            gettext("%(low)s sampai %(high)s") % {"low": low, "high": high}
            for low, high in zip(told, ends[1:], strict=False)
        ),
        gettext("%(limit)s ke atas") % {"limit": told[-1]},
    ]
    return [Shade(step, text) for step, text in enumerate(words)]


def _island(name: str) -> str:
    """A group of islands in the active language."""
    return {
        "Jawa": gettext("Jawa"),
        "Bali dan Nusa Tenggara": gettext("Bali dan Nusa Tenggara"),
        "Maluku dan Papua": gettext("Maluku dan Papua"),
    }.get(name, name)
