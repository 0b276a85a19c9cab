"""Makes the three files that a page loads: one stylesheet, one script, one font.

Sources stay small, one file for each component; phones on slow networks get one request for each.
"""

import gzip
import hashlib
import os
import re
import tempfile
from io import BytesIO
from pathlib import Path

import fontpkg_plus_jakarta_sans
from fontTools import subset

SOURCES = Path(__file__).resolve().parent / "static" / "ui"
CSS = (
    "layers",
    "tokens",
    "base",
    "layout",
    "frame",
    "public",
    "button",
    "field",
    "typeahead",
    "choices",
    "stepper",
    "notice",
    "tag",
    "table",
    "summary",
    "figures",
    "bar",
    "piles",
    "data",
    "product",
    "shelf",
    "gallery",
    "basket",
    "pay",
    "door",
    "home",
    "live",
    "sale",
    "gaya",
    "util",
    "print",
)
SHEETS = {
    "bekal.css": frozenset({"live", "sale", "gaya", "piles"}),
    "bekal-kerja.css": frozenset({"public", "live", "pay", "basket"}),
    "bekal-langsung.css": frozenset(
        {
            "field",
            "typeahead",
            "choices",
            "stepper",
            "shelf",
            "gallery",
            "basket",
            "pay",
            "home",
            "sale",
            "gaya",
        }
    ),
}
"""The stylesheets, each with the components that its pages do without: public pages, the desk,
live pages. Every page loads one."""
JS = (
    "submit-once",
    "stepper",
    "error-focus",
    "quick-date",
    "money-field",
    "typeahead",
    "wait",
    "basket-count",
    "share",
    "nav-here",
)
FONT = fontpkg_plus_jakarta_sans.ROOT / "files" / "PlusJakartaSans[wght].ttf"
LETTERS = (
    "".join(chr(code) for code in range(0x20, 0x7F))
    + "\u00a0©«»°·×÷éèÉ±½²\u2018\u2019\u201c\u201d•…→←−≤≥"
)
FEATURES = ["kern", "liga", "calt", "tnum", "pnum", "ccmp", "locl", "mark"]
CSS_LIMIT = 14 * 1024
FONT_LIMIT = 18 * 1024
STAMP = ".bekal-assets"


class TooHeavy(ValueError):
    """A file is larger than its budget (design.md section 8)."""


def build(target: Path) -> bool:
    """Write the stylesheets, bekal.js and fonts/pjs.woff2 into `target`; False when up to date.

    `target` is a folder of STATICFILES_DIRS. Files are replaced whole, so that a server that reads
    at the same moment sees the old or the new one. Raises TooHeavy above the byte budgets.
    """
    stamp, stamp_file = _stamp(), target / STAMP
    if stamp_file.is_file() and stamp_file.read_text() == stamp:
        return False
    (target / "fonts").mkdir(parents=True, exist_ok=True)
    sheets = {name: stylesheet(name).encode() for name in SHEETS}
    for name, css in sheets.items():
        _require(name, len(gzip.compress(css, 9)), CSS_LIMIT)
    font = _font()
    _require("pjs.woff2", len(font), FONT_LIMIT)
    _replace(target / "fonts" / "pjs.woff2", font)
    for name, css in sheets.items():
        _replace(target / name, css)
    _replace(target / "bekal.js", script().encode())
    _replace(stamp_file, stamp.encode())
    return True


def stylesheet(sheet: str) -> str:
    """The CSS of a sheet in its declared order, without comments, with addresses from the root."""
    names = [name for name in CSS if name not in SHEETS[sheet]]
    joined = "\n".join((SOURCES / "css" / f"{name}.css").read_text() for name in names)
    bare = re.sub(r"/\*.*?\*/", "", joined, flags=re.DOTALL)
    bare = bare.replace('url("../img/', 'url("ui/img/').replace('url("../../', 'url("')
    return re.sub(r"\n\s*", "\n", bare).strip() + "\n"


def script() -> str:
    """All modules in one, without comments and indentation.

    Each stays in a block of its own, so that names never meet.
    """
    parts = [(SOURCES / "js" / f"{name}.js").read_text() for name in JS]
    bare = [re.sub(r"^\s*(//.*\n)?", "", part, flags=re.MULTILINE) for part in parts]
    return "".join(f"{{\n{part}}}\n" for part in bare)


def _stamp() -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for text in (*map(stylesheet, SHEETS), script()):
        digest.update(text.encode())
    digest.update(FONT.read_bytes())
    return digest.hexdigest()


def _font() -> bytes:
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = FEATURES
    options.notdef_outline = True
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = [0, 1, 2, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=LETTERS)
    made = BytesIO()
    with subset.load_font(str(FONT), options) as font:
        subsetter.subset(font)
        font.flavor = options.flavor
        font.save(made)
    return made.getvalue()


def _require(name: str, size: int, limit: int) -> None:
    if size > limit:
        raise TooHeavy(f"{name} has {size} bytes; its budget is {limit}")


def _replace(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as made:
        made.write(content)
    Path(made.name).chmod(0o644)
    os.replace(made.name, path)  # noqa: PTH105 - one call, atomic
