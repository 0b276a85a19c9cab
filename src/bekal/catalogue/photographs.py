"""Photographs as they are served: checked, upright, encoded anew, without what came beside them.

Reads and writes nothing. What a file says of itself (where, when, with which telephone) ends here:
only its pixels go on, in the colours of the web. Officers send them, and buyers who report a fault.
"""

import hashlib
import io
import struct
import warnings
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from bekal.catalogue import rules

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
_PAPER = "white"
# Pillow warns of a bomb and stops only at twice the limit; here the warning is the stop.
Image.MAX_IMAGE_PIXELS = rules.MOST_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
_BOMB = (Image.DecompressionBombWarning, Image.DecompressionBombError)
_HEIC = {b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1"}
"""How photographs of iPhones begin after their length; Pillow reads none of them."""
# What Pillow's readers raise for files that are none, broken off or made up.
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    TypeError,
    LookupError,
    RuntimeError,
    MemoryError,
)
_WEBP: dict[str, Any] = {"format": "WEBP", "quality": 80, "method": 4}
_JPEG: dict[str, Any] = {"format": "JPEG", "quality": 86, "optimize": True}
_AVIF: dict[str, Any] = {"format": "AVIF", "quality": 58, "speed": 8}


@dataclass(frozen=True)
class Encoded:
    """A photograph in its files, by width; `digest` names them and is made of the widest."""

    digest: str
    width: int
    height: int
    files: dict[int, bytes]


def encode(content: bytes) -> Encoded:
    """Check a file that somebody sent and encode it as WebP. Raises PictureRefused."""
    upright = _read(content)
    if max(upright.size) > rules.MOST_TIMES_AS_LONG * min(upright.size):
        raise rules.PictureRefused(
            _("Foto terlalu panjang. Potong dulu supaya karyanya memenuhi foto.")
        )
    if min(upright.size) < rules.SMALLEST_SIDE:
        said = _("Foto terlalu kecil: paling sedikit %(pixels)s piksel di setiap sisi.")
        raise rules.PictureRefused(said % {"pixels": rules.SMALLEST_SIDE})
    files = {width: _written(upright, width, _WEBP) for width in rules.widths_of(upright.width)}
    widest = max(files)
    return Encoded(
        digest=hashlib.sha256(files[widest]).hexdigest()[: rules.DIGEST_LENGTH],
        width=widest,
        height=_height(upright, widest),
        files=files,
    )


def encode_avif(webp: bytes) -> dict[int, bytes]:
    """The same widths as AVIF, from the widest file that we encoded ourselves."""
    with Image.open(io.BytesIO(webp), formats=["WEBP"]) as image:
        image.load()
        return {width: _written(image, width, _AVIF) for width in rules.widths_of(image.width)}


def jpeg_of(webp: bytes) -> bytes:
    """A file that we encoded ourselves as JPEG, which shopping channels read."""
    with Image.open(io.BytesIO(webp), formats=["WEBP"]) as image:
        image.load()
        return _written(image, image.width, _JPEG)


def _read(content: bytes) -> Image.Image:
    """The pixels of a file, upright, in sRGB, no larger than twice what is served."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > rules.MOST_PIXELS:
                raise _too_many_pixels()
            most = 2 * rules.WIDTHS[-1]
            image.draft("RGB", (most, most))  # a JPEG is read at a fraction of its size
            image.load()
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((most, 4 * most))
            return _in_srgb(upright)
    except _BOMB:
        raise _too_many_pixels() from None
    except _BROKEN:
        if content[4:12] in _HEIC:
            raise _heic() from None
        raise rules.PictureRefused(
            _("Berkas ini bukan foto JPEG, PNG, WebP, atau AVIF yang utuh. Pilih fotonya lagi.")
        ) from None


def _heic() -> rules.PictureRefused:
    return rules.PictureRefused(
        _(
            "Foto HEIC belum bisa dibaca di sini. Ubah dulu menjadi JPEG, atau atur kamera ponsel "
            "ke JPEG (iPhone: Pengaturan, Kamera, Format, Paling Kompatibel)."
        )
    )


def _too_many_pixels() -> rules.PictureRefused:
    return rules.PictureRefused(
        _("Foto ini lebih dari 40 megapiksel. Kecilkan dulu, atau ambil foto dengan ukuran biasa.")
    )


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours as screens show them; what is transparent lies on white."""
    profile = image.info.get("icc_profile")
    if image.mode in {"RGBA", "LA", "PA", "P"} or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, _PAPER)
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    if profile and image.mode in {"RGB", "CMYK"}:
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(
                image, given, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):  # a profile that is none
            made = None
        if made is not None:
            return made
    return image.convert("RGB")


def _height(image: Image.Image, width: int) -> int:
    return max(1, round(image.height * width / image.width))


def _written(image: Image.Image, width: int, how: dict[str, Any]) -> bytes:
    size = (width, _height(image, width))
    made = image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)
    bare = Image.new("RGB", made.size)
    bare.paste(made)  # pixels alone: no profile, no EXIF, no comment comes along
    written = io.BytesIO()
    bare.save(written, **how)
    return written.getvalue()
