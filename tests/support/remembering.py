"""What a builder of a test's world wrote once, put back as it was for every further test.

A world is made by calling actions, as people would: hundreds of statements. Most tests begin with
the same one. So its rows are kept where it was made first, and later put back table by table,
past the triggers, whose work stands among the rows. Nothing is kept from one process to another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

_TABLES = """
select c.oid::regclass::text, string_agg(quote_ident(a.attname), ', ' order by a.attnum),
  max(pg_get_serial_sequence(c.oid::regclass::text, a.attname))
from pg_class c
join pg_attribute a on a.attrelid = c.oid
where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
  and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
group by c.oid
"""
_MAY = "select has_parameter_privilege('session_replication_role', 'set')"


@dataclass(frozen=True)
class _Table:
    """All rows of a table, as COPY writes them; `last` is what its sequence gave last."""

    name: str
    columns: str
    sequence: str | None
    rows: bytes
    last: int


@dataclass(frozen=True)
class _Kept:
    ground: tuple[Any, ...]
    answer: Any
    tables: list[_Table]


_kept: dict[Callable[..., Any], _Kept] = {}


def remembered(build: Callable[..., Any], *ground: Any) -> Any:
    """What `build` answers, with its rows in the database: by calling it, or from memory.

    It has to find the same before it each time: an empty database, or the `ground` that it takes,
    which another one remembers. Where the role may not pass by triggers, it is called each time.
    """
    kept = _kept.get(build)
    if kept is None or kept.ground != ground:
        return _first(build, *ground)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        for table in kept.tables:
            cursor.execute(f"delete from {table.name}")
            with cursor.copy(f"copy {table.name} ({table.columns}) from stdin") as copy:
                copy.write(table.rows)
        _advance(cursor, kept.tables)
        cursor.execute("set local session_replication_role = origin")
    return kept.answer


def _first(build: Callable[..., Any], *ground: Any) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text::bigint % 4294967296")
        (since,) = cursor.fetchone()
        answer = build(*ground)
        cursor.execute(_MAY)
        if cursor.fetchone()[0]:
            _kept[build] = _Kept(ground, answer, list(_touched(cursor, since)))
    return answer


def _touched(cursor, since):
    """The tables in which a row was written by this transaction, whole."""
    cursor.execute(_TABLES)
    for name, columns, sequence in cursor.fetchall():
        cursor.execute(f"select exists(select from {name} where xmin::text::bigint >= %s)", [since])
        if not cursor.fetchone()[0]:
            continue
        with cursor.copy(f"copy (select {columns} from {name}) to stdout") as copy:
            rows = b"".join(copy)
        last = 0
        if sequence:
            cursor.execute(f"select last_value from {sequence}")
            (last,) = cursor.fetchone()
        yield _Table(name, columns, sequence, rows, last)


def _advance(cursor, tables):
    """No later row gets the number of one that was put back."""
    step = "setval('{0}', greatest({1}, (select last_value from {0})))"
    steps = [step.format(each.sequence, each.last) for each in tables if each.sequence]
    if steps:
        cursor.execute(f"select {', '.join(steps)}")
