"""Reads our own PDF back, without the library that wrote it: words, pages, title, codes.

typst writes plain objects (no object streams), each font with a map from its glyphs to letters.
"""

import re
import zlib
from io import BytesIO

import zxingcpp
from PIL import Image

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = rb"stream\n(.*)\nendstream"
_SIGN = rb"\\.|[^\\()]"
# Brackets inside a string may stand as they are where they are balanced.
_LITERAL = rb"(?:%s|\((?:%s|\((?:%s)*\))*\))*" % (_SIGN, _SIGN, _SIGN)
_SHOW = re.compile(
    rb"/(f\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\((%s)\)|(-?\d+(?:\.\d+)?)|(BT|ET|T[mdD*])" % _LITERAL,
    re.DOTALL,
)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def found(pattern, text):
    """What a pattern finds in a text; finding nothing is the test's."""
    match = re.search(pattern, text, re.DOTALL)
    assert match, pattern
    return match[1]


class Paper:
    """A PDF as its reader sees it."""

    def __init__(self, raw):
        self.raw = raw
        self.objects = {int(number): body for number, body in _OBJECT.findall(raw)}
        self.pages = [b for b in self.objects.values() if b.startswith(b"<</Type/Page/")]

    @property
    def text(self):
        """All words of all pages, with single blanks."""
        return " ".join(" ".join(map(self._words_of, self.pages)).split())

    @property
    def title(self):
        """The title that readers show above the window."""
        info = self.objects[int(found(rb"/Info (\d+) 0 R", self.raw))]
        return found(rb"/Title ?\(((?:\\.|[^\\)])*)\)", info).decode("latin-1")

    @property
    def catalog(self):
        """The root of the document, as it is written."""
        return next(b for b in self.objects.values() if b"/Type/Catalog" in b).decode("latin-1")

    @property
    def metadata(self):
        """What the document says of itself to archives."""
        return next(b for b in self.objects.values() if b"/Type/Metadata" in b).decode("latin-1")

    @property
    def alternatives(self):
        """The words that stand for pictures."""
        return re.findall(rb"/Alt\(([^)]*)\)", self.raw)

    def _stream(self, number):
        body = self.objects[number]
        content = found(_STREAM, body)
        return zlib.decompress(content) if b"/FlateDecode" in body else content

    def _words_of(self, page):
        resources = self.objects[int(found(rb"/Resources (\d+) 0 R", page))]
        fonts = {
            name: self._letters(int(number))
            for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
        }
        content = self._stream(int(found(rb"/Contents (\d+) 0 R", page)))
        return _said(content, fonts)

    def _letters(self, font):
        cmap = self._stream(int(found(rb"/ToUnicode (\d+) 0 R", self.objects[font])))
        pairs = re.findall(rb"<([0-9A-Fa-f]{4})> *<([0-9A-Fa-f]+)>", cmap)
        return {int(glyph, 16): bytes.fromhex(u.decode()).decode("utf-16-be") for glyph, u in pairs}


def _said(content, fonts):
    words, letters, is_text = [], {}, False
    for font, hexed, literal, number, operator in _SHOW.findall(content):
        if font:
            letters = fonts[font]
        elif operator:
            is_text = operator != b"ET" and (is_text or operator == b"BT")
            words.append(" ")
        elif is_text and (hexed or literal):
            raw = bytes.fromhex(hexed.decode()) if hexed else _unescaped(literal)
            glyphs = [int.from_bytes(raw[i : i + 2]) for i in range(0, len(raw), 2)]
            words += [letters.get(glyph, "\ufffd") for glyph in glyphs]
        elif number and abs(float(number)) > 2000:
            words.append(" ")
    return "".join(words)


def _unescaped(literal):
    return re.sub(
        rb"\\(\d{1,3}|.)",
        lambda m: bytes([int(m[1], 8)]) if m[1].isdigit() else _ESCAPED.get(m[1], m[1]),
        literal,
        flags=re.DOTALL,
    )


def codes_in(picture):
    """The texts of all QR codes in a picture."""
    return [found.text for found in zxingcpp.read_barcodes(Image.open(BytesIO(picture)))]
