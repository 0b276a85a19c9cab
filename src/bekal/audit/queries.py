"""Is every chain whole? What happened to an object? Has anything happened at all?"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

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
  from audit_event
  where %(chains)s::text[] is null or chain = any(%(chains)s)
  window w as (partition by chain order by seq)
), last as (
  select distinct on (chain) chain, seq, seal from audit_event
  where %(chains)s::text[] is null or chain = any(%(chains)s)
  order by chain, seq desc
), heads as (
  select * from audit_chain where %(chains)s::text[] is null or name = any(%(chains)s)
)
select chain || ' #' || seq || ': isi diubah' from checked where seal <> expected
union all
select chain || ' #' || seq || ': tidak menyambung dengan catatan sebelumnya'
  from checked where previous <> before or seq <> seq_before + 1
union all
select coalesce(c.name, l.chain) || ': ujung rantai tidak cocok dengan catatan terakhir'
  from heads c full join last l on l.chain = c.name
  where l.chain is null or c.name is null or c.seq <> l.seq or c.head <> l.seal
order by 1
"""


def chain_problems(*, chains: Collection[str] | None = None) -> list[str]:
    """Every place where a chain was broken, as sentences; empty when all are whole.

    `chains` narrows to some of them; the cost is that of their events.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BROKEN, {"chains": None if chains is None else sorted(chains)})
        return [row[0] for row in cursor.fetchall()]


def events_of(*, object_key: str) -> QuerySet[Event]:
    """What was done to an object, oldest first."""
    return Event.objects.filter(object_key=object_key).order_by("id")


@dataclass(frozen=True)
class Sought:
    """Which events: of some chains (None for all), and narrowed; empty for no narrowing."""

    chains: Collection[str] | None
    object_key: str = ""
    actor: str = ""
    topic: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def events_sought(sought: Sought) -> QuerySet[Event]:
    """Events as they were sought, newest first; `until` is excluded."""
    found = Event.objects.order_by("-id")
    if sought.chains is not None:
        found = found.filter(chain__in=sorted(sought.chains))
    given = {
        "object_key": sought.object_key or None,
        "actor": sought.actor or None,
        "action__startswith": f"{sought.topic}." if sought.topic else None,
        "at__gte": sought.since,
        "at__lt": sought.until,
    }
    return found.filter(**{field: value for field, value in given.items() if value is not None})


def events_of_objects(*, object_keys: Collection[str], until: dt.datetime) -> QuerySet[Event]:
    """What was done to some objects up to an instant, in the order of writing."""
    return Event.objects.filter(object_key__in=object_keys, at__lte=until).order_by("id")


def heads_at(*, chains: Collection[str], until: dt.datetime) -> list[tuple[str, int, str]]:
    """The end of each chain at an instant: name, length and seal in hexadecimal; by name."""
    found = Event.objects.filter(chain__in=chains, at__lte=until).order_by("chain", "-seq")
    rows = found.distinct("chain").values_list("chain", "seq", "seal")
    return [(chain, seq, bytes(seal).hex()) for chain, seq, seal in rows]


# Every act leaves an event, so the newest events of a topic tell its state. The sum of their ids
# only grows: an event that becomes visible is newer than the oldest one that it pushes out. The
# newest id alone would miss the act that took its id first and was committed last; a counter would
# make all acts of the nation wait for one row.
#
# A stretch of the index of topics is asked for, in its order. Of ids in order where a topic equals
# PostgreSQL makes a walk through all events, until it has met enough of a topic seldom written.
_REVISIONS = """
select topic, coalesce((
    select sum(id) from (
      select id from audit_event
      where (split_part(action, '.', 1), id) between (topic, 0) and (topic, 9223372036854775807)
      order by split_part(action, '.', 1) desc, id desc limit 100
    ) newest
  ), 0)::bigint
from unnest((select %s::text[])) topic
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
  select at from audit_event
  where (split_part(action, '.', 1), id) between (topic, 0) and (topic, 9223372036854775807)
  order by split_part(action, '.', 1) desc, id desc limit 1
)
from unnest(%s::text[]) topic
"""


def last_changes(*, topics: Collection[str]) -> dict[str, dt.datetime | None]:
    """When something last happened under each topic, None where nothing ever did; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_CHANGES, [sorted(topics)])
        return dict(cursor.fetchall())
