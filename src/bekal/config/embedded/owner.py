"""The OS user that PostgreSQL runs as. It refuses root, so root lends it another one."""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from bekal.config.console import Problem, say
from bekal.config.processes import finish

NAME = "bekal-postgres"
_READ = stat.S_IRGRP | stat.S_IROTH
_SEARCH = stat.S_IXGRP | stat.S_IXOTH


@dataclass(frozen=True)
class Owner:
    """Whom the database's files belong to; `uid` is None where that is simply ourselves."""

    uid: int | None

    def give(self, folder: Path) -> None:
        """Make a folder of the database's own: nobody else can look into it."""
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        if self.uid is not None:
            os.chown(folder, self.uid, -1)


def owner_of(folder: Path) -> Owner:
    """Ourselves, or, for root, whoever made the folder, or else a user made for the purpose."""
    if os.geteuid() != 0:
        return Owner(None)
    if folder.exists() and folder.stat().st_uid != 0:
        return Owner(folder.stat().st_uid)
    try:
        return Owner(pwd.getpwnam(NAME).pw_uid)
    except KeyError:
        return Owner(_new_user())


def _new_user() -> int:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd is None:
        raise Problem(
            "PostgreSQL refuses to run as root, and this system has no useradd to make a user "
            "for it. Run ./bekal as an ordinary user, or set DATABASE_URL."
        )
    home = ["--no-create-home", "--home-dir", "/nonexistent"]
    done = finish([useradd, "--system", *home, "--shell", "/usr/sbin/nologin", NAME])
    try:
        return pwd.getpwnam(NAME).pw_uid
    except KeyError:
        raise Problem(f"The OS user {NAME} could not be made: {done.output.strip()}") from None


def let_reach(path: Path) -> None:
    """Let other users pass through the folders above a path, without letting them look inside.

    A data folder below /root could not be reached otherwise. Each folder changed is named.
    """
    for folder in reversed(path.parents):
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
            say(f"  {folder}: passing through allowed (o+x), for the database's own user")


def let_read(tree: Path) -> None:
    """Let other users read and run what root installed with a strict umask."""
    for path in [tree, *tree.rglob("*")]:
        if path.is_symlink():
            continue
        mode = path.stat().st_mode
        wanted = mode | _READ
        if mode & stat.S_IXUSR:
            wanted |= _SEARCH
        if wanted != mode:
            path.chmod(wanted)
