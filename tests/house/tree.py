"""Where things are: the repository's files, its rooms and their order."""

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SOURCE = REPOSITORY / "src" / "bekal"


def rooms_in_order(pyproject: str) -> list[str]:
    """The rooms from top to bottom, as import-linter is told them: the one list of the order."""
    contracts = tomllib.loads(pyproject)["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["id"] == "rooms")
    return [room.strip(" ()") for layer in layers for room in layer.split("|")]


ROOMS = rooms_in_order((REPOSITORY / "pyproject.toml").read_text())


@cache
def files() -> tuple[Path, ...]:
    """Every file of the repository that is kept or about to be, relative to its root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False)
    if listed.returncode == 0:
        paths = [Path(name) for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [path.relative_to(REPOSITORY) for path in REPOSITORY.rglob("*")]
        paths = [path for path in paths if not any(part.startswith(".") for part in path.parts)]
    return tuple(sorted(path for path in paths if (REPOSITORY / path).is_file()))


def text_of(path: Path) -> str:
    """What a file of the repository says; bytes that are no text are replaced."""
    return (REPOSITORY / path).read_text(encoding="utf-8", errors="replace")


def python_files() -> list[Path]:
    """Every Python file of the product (src/bekal)."""
    return [p for p in files() if p.suffix == ".py" and p.is_relative_to("src/bekal")]


def module_of(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(text_of(path))


def within(path: Path, *names: str) -> bool:
    """Whether the file is, or lies under, something of one of these names ("tests", "actions")."""
    return bool({*path.parts[:-1], path.stem} & set(names))


def room_of(path: Path) -> str:
    """The room that a file of src/bekal belongs to, or nothing."""
    return path.parts[2] if len(path.parts) > 3 else ""


def functions_of(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method in a file."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def public_functions_of(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of a module that another module may call."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [n for n in tree.body if isinstance(n, kinds) and not n.name.startswith("_")]
