"""Telling the catalogue what buyers may know of a product, only when that changes.

`Stock.told` keeps what was told last, so a level of which something else should be told is known by
its own row: whoever made it so tells when their act is committed, and if they cannot, the job of
the next minute does.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial

from django.db import connection, transaction

from bekal.catalogue import actions as catalogue
from bekal.catalogue.rules import FEW
from bekal.foundation.actors import Actor
from bekal.production import queries, rules
from bekal.production.models import Work

_A_TIME = 500
# Who holds the row of a level just now tells of it by themselves.
_CHANGED = """
select product_id from production_stock
where told <> least(greatest(on_hand - held, 0), %(many)s)
  and (%(products)s::bigint[] is null or product_id = any(%(products)s))
order by product_id for update skip locked
"""
_LOCK = """
select product_id from production_stock where product_id = any(%s) order by product_id for update
"""
_TOLD = """
update production_stock set told = least(greatest(on_hand - held, 0), %(many)s)
where product_id = any(%(products)s)
  and told <> least(greatest(on_hand - held, 0), %(many)s)
"""
_MANY = FEW + 1


@dataclass(frozen=True)
class Level:
    """What is free of a product after an act, and what the catalogue was told of it last."""

    product_id: int
    free: int
    told: int


def tell_if_changed(levels: Iterable[Level], *, by: Actor, now: dt.datetime) -> None:
    """Tell of the levels, once the act is committed, if they call for other words than were told.

    Not within the act: an event of the unit's audit chain would then come before its other locks.
    """
    changed = [level.product_id for level in levels if rules.told(level.free) != level.told]
    if changed:
        tell = partial(tell_shelves, product_ids=changed, by=by, now=now)
        transaction.on_commit(tell, robust=True)


@transaction.atomic
def tell_shelves(*, by: Actor, now: dt.datetime, product_ids: Collection[int] | None = None) -> int:
    """Tell of all levels, or of those of some products, of which something else was told.

    Returns of how many products that is news to the catalogue.
    """
    products = None if product_ids is None else list(product_ids)
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"products": products, "many": _MANY})
        changed = [row[0] for row in cursor.fetchall()]
    return _tell(changed, by=by, now=now)


@transaction.atomic(savepoint=False)  # it joins the act that changes what is to be told
def tell_of(product_ids: Collection[int], *, by: Actor, now: dt.datetime) -> int:
    """Tell what stands of these products now; for acts that are no moves and hold no later lock."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [list(product_ids)])
    return _tell(product_ids, by=by, now=now)


@transaction.atomic
def tell_workshops(*, workshop_ids: Collection[int], by: Actor, now: dt.datetime) -> int:
    """Tell how long what is made in some workshops takes now; returns how much of it was news."""
    made = Work.objects.filter(workshop_id__in=list(workshop_ids)).order_by("pk")
    return tell_of(list(made.values_list("pk", flat=True)), by=by, now=now)


def tell_of_hours(workshop_ids: Collection[int], *, by: Actor, now: dt.datetime) -> None:
    """The same once the act is committed that took or gave hours of these workshops."""
    if workshop_ids:
        tell = partial(tell_workshops, workshop_ids=workshop_ids, by=by, now=now)
        transaction.on_commit(tell, robust=True)


def rebuild_shelves(*, by: Actor, now: dt.datetime) -> int:
    """Tell of everything that is tracked or made to order; returns how much of it was news."""
    found = queries.told_products()
    parts = (found[first : first + _A_TIME] for first in range(0, len(found), _A_TIME))
    return sum(tell_of(some, by=by, now=now) for some in parts)


def _tell(product_ids: Collection[int], *, by: Actor, now: dt.datetime) -> int:
    if not product_ids:
        return 0
    shelves = queries.shelves(product_ids=product_ids, now=now)
    news = catalogue.tell_shelf(shelves=shelves, by=by, now=now)
    with connection.cursor() as cursor:
        cursor.execute(_TOLD, {"products": list(product_ids), "many": _MANY})
    return news
