"""Which words the public pages say, and which of them have English."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import bekal

PACKAGE = Path(bekal.__file__).parent
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")
SILENT = re.compile(
    r"{% comment %}.*?{% endcomment %}|{#.*?#}|{% blocktranslate.*?{% endblocktranslate %}"
    r"|{% block (?:main|body)_class %}.*?{% endblock %}"
    r"|<code\b.*?</code>|<pre\b.*?</pre>|{%.*?%}|{{.*?}}|<[^>]*>|&\w+;",
    re.DOTALL,
)
ENTRY = re.compile(r'^(?:msgctxt ".*"\n)?msgid ".*"(?:\n".*")*', re.MULTILINE)
SAME_EVERYWHERE = {"Bekal", "API", "CSV", "JSON", "OpenAPI", "PNBP", "WIB", "WITA", "WIT"}
"""Names, which need no English."""


def rooms() -> list[Path]:
    """The folder of every room."""
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def said(room: Path) -> Iterator[tuple[str, str]]:
    """(where, msgid) of all text that a room marks for translation."""
    sources = [*room.glob("templates/**/*.html"), *room.glob("**/*.py")]
    for path in sorted(path for path in sources if "tests" not in path.parts):
        text = path.read_text()
        code = _as_python(text, path) if path.suffix == ".html" else text
        for line, message, _, _ in extract("python", BytesIO(code.encode()), KEYWORDS):
            for each in message if isinstance(message, tuple) else (message,):
                yield f"{path.relative_to(PACKAGE)}:{line}", each


def _as_python(template: str, path: Path) -> str:
    # Indentation means something to Python's reader of words, and nothing here.
    lines = templatize(template, origin=str(path)).splitlines()
    return "\n".join(line.strip() for line in lines)


def english(room: Path) -> Catalog:
    """A room's English."""
    return spoken(room, "en")


def spoken(folder: Path, language: str) -> Catalog:
    """What the locale of a folder says in a language."""
    path = folder / "locale" / language / "LC_MESSAGES/django.po"
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as text:
        return read_po(text, locale=language)


def entries(folder: Path) -> list[str]:
    """What the English of a folder translates, context and words, as often as it stands there."""
    path = folder / "locale/en/LC_MESSAGES/django.po"
    return ENTRY.findall(path.read_text()) if path.is_file() else []


def lines_of(catalogue: Catalog) -> dict[str, list[str]]:
    """Each msgid, singular and plural, with the English that it may become."""
    found: dict[str, list[str]] = {}
    for (_context, text), translations in meanings_of(catalogue).items():
        found.setdefault(text, []).extend(translations)
    return found


def meanings_of(catalogue: Catalog) -> dict[tuple[str, str], list[str]]:
    """Each context with its msgid, singular and plural, and the English that it may become."""
    found: dict[tuple[str, str], list[str]] = {}
    for message in catalogue:
        both = message.string if isinstance(message.string, tuple) else (message.string,)
        for each in message.id if isinstance(message.id, tuple) else (message.id,):
            found.setdefault((message.context or "", each), []).extend(both)
    found.pop(("", ""), None)
    return found


def bare_words(template: str) -> list[str]:
    """Words of a template that stand outside every translation."""
    return [
        word
        for word in re.findall(r"[A-Za-z]{3,}", SILENT.sub(" ", template))
        if word not in SAME_EVERYWHERE
    ]
