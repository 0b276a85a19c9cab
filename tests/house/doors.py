"""Rooms speak only through doors."""

from collections.abc import Iterable

DOORS = {"actions", "queries", "rules"}
OPEN_ROOMS = {"foundation", "ui"}
FURTHER_DOORS = {"accounts": {"gate"}}
ASSEMBLED = {"urls", "views", "jobs", "middleware", "apps", "api", "gate", "stream"}
"""What `config` may take from a room beside its doors: it puts them together."""


def wrong_doors(imports: Iterable[tuple[str, str]]) -> list[str]:
    """A sentence for each import (importer, imported) that goes round the doors of a room."""
    return [
        f"{importer} imports {imported}: ask for it through {imported.split('.')[1]}."
        f"actions, queries or rules instead"
        for importer, imported in sorted(imports)
        if not _is_allowed(importer.split("."), imported.split("."))
    ]


def _is_allowed(importer: list[str], imported: list[str]) -> bool:
    if len(imported) < 3 or len(importer) < 2 or importer[1] == imported[1]:
        return True
    room, module = imported[1:3]
    if len(imported) > 3 and room not in OPEN_ROOMS and module in DOORS:
        return False  # what a package offers stands in its __init__
    if room in OPEN_ROOMS and module != "tests":
        return True
    if module in DOORS | FURTHER_DOORS.get(room, set()):
        return True
    if "tests" in importer:
        return module in {"models", "tests"}
    return importer[1] == "config" and module in ASSEMBLED
