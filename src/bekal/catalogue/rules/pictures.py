"""Photographs: how many, how large, and where they are served. Pure."""

from dataclasses import dataclass

from bekal.catalogue.rules.sheets import tidy
from bekal.foundation.refusals import Refused

MOST_PICTURES = 8
LARGEST_PICTURE = 12 * 1024 * 1024
"""Bytes of one file that is sent."""
MOST_PIXELS = 40_000_000
WIDTHS = (320, 640, 1280)
SMALLEST_SIDE = 480
MOST_TIMES_AS_LONG = 3
DIGEST_LENGTH = 32
ALT_LENGTH = 160


class PictureRefused(Refused):
    """A file that is no photograph which Bekal takes."""


def check_alt(alt: str) -> str:
    """The tidy words of what a picture shows. Raises PictureRefused."""
    said = tidy(alt)
    if not said:
        raise PictureRefused("Tulis apa yang terlihat di foto, misalnya Keranjang rotan bulat.")
    if len(said) > ALT_LENGTH:
        raise PictureRefused(f"Keterangan foto paling panjang {ALT_LENGTH} huruf.")
    return said


def widths_of(width: int) -> tuple[int, ...]:
    """The widths in which a picture of this width is kept, the widest last."""
    widest = min(width, WIDTHS[-1])
    return (*(each for each in WIDTHS if each < widest), widest)


def picture_address(*, digest: str, width: int, kind: str = "webp") -> str:
    """Where a picture is served, for ever: its content is part of the address."""
    return f"/gambar/{digest}-{width}.{kind}"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph as pages show it: its files, the size of the widest, what it shows."""

    digest: str
    width: int
    height: int
    alt: str

    @property
    def address(self) -> str:
        """The file for browsers that choose none."""
        widths = widths_of(self.width)
        return picture_address(digest=self.digest, width=widths[min(1, len(widths) - 1)])

    @property
    def smallest(self) -> str:
        """The file for a thumbnail."""
        return picture_address(digest=self.digest, width=WIDTHS[0])

    @property
    def widest(self) -> str:
        """The file with most to see."""
        return picture_address(digest=self.digest, width=widths_of(self.width)[-1])

    @property
    def webp(self) -> str:
        """Every WebP file with its width, among which browsers choose (srcset)."""
        return self._files("webp")

    @property
    def avif(self) -> str:
        """The same in AVIF."""
        return self._files("avif")

    def _files(self, kind: str) -> str:
        return ", ".join(
            f"{picture_address(digest=self.digest, width=width, kind=kind)} {width}w"
            for width in widths_of(self.width)
        )
