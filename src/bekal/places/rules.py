"""Levels and kinds of places. Pure."""

from enum import StrEnum


class Level(StrEnum):
    """Where a place stands in the tree."""

    CENTRE = "centre"
    KANWIL = "kanwil"
    UNIT = "unit"
