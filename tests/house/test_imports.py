"""The platform imports nothing that only the tests have."""

import ast
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.house.imports import imported_by, locked, not_installed
from tests.house.tree import module_of, python_files, within

RUN_LOCK = Path("requirements/run.lock")
SHIPPED = [
    path
    for path in python_files()
    if "src" in path.parts and not within(path, "tests") and "testing" not in path.parts
]


def test_whatever_the_platform_imports_is_installed_with_it():
    packages = set().union(*(imported_by(module_of(path)) for path in SHIPPED))
    assert "django" in packages
    faults = not_installed(packages, of=packages_distributions(), lock=RUN_LOCK.read_text())
    assert not faults, "\n".join(faults)


def test_an_import_of_the_tests_environment_is_found():
    tree = ast.parse("import os\nimport hypothesis\nfrom django.db import models\nimport bekal.ui")
    assert imported_by(tree) == {"hypothesis", "django"}
    known = {"hypothesis": ["hypothesis"], "django": ["Django"]}
    faults = not_installed({"hypothesis", "django"}, of=known, lock="django==5.2.19 \\\n")
    assert [fault.split(":")[0] for fault in faults] == ["hypothesis"]
    assert locked("psycopg[binary]==3.3 \\\n    --hash=x") == {"psycopg"}
