"""Changes to the tree of places; each goes through tenures and refreshes the ancestry."""

from bekal.places.actions.load import LoadReport, load_places
from bekal.places.actions.tree import (
    Move,
    NewPlace,
    close_place,
    move_place,
    open_place,
    refresh_ancestry,
    rename_place,
    reorganise,
)

__all__ = [
    "LoadReport",
    "Move",
    "NewPlace",
    "close_place",
    "load_places",
    "move_place",
    "open_place",
    "refresh_ancestry",
    "rename_place",
    "reorganise",
]
