"""Looking for words among the public products.

First the words as they are written, with what means the same; when nothing has them, beginnings
and stems of words, then the product with this code; when nothing has these either, the words that
were probably meant.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db import connection

from bekal.catalogue import wording
from bekal.catalogue.queries import traits
from bekal.catalogue.queries.goods import written_code
from bekal.catalogue.queries.ground import Ground
from bekal.catalogue.queries.showcase_shapes import ShowcaseFilters, ShowcaseSort
from bekal.catalogue.queries.sieve import Sieve, sieve

MOST_RANKED = 2_400
"""How many are ranked by how well they fit, in 4 ms; of a word that more products have, the first
that are found."""
_ALL = 100_000
# Words as they were typed count twice, and of like names the short one is more likely meant; what
# can be bought counts twice too, which is less than the place of the word does.
_FIT = """(1 + p.is_offered::int)
 * (ts_rank(p.search_plain, q) + ts_rank(p.search_plain, typed)) / (40 + length(p.name))"""
_TYPED = "to_tsquery('simple', %(typed)s) typed"
_FITS = {
    "best": (_FIT, f"to_tsquery('simple', %(exact)s) q, {_TYPED}", "p.search_plain @@ q"),
    "begun": (
        _FIT,
        f"to_tsquery('simple', %(begun)s) q, to_tsquery('indonesian', %(stems)s) stems, {_TYPED}",
        "(p.search_plain @@ q or p.search_stems @@ stems)",
    ),
    "code": ("1", "(select) q", "p.code = %(code)s"),
    "loose": (_FIT, f"to_tsquery('simple', %(loose)s) q, {_TYPED}", "p.search_plain @@ q"),
}
_ORDERS = {
    ShowcaseSort.BEST: "fit desc, id desc",
    ShowcaseSort.NEWEST: "id desc",
    ShowcaseSort.CHEAPEST: "amount, id desc",
    ShowcaseSort.DEAREST: "amount desc, id",
}
# Words that no product has, each with those that look most like it, the common ones first. Two
# signs swapped leave a short word hardly a trigram, so what they give is looked up as it is.
_NEAR = """
select jsonb_object_agg(asked.word, (
    select jsonb_agg(near.word order by near.used desc, near.far) from (
      select w.word, w.word <-> asked.word as far, (
        select count(*) from (
          select from catalogue_product where search_plain @@ to_tsquery('simple', w.word) limit 30
        ) users) as used
      from (
        (select w.word from catalogue_word w order by w.word <-> asked.word limit 12)
        union
        select w.word from generate_series(1, length(asked.word) - 1) place
        join catalogue_word w on w.word = overlay(asked.word placing
          reverse(substr(asked.word, place, 2)) from place for 2)
      ) w) near))
from unnest(%(words)s::text[]) asked (word)
where not exists (select from found)
  and not exists (select from catalogue_word w where w.word = asked.word)
"""


@dataclass(frozen=True)
class Found:
    """Products that have the words, in their order.

    `said` are the words that they have if they are not those that were typed; `is_more` says that
    more products have them than are given, `is_loose` that none has all of the words.
    """

    ids: Sequence[int] = ()
    is_more: bool = False
    said: str = ""
    is_loose: bool = False


def search(
    filters: ShowcaseFilters, *, floor: Ground, on: dt.date, most: int | None = None
) -> Found:
    """Public products that have the words of the filters and fit the rest of them, `most` at most.

    One statement, and a second one when the words as typed find nothing; none without words.
    """
    words = wording.words_of(filters.text)
    if not words:
        return Found()
    fine = sieve(filters.sieve, floor=floor, on=on)
    look = partial(_look, fine=fine, sort=filters.sort, most=most or _most(filters.sort))
    code = written_code("".join(filters.text.split())) or ""
    found, near = look(words, ["best", "begun", *(["code"] if code else [])], code=code)
    if found.ids:
        return found
    meant = " ".join(wording.meant(word, near.get(word, [])) or word for word in words).split()
    found, _ = look(meant, ["best", "begun", "loose"])
    is_as_meant = meant != words and bool(found.ids) and not found.is_loose
    return replace(found, said=" ".join(meant) if is_as_meant else "")


def _most(sort: ShowcaseSort) -> int:
    return MOST_RANKED if sort is ShowcaseSort.BEST else _ALL


def _look(
    words: Sequence[str],
    tiers: Sequence[str],
    *,
    fine: Sieve,
    sort: ShowcaseSort,
    most: int,
    code: str = "",
) -> tuple[Found, dict[str, list[str]]]:
    values: dict[str, Any] = {
        "typed": wording.typed_query(words),
        "exact": wording.exact_query(words),
        "begun": wording.begun_query(words),
        "stems": wording.stems_query(words),
        "loose": wording.any_query(words),
        "words": list(words),
        "code": code,
        "most": most + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(tiers, fine, sort), {**fine.values, **values})
        ids, is_loose, far = cursor.fetchone() or (None, None, None)
    near = {word: others or [] for word, others in json.loads(far or "{}").items()}
    found = Found((ids or [])[:most], is_more=len(ids or []) > most, is_loose=bool(is_loose))
    return found, near


def _statement(tiers: Sequence[str], fine: Sieve, sort: ShowcaseSort) -> str:
    """Tier after tier; one is looked at only when those before it found nothing."""
    parts = [_tier(name, tiers[:place], fine) for place, name in enumerate(tiers)]
    union = " union all ".join(f"select * from {name}" for name in tiers)
    return (
        f"with {', '.join(parts)}, found as materialized ({union}) "
        f"select array_agg(id order by {_ORDERS[sort]}), bool_or(is_loose), ({_NEAR}) from found"
    )


def _tier(name: str, before: Sequence[str], fine: Sieve) -> str:
    fit, query, match = _FITS[name]
    amount = "price.amount" if traits.PRICE_JOIN in fine.joins else "null::bigint"
    unless = "".join(f" and not exists (select from {tier})" for tier in before)
    return (
        f"{name} as materialized (select p.id, {fit} as fit, {name == 'loose'} as is_loose, "
        f"{amount} as amount from {query}, catalogue_product p {fine.joins} "
        f"where {match} and {fine.where}{unless} limit %(most)s)"
    )
