"""Using the embedded database together: the first starts it, others join, the last stops it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from bekal.config.embedded.server import Server
from bekal.config.locks import Lock, held

ROLE = "bekal"
DATABASE = "bekal"


@dataclass(frozen=True)
class Opened:
    """The database as it was found or made: its address, and whether others already used it."""

    url: str
    joined: bool
    _server: Server
    _gate: Path

    def revive(self) -> bool:
        """Start the server again if it is gone, as after kill -9. Returns whether it was."""
        with held(self._gate):
            if self._server.answers():
                return False
            self._server.start()
            return True


@contextmanager
def opened(data: Path, *, testing: bool = False) -> Iterator[Opened]:
    """The embedded database in `data`/postgres, running for the length of the block.

    Several processes may be inside at once. Each holds a shared lock, which the kernel frees even
    after kill -9; whoever leaves and can take it alone was the last, and stops the server.
    Raises Problem.
    """
    data.mkdir(parents=True, exist_ok=True)
    server = Server(data.resolve() / "postgres", lasting=not testing)
    gate, users = data / "postgres.gate.lock", Lock(data / "postgres.users.lock")
    with held(gate):
        joined = server.answers()
        if not joined:
            server.make()
            server.start()
        prepare(server, testing=testing)
        users.share()
    try:
        yield Opened(server.url(user=ROLE, database=DATABASE), joined, server, gate)
    finally:
        with held(gate):
            if users.try_take():
                server.stop()
            users.let_go()


def prepare(server: Server, *, testing: bool) -> None:
    """Make Bekal's role and database unless they are there. The role is no superuser.

    For tests it may make databases, and put rows back past triggers (tests/support/remembering.py).
    """
    right = "createdb" if testing else "nocreatedb"
    with server.connect() as connection:
        known = connection.execute("select 1 from pg_roles where rolname = %s", [ROLE]).fetchone()
        if not known:
            role = (
                "create role {} login nosuperuser nocreaterole noreplication nobypassrls " + right
            )
            connection.execute(sql.SQL(role).format(sql.Identifier(ROLE)))
        if testing:
            grant = "grant set on parameter session_replication_role to {}"
            connection.execute(sql.SQL(grant).format(sql.Identifier(ROLE)))
        known = connection.execute(
            "select 1 from pg_database where datname = %s", [DATABASE]
        ).fetchone()
        if not known:
            names = [sql.Identifier(DATABASE), sql.Identifier(ROLE)]
            connection.execute(sql.SQL("create database {} owner {}").format(*names))
