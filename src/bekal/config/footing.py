"""Whether the database itself is as the code says: its tables, its role, and what it refuses."""

import re

import pgtrigger
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import ForeignKey, Model

_NOT_VALIDATED = """
select t.relname, c.conname from pg_constraint c join pg_class t on t.oid = c.conrelid
where not c.convalidated and t.relname = any(%s) order by 1, 2
"""
_NAMED = """
select t.relname, c.conname from pg_constraint c join pg_class t on t.oid = c.conrelid
union
select t.relname, i.relname from pg_index x join pg_class t on t.oid = x.indrelid
join pg_class i on i.oid = x.indexrelid where x.indisunique and x.indisvalid
"""
_REFERRING = """
select t.relname, f.attname from pg_constraint c join pg_class t on t.oid = c.conrelid
join pg_attribute f on f.attrelid = t.oid and f.attnum = any(c.conkey) where c.contype = 'f'
"""
_UNIQUE = """
select t.relname, f.attname from pg_index x join pg_class t on t.oid = x.indrelid
join pg_attribute f on f.attrelid = t.oid and f.attnum = x.indkey[0]
where x.indisunique and x.indisvalid and x.indnkeyatts = 1 and x.indpred is null
"""
_FUNCTIONS = "select proname, prosrc from pg_proc where starts_with(proname, 'pgtrigger_')"


def missing_migrations() -> list[str]:
    """Migrations that this code has and the database has not, also below one that it has."""
    loader = MigrationLoader(connection)
    lacking = loader.graph.nodes.keys() - loader.applied_migrations.keys()
    return [f"{app}.{name} is not applied" for app, name in sorted(lacking)]


def unknown_migrations() -> list[str]:
    """Migrations that the database has and this code has not: it is another version's."""
    loader = MigrationLoader(connection)
    foreign = loader.applied_migrations.keys() - loader.disk_migrations.keys()
    return [f"{app}.{name}" for app, name in sorted(foreign) if app in loader.migrated_apps]


def powerful_role() -> list[str]:
    """The application's database role, if it could go round the database's promises."""
    with connection.cursor() as cursor:
        cursor.execute("select rolname from pg_roles where rolname = current_user and rolsuper")
        row = cursor.fetchone()
    return [f"the application's role {row[0]} is a superuser"] if row else []


def missing_triggers() -> list[str]:
    """Triggers declared beside a model that are missing, changed, emptied or switched off."""
    bodies: dict[str, str] = dict(_pairs(_FUNCTIONS))
    found = []
    for model, trigger in pgtrigger.registered():
        status, enabled = trigger.get_installation_status(model)
        state = status.lower() if status != "INSTALLED" else "" if enabled else "switched off"
        name = trigger.get_pgid(model)
        if not state and not _does(trigger, model, bodies.get(name, "")):
            state = "its function does something else"
        if state:
            found.append(f"trigger {trigger.name} of {_table(model)}: {state}")
    return found


def missing_constraints() -> list[str]:
    """Constraints and references declared on a model that the database does not hold.

    Also those that it holds without having checked the rows that were there before.
    """
    models = [model for model in apps.get_models() if model._meta.managed]  # noqa: SLF001
    named, referring, unique = (set(_pairs(sql)) for sql in (_NAMED, _REFERRING, _UNIQUE))
    found = []
    for model in models:
        table, declared = _table(model), model._meta  # noqa: SLF001 - Django's documented name
        for constraint in declared.constraints:
            if (table, constraint.name) not in named:
                found.append(f"constraint {constraint.name} of {table} is missing")
        for field in declared.local_fields:
            column = (table, str(field.column))
            if _is_kept_by_reference(field) and column not in referring:
                found.append(f"reference {field.column} of {table} is missing")
            if field.unique and column not in unique:
                found.append(f"column {field.column} of {table} is not unique")
    unchecked = _pairs(_NOT_VALIDATED, [_table(model) for model in models])
    return found + [f"constraint {name} of {table} is not validated" for table, name in unchecked]


def _pairs(sql: str, *values: list[str]) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return [(first, second) for first, second in cursor]


def _is_kept_by_reference(field: object) -> bool:
    return isinstance(field, ForeignKey) and bool(vars(field)["db_constraint"])


def _does(trigger: pgtrigger.Trigger, model: Model, body: str) -> bool:
    """Whether the function of a trigger is the one that the code says, however it is indented."""
    sql = trigger.compile(model).install_sql
    function = re.escape(f"FUNCTION {trigger.get_pgid(model)}()")
    told = re.search(rf"{function}\s+RETURNS TRIGGER AS \$\$(.*?)\$\$", sql, re.DOTALL)
    return told is not None and told[1].split() == body.split()


def _table(model: type[Model] | Model) -> str:
    return str(model._meta.db_table)  # noqa: SLF001 - Django's documented name
