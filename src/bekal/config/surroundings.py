"""What a command finds around it: settings, a database, Django set up."""

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

import django
from django.db import connections

from bekal.config import paths, translations
from bekal.config.console import say, step
from bekal.config.embedded.use import Opened, opened

_SETTINGS = "bekal.config.settings"
# These are always what they are called; the others serve both a demo and a real installation.
_FIXED = {"demo": "demo", "serve": "production"}


@contextmanager
def surroundings(command: str, *, data: Path) -> Iterator[Opened | None]:
    """Run the block of a command with settings, and with a database where the command needs one.

    DATABASE_URL names a server: nothing embedded is started then. Without it, demo, worker, check,
    rebuild and manage share the embedded database of the data directory, which is what the block
    is given. `test` looks after itself.
    """
    if command == "test":
        yield None
        return
    paths.ASSETS.mkdir(parents=True, exist_ok=True)
    translations.prepare()
    has_server = bool(os.environ.get("DATABASE_URL"))
    if command in _FIXED:
        os.environ["DJANGO_SETTINGS_MODULE"] = f"{_SETTINGS}.{_FIXED[command]}"
    else:
        chosen = "production" if has_server else "demo"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"{_SETTINGS}.{chosen}")
    with nullcontext() if has_server or command == "serve" else _embedded(data) as found:
        if os.environ["DJANGO_SETTINGS_MODULE"] == f"{_SETTINGS}.demo":
            os.environ.setdefault("SECRET_KEY", _kept_secret(data))
        try:
            django.setup()
            yield found
        finally:
            close_connections()


def close_connections() -> None:
    """Close every connection and its pool, so that the process can end or wait without any."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        close_pool = getattr(connection, "close_pool", None)
        if close_pool is not None:
            close_pool()


@contextmanager
def _embedded(data: Path) -> Iterator[Opened]:
    with ExitStack() as stack:
        with step("PostgreSQL"):
            found = stack.enter_context(opened(data))
        if found.joined:
            say(f"  PostgreSQL is already running on {data}: joined it")
        os.environ["DATABASE_URL"] = found.url
        yield found


def _kept_secret(data: Path) -> str:
    """The key of this data directory, made at its first use, readable by its owner alone."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
