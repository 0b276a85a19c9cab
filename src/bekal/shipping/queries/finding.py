"""Finding a kecamatan by what people type."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection

from bekal.shipping.queries.shapes import Destination
from bekal.shipping.wording import KINDS, words_of

MOST = 20
_SHORT = 3
_COLUMNS = """
select d.code, d.name, r.name, p.name
from shipping_district d
join shipping_area r on r.code = d.regency_id
join places_province p on p.code = r.province_id
"""
# The list stands in a select of its own, so that the plan is kept (docs/decisions/0018).
_BY_CODE = _COLUMNS + "where d.code = any((select %(codes)s::text[])::text[]) order by d.code"
# The words as they were typed first, then whole words, then words that stand early: the name of
# the kecamatan itself stands before those of regency and province.
_FIT = """
, lateral (
  select count(*) filter (where d.search like '%% ' || w || ' %%') as whole,
    count(*) filter (where strpos(d.search, ' ' || w) > 0) as has,
    sum(strpos(d.search, ' ' || w)) as place
  from unnest(%(words)s::text[]) w
) fit where
"""
_ORDER = """
order by fit.has desc, d.search like '%% ' || %(phrase)s || '%%' desc, fit.whole desc, fit.place,
  length(d.name), d.code limit %(limit)s
"""
# What a word was probably meant to be: itself when some word begins so, else what looks like it.
_MEANT = """
select asked.word, coalesce(
  (select asked.word from shipping_word w where w.word like asked.word || '%%' limit 1),
  (select near.word from (
     select w.word, w.word <-> asked.word as far, w.used
     from shipping_word w order by w.word <-> asked.word limit 6
   ) near where near.far < 0.7 order by round(near.far::numeric, 1), near.used desc limit 1))
from unnest(%(words)s::text[]) asked (word)
"""


def district(*, code: str) -> Destination | None:
    """The kecamatan with this code. One statement, none where this process has asked for it before.

    A kecamatan keeps its names while a process lives: another edition comes with a release. Codes
    are digits; anything else that a form sends is none.
    """
    if not code.isdecimal():
        return None
    try:
        return _found(code)
    except KeyError:
        return None


@lru_cache(maxsize=10_000)
def _found(code: str) -> Destination:
    """As `district`; raises KeyError where there is none, which is not kept."""
    return districts(codes=[code])[code]


def forget() -> None:
    """Ask anew for every kecamatan, for tests: their transactions never happened."""
    _found.cache_clear()


def districts(*, codes: Collection[str]) -> dict[str, Destination]:
    """The kecamatan with these codes, by code. One statement."""
    return {found.code: found for found in _ask(_BY_CODE, {"codes": list(codes)})}


def search_districts(*, text: str, limit: int = 8) -> list[Destination]:
    """The kecamatan that are meant by what was typed, the likeliest first.

    Words may be begun, in any order, of its name, its regency or its province. Where no kecamatan
    has them all, mistyped words are read as what they look like; where none has these either,
    those that have most of them are found. One statement, five at most.
    """
    words = words_of(text)
    if not words:
        return []
    limit = min(max(limit, 1), MOST)
    return _find(words, limit=limit) or _find_meant(words, limit=limit)


def _find_meant(words: Sequence[str], *, limit: int) -> list[Destination]:
    with connection.cursor() as cursor:
        cursor.execute(_MEANT, {"words": list(words)})
        meant = dict(cursor.fetchall())
    read = [meant[word] for word in words if meant[word]]
    bare = [word for word in read if word not in KINDS]
    found = _find(read, limit=limit) if read != words else []
    if not found and bare != read:
        found = _find(bare, limit=limit)
    return found or _find(bare, limit=limit, some=True)


def _find(words: Sequence[str], *, limit: int, some: bool = False) -> list[Destination]:
    """The kecamatan that have all of the words, or some of the longer ones."""
    if some:
        words = [word for word in words if len(word) >= _SHORT]
    if not words:
        return []
    # Of one or two letters too many words begin: then only names are looked at.
    opening = "" if len("".join(words)) < _SHORT else "%"
    begun = {f"begun{n}": f"{opening} {word}%" for n, word in enumerate(words)}
    values = {"words": list(words), "phrase": " ".join(words), "limit": limit, **begun}
    clauses = [f"d.search like %({name})s" for name in begun]
    return _ask(
        "".join((_COLUMNS, _FIT, (" or " if some else " and ").join(clauses), _ORDER)), values
    )


def _ask(sql: str, values: Mapping[str, Any]) -> list[Destination]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Destination(*row) for row in cursor.fetchall()]
