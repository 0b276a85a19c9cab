"""The code keeps the house rules that no linter can express. Each failure says what to do."""

import ast
from pathlib import Path

import grimp
import pytest

from tests.house.doors import wrong_doors
from tests.house.shapes import (
    misshapen_actions,
    offered_by,
    one_way_migrations,
    silent_functions,
    too_long,
    too_long_template,
)
from tests.house.tree import files, module_of, python_files, text_of, within
from tests.house.writes import writes_in

NOT_WRITERS = [
    path
    for path in python_files()
    if not within(path, "actions", "migrations", "tests")
    and not (path.is_relative_to("src/bekal/config") and within(path, "demo", "seed", "seeds"))
]


def report(faults):
    """Fail with one line per fault."""
    assert not faults, "\n" + "\n".join(faults)


def each(paths, check):
    """Every fault that a check finds in files, with the file's name before it."""
    return [f"{path}: {fault}" for path in paths for fault in check(path)]


def test_rooms_speak_only_through_doors():
    graph = grimp.build_graph("bekal", exclude_type_checking_imports=True, cache_dir=None)
    report(
        wrong_doors(
            (importer, imported)
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
        )
    )


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("bekal.sales.views", "bekal.places.models"),
        ("bekal.sales.actions", "bekal.ledger.models"),
        ("bekal.sales.actions", "bekal.ledger.actions.posting"),
        ("bekal.front.views", "bekal.sales.forms"),
        ("bekal.sales.views", "bekal.places.gate"),
        ("bekal.sales.queries", "bekal.foundation.tests.threads"),
        ("bekal.sales.tests.test_views", "bekal.places.views"),
        ("bekal.config.demo", "bekal.sales.models"),
    ],
)
def test_a_wrong_door_is_found(importer, imported):
    (fault,) = wrong_doors([(importer, imported)])
    assert f"{importer} imports {imported}" in fault


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("bekal.sales.views", "bekal.places.queries"),
        ("bekal.sales.actions", "bekal.ledger.actions"),
        ("bekal.sales.views", "bekal.accounts.gate"),
        ("bekal.sales.models", "bekal.foundation.models"),
        ("bekal.sales.views", "bekal.sales.models"),
        ("bekal.sales.tests.factories", "bekal.places.models"),
        ("bekal.config.urls", "bekal.front.views"),
    ],
)
def test_a_door_is_open(importer, imported):
    assert wrong_doors([(importer, imported)]) == []


def test_only_actions_write():
    report(each(NOT_WRITERS, lambda path: writes_in(text_of(path))))


@pytest.mark.parametrize(
    "source",
    [
        "sale.save()",
        "sale.save(update_fields=['paid_at'])",
        "Sale.objects.create(total=1)",
        "Sale.objects.bulk_create(rows)",
        "Sale.objects.get_or_create(key=key)",
        "Sale.objects.filter(pk=1).delete()",
        "await sale.asave()",
        "Sale.objects.filter(pk=1).update(total=0)",
        "rows = open_sales()\nrows.update(total=0)",
        "rows.update(**values)",
        "cursor.execute('insert into sales_sale values (1)')",
        "SQL = '''\n  update sales_sale\n  set total = 0\n'''",
        "SQL = 'update sales_sale as s set total = 0'",
        "SQL = f'delete from {table}'",
        "SQL = f'update {table} set total = 0'",
        "SQL = 'with gone as (select 1) delete from sales_sale'",
        "SQL = 'truncate table sales_sale'",
        "copy = 'copy sales_sale (id) from stdin'",
    ],
)
def test_a_write_outside_actions_is_found(source):
    assert writes_in(source)


@pytest.mark.parametrize(
    "source",
    [
        "digest = hashlib.sha256()\ndigest.update(b'x')",
        "seen.update(other)",
        "totals = {}\ntotals.update(a=1)",
        "totals: dict[str, int] = read()\ntotals.update(a=1)",
        "def f(values: Mapping[str, int]):\n    values.update(a=1)",
        "dict(a=1).update(b=2)",
        "font.save(path)",
        "cache.delete('key')",
        "SQL = 'select * from sales_sale for update of sales_sale'",
        "SQL = 'select 1'\n'''Rows that insert into the total.'''",
        "def f():\n    '''Delete from the screen what was sold.'''",
        "T = pgtrigger.Trigger(func='insert into audit_chain values (1)')",
        "BODY = 'update chain set last = 1'\nT = pgtrigger.Trigger(func=pgtrigger.Func(BODY))",
    ],
)
def test_what_only_looks_like_a_write_is_no_false_alarm(source):
    assert writes_in(source) == []


def test_actions_take_keywords_and_say_who_and_when():
    actions = [p for p in python_files() if within(p, "actions") and not within(p, "tests")]
    assert actions
    report(each(actions, lambda path: misshapen_actions(module_of(path), offered(path))))


def offered(path):
    """What the package of an actions module offers; None for a single actions.py."""
    in_package = path.parent.name == "actions"
    return offered_by(module_of(path.with_name("__init__.py"))) if in_package else None


def test_what_an_actions_package_offers_is_checked_and_its_steps_are_not():
    package = ast.parse("from bekal.sales.actions.paying import pay")
    steps = ast.parse("def pay(sale): ...\ndef lock(sale): ...")
    faults = misshapen_actions(steps, offered_by(package))
    assert faults
    assert all(fault.startswith("pay:") for fault in faults)


GOOD_ACTION = (
    'def pay(*, sale: int, by: Actor, now: dt.datetime) -> None:\n    """Pay. Raises Refused."""'
)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("*, ", "", "keywords only"),
        (", by: Actor", "", "say who"),
        (", now: dt.datetime", "", "say when"),
        ("sale: int", "sale", "type sale"),
        (" -> None", "", "type what it returns"),
        ('"""Pay. Raises Refused."""', "pass", "docstring"),
        ("sale: int", "**sale: int", "no **kwargs"),
    ],
)
def test_a_misshapen_action_is_found(old, new, sentence):
    assert misshapen_actions(ast.parse(GOOD_ACTION)) == []
    source = GOOD_ACTION.replace(old, new)
    if "**sale" in source:
        source = "def pay(*, by: Actor, now: dt.datetime, **sale: int) -> None:\n    '''Pay.'''"
    assert any(sentence in fault for fault in misshapen_actions(ast.parse(source)))


def test_rules_actions_and_queries_explain_themselves():
    paths = [p for p in python_files() if within(p, "rules", "actions", "queries")]
    report(each(paths, lambda path: silent_functions(module_of(path))))


def test_a_silent_function_is_found():
    assert silent_functions(ast.parse("def total_of(*, unit): return 1"))
    assert not silent_functions(ast.parse("def _step(): return 1"))


def test_files_and_functions_are_short():
    paths = [path for path in files() if path.suffix == ".py"]
    report(each(paths, lambda path: too_long(path, text_of(path))))
    templates = [p for p in files() if p.suffix == ".html" and "templates" in p.parts]
    report(each(templates, lambda path: too_long_template(path, text_of(path))))


def long_function(lines):
    return "def step(\n    *,\n    a,\n):\n" + "    x = 1\n" * lines


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("src/bekal/sales/actions.py", 30),
        ("src/bekal/sales/views.py", 25),
        ("src/bekal/sales/tests/test_views.py", 60),
    ],
)
def test_a_long_function_is_found_its_signature_and_docstring_not_counted(path, lines):
    assert too_long(Path(path), long_function(lines)) == []
    assert too_long(Path(path), long_function(lines + 1))
    described = long_function(lines).replace("):\n", '):\n    """One\n    two."""\n', 1)
    assert too_long(Path(path), described) == []


def test_a_long_file_is_found():
    assert too_long(Path("src/bekal/sales/queries.py"), "x = 1\n" * 300) == []
    assert too_long(Path("src/bekal/sales/queries.py"), "x = 1\n" * 301)
    assert too_long(Path("tests/journeys/test_sale.py"), "x = 1\n" * 501)
    assert too_long(Path("src/bekal/sales/migrations/0001_initial.py"), "x = 1\n" * 900) == []
    assert too_long_template(Path("templates/sales/_row.html"), "<p>\n" * 61)
    assert too_long_template(Path("templates/sales/sale.html"), "<p>\n" * 201)
    assert too_long_template(Path("templates/sales/sale.html"), "<p>\n" * 61) == []


def test_every_migration_has_a_way_back():
    paths = [path for path in python_files() if within(path, "migrations")]
    report(each(paths, lambda path: one_way_migrations(module_of(path))))


def test_a_one_way_migration_is_found():
    assert one_way_migrations(ast.parse("migrations.RunSQL('create extension ltree')"))
    assert one_way_migrations(ast.parse("migrations.RunPython(forward)"))
    assert not one_way_migrations(ast.parse("migrations.RunSQL('a', reverse_sql='b')"))
    assert not one_way_migrations(ast.parse("migrations.RunPython(f, migrations.RunPython.noop)"))
