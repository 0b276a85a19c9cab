"""Papers that prove a deposit: PDF as it is, pictures drawn anew, so that nothing hides in them."""

import io

from PIL import Image, ImageOps

from bekal.foundation.attachments import Attachment, AttachmentRefused, read_attachment
from bekal.treasury.rules import LARGEST_PROOF, LARGEST_PROOF_MIB

ACCEPTED = ".pdf,.jpg,.jpeg,.png"
_LONGEST_SIDE = 2400
"""Pixels: a page of A4 stays readable."""
_MOST_PIXELS = 50_000_000
_QUALITY = 85


def read_proof(*, name: str, content: bytes) -> Attachment:
    """A paper as it is kept. Raises AttachmentRefused for what is too large or of another kind."""
    if len(content) > LARGEST_PROOF:
        raise AttachmentRefused(f"Berkas paling besar {LARGEST_PROOF_MIB} MB. Kecilkan dahulu.")
    paper = read_attachment(name=name, content=content)
    if paper.media_type == "application/pdf":
        return paper
    if paper.media_type not in {"image/jpeg", "image/png"}:
        raise AttachmentRefused("Kirim bukti sebagai PDF, atau foto JPG atau PNG.")
    stem = paper.name.rsplit(".", 1)[0]
    return Attachment(f"{stem}.jpg", "image/jpeg", _drawn_anew(paper.content))


def _drawn_anew(content: bytes) -> bytes:
    """The picture alone as JPEG: no place, no camera, nothing behind its end."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise AttachmentRefused("Foto ini terlalu besar. Kecilkan dahulu.")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise AttachmentRefused("Foto ini tidak terbaca. Foto ulang buktinya.") from None
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    file = io.BytesIO()
    upright.save(file, "JPEG", quality=_QUALITY, optimize=True)
    return file.getvalue()
