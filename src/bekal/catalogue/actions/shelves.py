"""Telling buyers how many there are."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.catalogue import rules
from bekal.foundation.actors import Actor

_TELL = """
insert into catalogue_shelf as shelf
  (product_id, state, "left", days, sentence, told_at, told_by)
select product_id, state, few, days, sentence, %(now)s, %(by)s
  from unnest(%(products)s::bigint[], %(states)s::text[], %(left)s::int[], %(days)s::int[],
              %(sentences)s::text[]) as told (product_id, state, few, days, sentence)
 order by product_id
on conflict (product_id) do update set
  state = excluded.state, "left" = excluded.left, days = excluded.days,
  sentence = excluded.sentence, told_at = excluded.told_at, told_by = excluded.told_by
where (shelf.state, shelf.left, shelf.days, shelf.sentence)
  is distinct from (excluded.state, excluded.left, excluded.days, excluded.sentence)
returning product_id, state, "left", days, (
  select s.unit_id from catalogue_product p join catalogue_seller s on s.id = p.seller_id
  where p.id = product_id
)
"""


@transaction.atomic
def tell_shelf(*, shelves: Sequence[rules.NewShelf], by: Actor, now: dt.datetime) -> int:
    """Tell buyers what stands on these shelves; returns of how many products that is news.

    Writes only what changed, with one event for each unit, so that pages stay kept while stock
    merely moves. One statement, and one for each unit that has news. Raises nothing.
    """
    if not shelves:
        return 0
    values: dict[str, Any] = {
        "products": [shelf.product_id for shelf in shelves],
        "states": [str(shelf.state) for shelf in shelves],
        "left": [shelf.left for shelf in shelves],
        "days": [shelf.days for shelf in shelves],
        "sentences": [shelf.sentence for shelf in shelves],
    }
    with connection.cursor() as cursor:
        cursor.execute(_TELL, {**values, "now": now, "by": str(by)})
        news = cursor.fetchall()
    _record(news, by=by, now=now)
    return len(news)


def _record(
    news: Sequence[tuple[int, str, int | None, int | None, int]], *, by: Actor, now: dt.datetime
) -> None:
    of_unit = defaultdict(list)
    for product_id, state, left, days, unit_id in sorted(news):
        of_unit[unit_id].append([product_id, state, left or days])
    for unit_id, told in sorted(of_unit.items()):
        audit.record(
            chain=chain_of_place(unit_id),
            action="catalogue.shelf",
            object_key=f"place:{unit_id}",
            detail={"shelves": told},
            by=by,
            now=now,
        )
