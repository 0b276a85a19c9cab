"""What files say: no styles in pages, no registry addresses, documents that tell the truth."""

import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

INLINE_STYLE = re.compile(
    r"""<style\b|<[a-z][^<>]*\sstyle\s*=|(?<![\w.])style=\\?["']""", re.IGNORECASE
)
REGISTRY = re.compile(
    r"pypi\.(org|python\.org)|pythonhosted\.org|registry\.(npmjs|yarnpkg|npmmirror)\.|npmjs\.com"
    r"|proxy\.golang\.org|(?<!\w)crates\.io|rubygems\.org|repo1?\.maven|conda\.anaconda\.org"
    r"|--(extra-)?index-url|^\s*(extra-)?index-url\s*=|npm_config_[r]egistry|--find-[l]inks",
    re.IGNORECASE | re.MULTILINE,
)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
CELL = re.compile(r"`([^`]+)`")
NOT_YET = "not yet"
GLOSSARY_CELLS = 5


def inline_styles(text: str) -> list[str]:
    """Lines of a template or module that carry a style in themselves."""
    return _lines_with(INLINE_STYLE, text, "give it a class: the CSP allows no inline style")


def registry_addresses(text: str) -> list[str]:
    """Lines that name a package registry; what is installed is said by name and hash alone."""
    return _lines_with(REGISTRY, text, "leave the address to the machine's own settings")


def _lines_with(pattern: re.Pattern[str], text: str, advice: str) -> list[str]:
    return [
        f"line {number}: {advice}"
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def loud_styles(css: str) -> list[str]:
    """`!important` anywhere but where reduced motion is asked for."""
    css = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), css, flags=re.DOTALL)
    found, open_blocks, line = [], [], 1
    for token in re.finditer(r"([^{};]*)([{};]|$)", css):
        text, end = token[1], token[2]
        if "!important" in text and not any("prefers-reduced-motion" in b for b in open_blocks):
            found.append(f"line {line + text.count(chr(10))}: no !important; use a later layer")
        line += text.count("\n")
        if end == "{":
            open_blocks.append(text)
        elif end == "}" and open_blocks:
            open_blocks.pop()
    return found


def dead_links(document: Path, text: str, exists: Callable[[Path], bool]) -> list[str]:
    """Links to files that are not there; `exists` answers for paths from the repository's root."""
    return [
        f"{target} is not there"
        for target in LINK.findall(text)
        if not exists(_from_root(document.parent / target))
    ]


def _from_root(path: Path) -> Path:
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    return Path(*parts)


def homeless_rooms(rooms: Collection[str], page: str) -> list[str]:
    """Rooms without a line in the table of a page, and lines of rooms that are not there."""
    told = set(re.findall(r"^\| (?:`|\[)(\w+)(?:`|\]\(src/bekal/)", page, re.MULTILINE))
    missing = [f"{room}: give it a line in the table" for room in sorted(set(rooms) - told)]
    return missing + [f"{room}: there is no such room" for room in sorted(told - set(rooms))]


def rooms_without_readme(files: Iterable[Path]) -> list[str]:
    """Rooms in which something lives (a door, an action, a page) and that have no README."""
    files = list(files)
    living = {"actions", "queries", "views", "urls", "templates", "static"}
    inhabited = {p.parts[2] for p in files if living & {p.stem, *p.parts[3:-1]} and _in_room(p)}
    described = {
        path.parts[2] for path in files if _in_room(path) and path.parts[3:] == ("README.md",)
    }
    return [
        f"{room}: write a README.md (what it owns, its words, its promises, its doors)"
        for room in sorted(inhabited - described)
    ]


def _in_room(path: Path) -> bool:
    return path.parts[:2] == ("src", "bekal") and len(path.parts) > 3


def homeless_terms(glossary: str, read: Callable[[str], str | None]) -> list[str]:
    """Terms whose place in the code does not exist.

    The fourth cell names it: `ledger/` or `places/models.py::Tenure`, under src/bekal, or says
    "not yet". `read` returns the text of a file, "" for a directory, None for neither.
    """
    found = []
    for cells in _rows(glossary):
        if len(cells) != GLOSSARY_CELLS:
            found.append(f"{cells[0]}: {len(cells)} cells, not {GLOSSARY_CELLS}")
            continue
        places = CELL.findall(cells[3])
        if not places and NOT_YET not in cells[3]:
            found.append(f"{cells[0]}: say where it is in the code")
        gone = [place for place in places if not _is_there(place, read)]
        found += [f"{cells[0]}: {place} is not there" for place in gone]
    return found


def _rows(page: str) -> Iterable[list[str]]:
    """The cells of every table row that is neither head nor rule."""
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and cells[0] != "Term" and not set(line) <= set("|-: "):
            yield cells


def _is_there(place: str, read: Callable[[str], str | None]) -> bool:
    path, _, name = place.partition("::")
    text = read(path)
    if text is None or not name:
        return text is not None
    last = re.escape(name.rsplit(".", 1)[-1])
    return bool(
        re.search(rf"^\s*((async )?def|class) {last}\b|^\s*{last}\s*[:=]", text, re.MULTILINE)
    )
