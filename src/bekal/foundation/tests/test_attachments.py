"""Attached files: their kind is what is inside, whatever they call themselves."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bekal.foundation.attachments import (
    LARGEST,
    AttachmentRefused,
    check_size,
    read_attachment,
)


def picture(kind):
    file = io.BytesIO()
    Image.new("RGB", (4, 5), "white").save(file, kind)
    return file.getvalue()


def package(**entries):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return file.getvalue()


WORD = package(word__document_xml="<w/>")
ODF = package(mimetype="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("Spesifikasi.PDF", b"%PDF-1.7 ...", "Spesifikasi.pdf"),
        ("foto.png", picture("JPEG"), "foto.jpg"),
        ("foto", picture("PNG"), "foto.png"),
        ("rab.docx", WORD, "rab.docx"),
        ("rab.exe", package(xl__workbook_xml="<x/>"), "rab.xlsx"),
        ("surat.odt", ODF, "surat.odt"),
        (r"C:\Users\Budi\gambar kerja.pdf", b"%PDF-1.4", "gambar kerja.pdf"),
        ("../../etc/passwd", b"%PDF-1.4", "passwd.pdf"),
        ('a"\r\nX: b.pdf', b"%PDF-1.4", "a X b.pdf"),
        ("....", b"%PDF-1.4", "berkas.pdf"),
        ("k" * 300 + ".pdf", b"%PDF-1.4", "k" * 115 + ".pdf"),
    ],
)
def test_a_file_is_named_by_what_is_inside(name, content, kept):
    read = read_attachment(name=name, content=content)
    assert (read.name, read.content) == (kept, content)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00program",
        b"<html><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b"GIF89a",
        b"PK\x03\x04 not a package",
        package(other="x"),
        package(word__document_xml="<w/>", word__vbaProject_bin="x"),
        package(mimetype="application/epub+zip"),
        picture("PNG")[:30],
    ],
)
def test_any_other_kind_is_refused(content):
    with pytest.raises(AttachmentRefused, match="Kirim PDF") as refused:
        read_attachment(name="x.pdf", content=content)
    assert refused.value.field == "file"


def test_a_large_or_empty_file_is_refused_before_it_is_read():
    check_size(LARGEST)
    with pytest.raises(AttachmentRefused, match="paling besar 10 MB"):
        check_size(200 * 1024 * 1024)
    with pytest.raises(AttachmentRefused, match="kosong"):
        read_attachment(name="x.pdf", content=b"")


@given(st.binary(max_size=200), st.text(max_size=60))
def test_any_bytes_under_any_name_are_kept_or_refused(content, name):
    try:
        kept = read_attachment(name=name, content=content)
    except AttachmentRefused:
        return
    assert 0 < len(kept.name) <= 120
    assert not set(kept.name) & set('/\\"\r\n')
