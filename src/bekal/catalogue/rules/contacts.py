"""How it is told where orders of a unit are picked up."""

POINT_LENGTH, HOURS_LENGTH = 240, 120
"""Letters of a pick-up point and of its hours."""
