"""Files that people attach: few kinds, told by what is inside and never by their name. Pure."""

import io
import re
import zipfile
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from bekal.foundation.refusals import Refused

LARGEST_MIB = 10
LARGEST = LARGEST_MIB * 1024 * 1024
NAME_LENGTH = 120
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.odt,.ods"
"""For the `accept` of an input; what counts is what is inside."""
_MOST_ENTRIES = 5000
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPEN_WORD = "application/vnd.oasis.opendocument.text"
_OPEN_SHEET = "application/vnd.oasis.opendocument.spreadsheet"
_ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    _WORD: "docx",
    _SHEET: "xlsx",
    _OPEN_WORD: "odt",
    _OPEN_SHEET: "ods",
}
_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}
_NO_NAME = re.compile(r"[^\w .()\-]+")


class AttachmentRefused(Refused):
    """The file cannot be kept."""

    def __init__(self, message: str) -> None:
        """Keep the sentence; it belongs to the field of the file."""
        super().__init__(message, field="file")


@dataclass(frozen=True)
class Attachment:
    """A file that was looked into: its name ends as its kind does."""

    name: str
    media_type: str
    content: bytes


def check_size(size: int) -> None:
    """Refuse a file by its size, before it is read. Raises AttachmentRefused."""
    if size > LARGEST:
        words = _("Berkas paling besar %(size)s MB. Kecilkan, atau kirim bagian yang penting.")
        raise AttachmentRefused(words % {"size": LARGEST_MIB})
    if not size:
        raise AttachmentRefused(_("Berkas ini kosong. Pilih berkas lain."))


def read_attachment(*, name: str, content: bytes) -> Attachment:
    """Look into a file and name it by its kind. Raises AttachmentRefused for any other kind."""
    check_size(len(content))
    media_type = _kind_of(content)
    if not media_type:
        raise AttachmentRefused(
            _("Kirim PDF, foto JPG atau PNG, atau dokumen Word, Excel, dan ODF tanpa makro.")
        )
    stem = _NO_NAME.sub(" ", name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0])
    stem = " ".join(stem.split())[: NAME_LENGTH - 5].strip(" .") or "berkas"
    return Attachment(f"{stem}.{_ENDINGS[media_type]}", media_type, content)


def _kind_of(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK"):
        return _kind_of_package(content)
    return _kind_of_picture(content)


def _kind_of_picture(content: bytes) -> str:
    try:
        with Image.open(io.BytesIO(content), formats=list(_PICTURES)) as picture:
            picture.verify()
            return _PICTURES[picture.format or ""]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError):
        return ""
    except Image.DecompressionBombError:
        return ""


def _kind_of_package(content: bytes) -> str:
    """Word, Excel and ODF are packages (ZIP); those that carry programs are not taken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {entry.filename for entry in package.infolist()[: _MOST_ENTRIES + 1]}
            kind = _declared_kind(package, names)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return ""
    has_program = any(
        name.lower().endswith(("vbaproject.bin", "basic/script-lc.xml")) for name in names
    )
    return "" if has_program or len(names) > _MOST_ENTRIES else kind


def _declared_kind(package: zipfile.ZipFile, names: set[str]) -> str:
    if "word/document.xml" in names:
        return _WORD
    if "xl/workbook.xml" in names:
        return _SHEET
    if "mimetype" in names and package.getinfo("mimetype").file_size < NAME_LENGTH:
        said = package.read("mimetype").decode(errors="replace").strip()
        return said if said in {_OPEN_WORD, _OPEN_SHEET} else ""
    return ""
