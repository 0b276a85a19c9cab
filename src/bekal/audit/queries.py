"""Is every chain whole? What happened to an object? Has anything happened at all?"""

import datetime as dt
from collections.abc import Collection

from django.db import connection
from django.db.models import QuerySet

from bekal.audit.models import Event

# One pass in the database: each event's seal is recomputed and compared, each follows the one
# before it, and each head is the last event's seal.
_BROKEN = """
with checked as (
  select chain, seq, seal, previous,
    sha256(previous || convert_to(concat_ws(E'\\x1f', chain, seq::text,
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
      actor, action, object_key, detail), 'UTF8')) as expected,
    coalesce(lag(seal) over w, ''::bytea) as before,
    coalesce(lag(seq) over w, 0) as seq_before
  from audit_event window w as (partition by chain order by seq)
), last as (
  select distinct on (chain) chain, seq, seal from audit_event order by chain, seq desc
)
select chain || ' #' || seq || ': isi diubah' from checked where seal <> expected
union all
select chain || ' #' || seq || ': tidak menyambung dengan catatan sebelumnya'
  from checked where previous <> before or seq <> seq_before + 1
union all
select coalesce(c.name, l.chain) || ': ujung rantai tidak cocok dengan catatan terakhir'
  from audit_chain c full join last l on l.chain = c.name
  where l.chain is null or c.name is null or c.seq <> l.seq or c.head <> l.seal
order by 1
"""


def chain_problems() -> list[str]:
    """Every place where a chain was broken, as sentences; empty when all are whole."""
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN)
        return [row[0] for row in cursor.fetchall()]


def events_of(*, object_key: str) -> QuerySet[Event]:
    """What was done to an object, oldest first."""
    return Event.objects.filter(object_key=object_key).order_by("id")


# Every act leaves an event, so the newest events of a topic tell its state. The sum of their ids
# only grows: an event that becomes visible is newer than the oldest one that it pushes out. The
# newest id alone would miss the act that took its id first and was committed last; a counter would
# make all acts of the nation wait for one row.
_REVISIONS = """
select topic, coalesce((
    select sum(id) from (
      select id from audit_event where split_part(action, '.', 1) = topic
      order by id desc limit 100
    ) newest
  ), 0)::bigint
from unnest(%s::text[]) topic
"""


def revisions(*, topics: Collection[str]) -> dict[str, int]:
    """A number for each topic that grows with every act under it that was committed.

    A topic is the first word of an event's action: "sales" for "sales.record". One statement, whose
    cost does not grow with history. An act may be overlooked
    only when a hundred later ones of its topic were committed before it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REVISIONS, [sorted(topics)])
        return {topic: int(total) for topic, total in cursor.fetchall()}


def revision(*, topics: Collection[str]) -> int:
    """One number for several topics together, which grows as `revisions` do."""
    return sum(revisions(topics=topics).values())


_LAST_CHANGES = """
select topic, (
  select at from audit_event where split_part(action, '.', 1) = topic order by id desc limit 1
)
from unnest(%s::text[]) topic
"""


def last_changes(*, topics: Collection[str]) -> dict[str, dt.datetime | None]:
    """When something last happened under each topic, None where nothing ever did; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_CHANGES, [sorted(topics)])
        return dict(cursor.fetchall())
