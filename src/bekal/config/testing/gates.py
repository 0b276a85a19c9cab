"""The gates, in order: the quickest first."""

import base64
import os
import secrets
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bekal.config.console import say
from bekal.config.paths import REPOSITORY
from bekal.config.processes import finish

_BIN = Path(sys.executable).parent
_DJANGO = [sys.executable, "-m", "django"]
_TEMPLATES = "src/bekal/*/templates/**/*.html"


@dataclass(frozen=True)
class Gate:
    """A command that must succeed. With no command there is nothing for it to look at."""

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)


def gates() -> list[Gate]:
    """Every gate, for the repository as it is now."""
    templates = sorted(str(path.relative_to(REPOSITORY)) for path in REPOSITORY.glob(_TEMPLATES))
    has_biome = (REPOSITORY / "biome.json").exists()
    return [
        Gate("locks are fresh", [sys.executable, "-m", "bekal.config.testing.freshness"]),
        Gate("ruff: lint", [_tool("ruff"), "check", "."]),
        Gate("ruff: format", [_tool("ruff"), "format", "--check", "."]),
        Gate("import-linter: rooms", [_tool("lint-imports")]),
        Gate("djlint: templates", _on(templates, _tool("djlint"), "--lint", "--quiet")),
        Gate(
            "djade: templates", _on(templates, _tool("djade"), "--check", "--target-version", "5.2")
        ),
        Gate("biome: CSS and JavaScript", [_tool("biome"), "check", "src"] if has_biome else []),
        Gate("mypy: types", [_tool("mypy")]),
        Gate("migrations are made", [*_DJANGO, "makemigrations", "--check", "--dry-run"]),
        Gate(
            "production settings: check --deploy",
            [*_DJANGO, "check", "--deploy", "--fail-level", "WARNING"],
            sound_production(),
        ),
    ]


def sound_production() -> dict[str, str]:
    """An environment in which production must start without a warning."""
    return {
        "DJANGO_SETTINGS_MODULE": "bekal.config.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": "bekal.example.id",
        "BEKAL_FACTOR_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "BEKAL_NAME_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "BEKAL_SDP_KEYS": secrets.token_hex(32),
    }


def run(gate: Gate) -> bool:
    """Run one gate; print its name and seconds, and what it said only if it failed."""
    if not gate.command:
        say(f"  {gate.name:<44} nothing to look at")
        return True
    start = time.monotonic()
    done = finish(gate.command, folder=REPOSITORY, environment={**os.environ, **gate.environment})
    seconds = time.monotonic() - start
    if done.code == 0:
        say(f"  {gate.name:<44} {seconds:6.1f} s")
        return True
    say(f"  {gate.name:<44} FAILED {seconds:6.1f} s\n{done.output}")
    return False


def _tool(name: str) -> str:
    return str(_BIN / name)


def _on(files: list[str], *command: str) -> list[str]:
    return [*command, *files] if files else []
