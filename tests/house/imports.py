"""Which third-party packages the platform imports, and whether it is installed with them."""

import ast
import re
import sys
from collections.abc import Iterable, Mapping

OWN = {"bekal", "tests"}


def imported_by(tree: ast.Module) -> set[str]:
    """The top-level packages that a module imports when it runs."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names - OWN - sys.stdlib_module_names


def locked(lock: str) -> set[str]:
    """The distributions of a requirements file, by their normal names."""
    return {normal(name) for name in re.findall(r"(?m)^([\w.-]+)(?:\[[^]]*\])?==", lock)}


def normal(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def not_installed(
    packages: Iterable[str], *, of: Mapping[str, Iterable[str]], lock: str
) -> list[str]:
    """A sentence for each package of which no distribution stands in the lock."""
    there = locked(lock)
    return [
        f"{package}: add it to dependencies in pyproject.toml, it is only in the tests' environment"
        for package in sorted(packages)
        if not {normal(name) for name in of.get(package, ())} & there
    ]
