"""Gate: the locks hold what pyproject.toml asks for, hashed, and name no registry. No network.

Run as `python -m bekal.config.testing.freshness`; needs the packages of the test environment.
"""

import re
import sys
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from bekal.config.console import say
from bekal.config.paths import REPOSITORY

_PIN = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?:\s*;[^\\]*)?(?P<hashes>(?:\s*\\\n\s+--hash=\S+)*)",
    re.MULTILINE,
)
Pins = dict[str, tuple[Version, str]]


def pins(text: str) -> Pins:
    """Name to (version, hashes) of each pin of a lock."""
    return {
        canonicalize_name(name): (Version(version), hashes)
        for name, version, hashes in _PIN.findall(text)
    }


def unmet(requirements: list[str], locked: Pins) -> list[str]:
    """The requirements that a lock does not meet, a sentence each."""
    found = []
    for line in requirements:
        wanted = Requirement(line)
        pinned = locked.get(canonicalize_name(wanted.name))
        if pinned is None:
            found.append(f"{wanted.name} is not locked")
        elif pinned[0] not in wanted.specifier:
            found.append(f"{wanted} is locked as {pinned[0]}")
    return found


def problems() -> list[str]:
    """What is wrong with the locks."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    folder = REPOSITORY / "requirements"
    texts = {name: (folder / f"{name}.lock").read_text() for name in ("run", "test", "uv")}
    locks = {name: pins(text) for name, text in texts.items()}
    found = []
    for name, text in texts.items():
        found += [f"{name}.lock names an address"] if "://" in text else []
        found += [f"{name}.lock: {pin} has no hash" for pin, (_, h) in locks[name].items() if not h]
    found += unmet(project["project"]["dependencies"], locks["run"])
    found += unmet(project["dependency-groups"]["test"], locks["test"])
    found += [
        f"{name} differs between run.lock and test.lock"
        for name, pin in locks["run"].items()
        if locks["test"].get(name) != pin
    ]
    return found


if __name__ == "__main__":
    for problem in problems():
        say(problem)
    sys.exit(1 if problems() else 0)
