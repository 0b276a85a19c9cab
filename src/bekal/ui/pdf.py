"""Papers as PDF: a typst template of the room that owns the paper, and data that it can only show.

It stands in ui because a paper is a face: font, colours and the frame (`typst/paper.typ`) are those
of the pages. Data go in as JSON and are content there, never markup, so that nothing that a person
typed can draw, read a file or run. Papers are PDF/UA-1 (titled, tagged, language named) and
PDF/A-2a, and the same data with the same instant give the same bytes on every machine. A sign that
the font lacks (an emoji in a note) is printed as a box rather than keep a label from being printed.
"""

import datetime as dt
import functools
import json
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import fontpkg_plus_jakarta_sans
import typst
from fontTools.ttLib import TTFont

from bekal.ui.qr import drawing_of, shouted

PACKAGE = Path(__file__).resolve().parents[1]
FONTS = fontpkg_plus_jakarta_sans.ROOT / "files"
MISSING = "□"
CONTENT_TYPE = "application/pdf"


@functools.cache
def _fonts() -> typst.Fonts:
    """Plus Jakarta Sans as TrueType, read once a process; fonts of the machine are left out."""
    return typst.Fonts(font_paths=[FONTS], include_system_fonts=False)


@functools.cache
def _letters() -> frozenset[str]:
    """Every sign that the font can show."""
    with TTFont(FONTS / "PlusJakartaSans[wght].ttf", lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap())) | {"\n"}


def paper(template: str, data: Mapping[str, Any], *, made_at: dt.datetime) -> bytes:
    """A paper as PDF: `template` lies in the package ("shop/papers/slip.typ").

    `data` needs a "title"; what JSON does not know becomes its text. `made_at` is written into it.
    """
    (made,) = _drawn(template, data, made_at=made_at, form="pdf")
    return made


def pictures(template: str, data: Mapping[str, Any], *, made_at: dt.datetime) -> list[bytes]:
    """The pages of the same paper as PNG, for looking at and for reading codes back."""
    return _drawn(template, data, made_at=made_at, form="png")


def code_of(address: str) -> dict[str, str]:
    """An address as templates take it: its QR drawing, and the address itself to be read."""
    return {"qr": drawing_of(shouted(address)), "address": address.partition("://")[2]}


def _drawn(
    template: str, data: Mapping[str, Any], *, made_at: dt.datetime, form: Literal["pdf", "png"]
) -> list[bytes]:
    drawn: Any = typst.compile(
        PACKAGE / template,
        root=PACKAGE,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_shown(data), ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"] if form == "pdf" else None,
        format=form,
        ppi=150.0 if form == "png" else None,
        timestamp=int(made_at.timestamp()),
    )
    return [drawn] if isinstance(drawn, bytes) else list(drawn)


def _shown(value: object) -> object:
    """The same data with what a paper can print: known signs alone, everything else as text."""
    if isinstance(value, Mapping):
        return {str(key): _shown(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_shown(each) for each in value]
    if isinstance(value, bool | int) or value is None:
        return value
    return "".join(map(_printed, unicodedata.normalize("NFC", str(value))))


def _printed(sign: str) -> str:
    if sign in _letters():
        return sign
    if sign.isspace():
        return " "
    return "" if unicodedata.category(sign) in {"Cc", "Cf", "Mn"} else MISSING
