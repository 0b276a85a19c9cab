"""Only actions write: calls that save, and SQL that changes rows, found in the syntax tree."""

import ast
import re

SURE_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ROW_WRITES = {"save", "create", "delete"}
"""Writes when called as models and querysets are: without positional arguments. A font's
`save(path)`, a cache's `delete(key)` and an archive's `create(path)` are none."""
MAPPING_TYPES = {"dict", "Counter", "defaultdict", "OrderedDict", "ChainMap", "Context"}
WRITING_SQL = re.compile(
    r"""\binsert\s+into\b | \bdelete\s+from\b | \bmerge\s+into\b
      | \btruncate\s+(table\s+)?[\w"{] | \bcopy\s+[\w".]+\s*(\([^)]*\))?\s+from\b
      | \bupdate\s+(only\s+)?[\w".{}]+\s+(as\s+)?(\w+\s+)?set\b""",
    re.IGNORECASE | re.VERBOSE,
)


def writes_in(source: str) -> list[str]:
    """A sentence for each write in a module that is no action; none where it only reads."""
    tree = ast.parse(source)
    mappings = _mapping_names(tree)
    found = []
    for node in ast.walk(tree):
        is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_method and _is_write(node, node.func, mappings):
            found.append((node.lineno, f".{node.func.attr}() belongs in actions"))
    found += [
        (line, f"SQL that changes rows belongs in actions: {text[:40].strip()!r}")
        for line, text in _strings(tree)
        if WRITING_SQL.search(text)
    ]
    return [f"line {line}: {sentence}" for line, sentence in sorted(found)]


def _is_write(call: ast.Call, function: ast.Attribute, mappings: set[str]) -> bool:
    name = function.attr.removeprefix("a") if function.attr[1:] in _ALL else function.attr
    if name in SURE_WRITES:
        return True
    if name in ROW_WRITES:
        return not call.args
    # QuerySet.update takes keywords and nothing else; hashes, sets and most dicts take an argument.
    return (
        name == "update"
        and not call.args
        and bool(call.keywords)
        and not _is_mapping(function.value, mappings)
    )


_ALL = SURE_WRITES | ROW_WRITES | {"update"}


def _is_mapping(value: ast.expr, mappings: set[str]) -> bool:
    if isinstance(value, ast.Dict | ast.DictComp):
        return True
    if isinstance(value, ast.Call):
        called = value.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        return name in MAPPING_TYPES or (name == "copy" and _is_mapping(called.value, mappings))
    return ast.unparse(value) in mappings


def _mapping_names(tree: ast.Module) -> set[str]:
    """Names that the module makes as mappings, or annotates as such."""
    names = {"self.fields", "attrs", "kwargs", "context"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _is_mapping(node.value, names):
            names |= {ast.unparse(target) for target in node.targets}
        elif isinstance(node, ast.AnnAssign) and _says_mapping(node.annotation):
            names.add(ast.unparse(node.target))
        elif isinstance(node, ast.arg) and node.annotation and _says_mapping(node.annotation):
            names.add(node.arg)
    return names


def _says_mapping(annotation: ast.expr) -> bool:
    return bool(
        re.match(r"(\w+\.)*(dict|Dict|Mapping|MutableMapping|Counter)\b", ast.unparse(annotation))
    )


def _strings(tree: ast.Module) -> list[tuple[int, str]]:
    """Every string that is neither a docstring nor the body of a declared trigger."""
    left_out = _docstrings(tree) | _trigger_bodies(tree)
    inside_f = {
        id(part) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for part in n.values
    }
    found = []
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = [p.value if isinstance(p, ast.Constant) else "{}" for p in node.values]
            found.append((node.lineno, "".join(map(str, parts))))
        elif id(node) not in inside_f and isinstance(getattr(node, "value", None), str):
            found.append((node.lineno, node.value))
    return found


def _docstrings(tree: ast.Module) -> set[int]:
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _trigger_bodies(tree: ast.Module) -> set[int]:
    """Strings handed to a trigger: what the database does by itself is declared with the model."""
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith(("pgtrigger.", "Promise"))
    ]
    inside = [part for call in calls for part in ast.walk(call)]
    names = {part.id for part in inside if isinstance(part, ast.Name)}
    values = [
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and names & {ast.unparse(t) for t in node.targets}
        for part in ast.walk(node.value)
    ]
    return {id(part) for part in [*inside, *values]}
