"""What is said in each language: .po files, compiled to the .mo that Django reads.

Each room has the English of its public pages. `bekal/locale` has what forms say in place of
Django's own sentences, in both languages; Django looks there first.
"""

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bekal.config import paths

PACKAGE = Path(__file__).resolve().parents[1]


def sources() -> list[Path]:
    """The .po files of what forms say, and of every room that has some."""
    of_rooms = PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")
    return sorted([*paths.SENTENCES.glob("*/LC_MESSAGES/django.po"), *of_rooms])


def prepare() -> None:
    """Compile what is newer than its compiled form; whole files only, so that readers never wait.

    An installation that can't be written to keeps what it was shipped with.
    """
    for source in sources():
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3], domain="django")
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as made:
            write_mo(made, catalogue)
        Path(made.name).chmod(0o644)
        os.replace(made.name, target)  # noqa: PTH105 - one call, atomic


if __name__ == "__main__":
    prepare()
