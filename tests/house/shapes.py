"""The shape of functions and files: actions say who and when, nothing grows too long."""

import ast
from pathlib import Path

from tests.house.tree import functions_of, public_functions_of, within

LONGEST_FILE, LONGEST_FILE_OF_TESTS = 300, 500
LONGEST_FUNCTION, LONGEST_FUNCTION_OF_TESTS, LONGEST_VIEW = 30, 60, 25
LONGEST_PAGE, LONGEST_PARTIAL = 200, 60


def offered_by(package: ast.Module) -> set[str]:
    """The names that the `__init__` of an actions package passes on: its public actions."""
    return {
        alias.asname or alias.name
        for node in package.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def misshapen_actions(tree: ast.Module, offered: set[str] | None = None) -> list[str]:
    """What public actions lack: keywords alone, `by` and `now`, types, a docstring.

    In a package only what it offers is public; other functions of its modules are steps.
    """
    found = []
    for action in public_functions_of(tree):
        if offered is not None and action.name not in offered:
            continue
        arguments = action.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        names = {argument.arg for argument in named}
        untyped = [argument.arg for argument in named if argument.annotation is None]
        checks = [
            (arguments.posonlyargs or arguments.args, "take keywords only: put `*` first"),
            (arguments.vararg or arguments.kwarg, "name every argument: no *args, no **kwargs"),
            ("by" not in names, "say who acts: `by: Actor`"),
            ("now" not in names, "say when: `now: dt.datetime`"),
            (untyped, f"type {', '.join(untyped)}"),
            (action.returns is None, "type what it returns"),
            (not ast.get_docstring(action), "say in a docstring what it is for and what it raises"),
        ]
        found += [f"{action.name}: {sentence}" for fault, sentence in checks if fault]
    return found


def silent_functions(tree: ast.Module) -> list[str]:
    """Public functions without a docstring."""
    return [
        f"{function.name}: say in a docstring what it answers"
        for function in public_functions_of(tree)
        if not ast.get_docstring(function)
    ]


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of what the function does, without its signature and its docstring."""
    first = function.body[0]
    described = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    steps = function.body[1:] if described else function.body
    return (steps[-1].end_lineno or 0) - steps[0].lineno + 1 if steps else 0


def too_long(path: Path, source: str) -> list[str]:
    """What is too long in a Python file: the file itself, or functions in it."""
    if within(path, "migrations"):
        return []
    tests = within(path, "tests", "bench", "conftest")
    lines = len(source.splitlines())
    most = LONGEST_FILE_OF_TESTS if tests else LONGEST_FILE
    found = [f"{lines} lines, at most {most}: split it by subject"] if lines > most else []
    if tests:
        longest = LONGEST_FUNCTION_OF_TESTS
    else:
        longest = LONGEST_VIEW if within(path, "views") else LONGEST_FUNCTION
    return found + [
        f"{function.name} has {length_of(function)} lines, at most {longest}: name its steps"
        for function in functions_of(ast.parse(source))
        if length_of(function) > longest
    ]


def too_long_template(path: Path, source: str) -> list[str]:
    """A page or a part of one that has grown too long to be seen at once."""
    lines = len(source.splitlines())
    part = path.name.startswith("_") or bool({"components", "partials"} & set(path.parts))
    most = LONGEST_PARTIAL if part else LONGEST_PAGE
    return [f"{lines} lines, at most {most}: include parts"] if lines > most else []


def one_way_migrations(tree: ast.Module) -> list[str]:
    """RunPython and RunSQL that cannot be taken back."""
    return [
        f"line {node.lineno}: give {name} its way back (or the noop)"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (name := ast.unparse(node.func).rsplit(".", 1)[-1]) in {"RunPython", "RunSQL"}
        and len(node.args) < 2
        and not {"reverse_code", "reverse_sql"} & {keyword.arg for keyword in node.keywords}
    ]
