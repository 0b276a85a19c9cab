"""Building what browsers are given: the font and the one CSS file, then every static file."""

import hashlib
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from bekal.config import paths
from bekal.config.console import step
from bekal.config.locks import held
from bekal.ui import assets

_STAMP = paths.HOME / "static.stamp"


def prepare() -> None:
    """Build and collect, each skipped when its sources are unchanged. One process at a time."""
    with held(paths.HOME / "static.lock"):
        with step("Style sheet and font"):
            build()
        fingerprint = _fingerprint()
        if _STAMP.exists() and _STAMP.read_text() == fingerprint and paths.STATIC.is_dir():
            return
        with step("Static files"):
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
            _STAMP.write_text(fingerprint)


def build() -> None:
    """Build the font subset and the concatenated CSS into the assets folder."""
    paths.ASSETS.mkdir(parents=True, exist_ok=True)
    assets.build(paths.ASSETS)


def _fingerprint() -> str:
    """The names and contents of every static file of every room and package."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(name.encode())
            digest.update(Path(storage.path(name)).read_bytes())
    return digest.hexdigest()
