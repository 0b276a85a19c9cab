"""Photographs: how many, how large, and where they are served. Pure."""

from bekal.foundation.refusals import Refused

MOST_PICTURES = 8
LARGEST_FILE = 12 * 1024 * 1024
MOST_PIXELS = 40_000_000
WIDTHS = (320, 640, 1280)
SMALLEST_SIDE = 480
DIGEST_LENGTH = 32
ALT_LENGTH = 160


class PictureRefused(Refused):
    """A file that is no photograph which Bekal takes."""


def widths_of(width: int) -> tuple[int, ...]:
    """The widths in which a picture of this width is kept, the widest last."""
    widest = min(width, WIDTHS[-1])
    return (*(each for each in WIDTHS if each < widest), widest)


def picture_address(*, digest: str, width: int, kind: str = "webp") -> str:
    """Where a picture is served, for ever: its content is part of the address."""
    return f"/gambar/{digest}-{width}.{kind}"
