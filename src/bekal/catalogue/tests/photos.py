"""Files that people might send as photographs, honest and otherwise, made on the spot."""

import io
import struct
import zlib

from PIL import Image

GPS_LATITUDE, ORIENTATION, GPS_BLOCK = 2, 0x0112, 0x8825


def a_photo(width=1600, height=1200, *, colour="#6e4522", form="JPEG", **how) -> bytes:
    """A plain photograph with a light corner at its top left, so that one sees it turned."""
    image = Image.new("RGB", (width, height), colour)
    image.paste("#fdf0cf", (0, 0, width // 4, height // 4))
    return written(image, form, **how)


def written(image, form="JPEG", **how) -> bytes:
    made = io.BytesIO()
    image.save(made, form, **how)
    return made.getvalue()


def a_photo_from_a_telephone() -> bytes:
    """Lying on its side, with the place where it was taken, as telephones write it."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Telepon"
    exif.get_ifd(GPS_BLOCK).update({1: "S", GPS_LATITUDE: (0.0, 53.0, 52.0), 3: "E"})
    return a_photo(exif=exif, comment=b"dibuat oleh seseorang")


def a_bomb(side=20_000) -> bytes:
    """A PNG of a few kilobytes that says it has 400 megapixels."""
    rows = zlib.compress(b"\0" * (side // 8 + 1) * side, 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    )


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image
