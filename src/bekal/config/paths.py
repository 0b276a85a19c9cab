"""Where things lie on disk. Nothing here asks Django."""

import os
import shutil
from pathlib import Path

from bekal.config.console import Problem

MEBIBYTE = 1024 * 1024

REPOSITORY = Path(__file__).resolve().parents[3]
# What forms say in place of Django's own sentences, in each language.
SENTENCES = REPOSITORY / "src/bekal/locale"
# Whatever a start can make again: environments, built assets, the database of the tests.
HOME = Path(os.environ.get("BEKAL_HOME") or REPOSITORY / ".bekal").absolute()
# What must not be lost: the embedded database and the key that signs sessions.
DATA = Path(os.environ.get("BEKAL_DATA") or HOME / "data").absolute()
ASSETS = HOME / "assets"
STATIC = HOME / "static"


def require_space(folder: Path, *, mebibytes: int) -> None:
    """Raise Problem unless the disk of a folder has so much room."""
    free = shutil.disk_usage(folder).free // MEBIBYTE
    if free < mebibytes:
        raise Problem(
            f"The disk is too full: {folder} has {free} MB free and Bekal needs {mebibytes} MB. "
            "Free some space, or choose another folder with --data."
        )
