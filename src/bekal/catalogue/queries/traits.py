"""What the filters of the list look at in a product `p` on a day, in SQL and in memory alike."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bekal.catalogue import kinds
from bekal.catalogue.queries.goods import ORDERABLE_ON, orderable_on
from bekal.catalogue.queries.showcase_shapes import Filters, PriceRange, Stock
from bekal.foundation.clock import Zone

NEW_DAYS = 30
YES = "ya"
_YES = frozenset({YES})
_BANDS: dict[PriceRange, frozenset[str]] = {
    PriceRange.KNOWN: frozenset({"low", "middle", "high"}),
    PriceRange.LOW: frozenset({"low"}),
    PriceRange.MIDDLE: frozenset({"middle"}),
    PriceRange.HIGH: frozenset({"high"}),
}
PRICE_JOIN = """
join catalogue_pricespan price on price.product_id = p.id
 and price.since <= %(on)s and (price.until is null or price.until > %(on)s)
"""
LISTING_JOINS = """
join catalogue_seller s on s.id = p.seller_id
join catalogue_listing l on l.product_id = p.id
join catalogue_shelf shelf on shelf.product_id = p.id
"""
OF_STOCK = {
    Stock.READY: f"(shelf.state in ('ready', 'few') and {ORDERABLE_ON})",
    Stock.MADE: f"(shelf.state = 'made' and {ORDERABLE_ON})",
}
HALAL = """
exists (select from catalogue_permitproduct pp join catalogue_permit permit
          on permit.id = pp.permit_id and permit.withdrawn_at is null
         where pp.product_id = p.id and permit.kind = 'halal'
           and %(on)s between permit.valid_from and coalesce(permit.valid_until, 'infinity'))
"""
NEW = "p.added_at >= %(new_since)s"
JOINS = f"""
join catalogue_seller s on s.id = p.seller_id
left {PRICE_JOIN.strip()}
left join catalogue_listing l on l.product_id = p.id
left join catalogue_shelf shelf on shelf.product_id = p.id
"""
# Of products joined to `gross`, which says of a category of a unit whether it shares gross.
WORDS = f"""
concat_ws(',',
  case when price.amount is null then 'none' when price.amount <= 50000 then 'low'
       when price.amount <= 250000 then 'middle' else 'high' end,
  case when price.amount is null or not {orderable_on("gross.is_gross")} then ''
       when shelf.state in ('ready', 'few') then '{Stock.READY}'
       when shelf.state = 'made' then '{Stock.MADE}' else '' end,
  case when {HALAL} then '{YES}' else '' end,
  case when {NEW} then '{YES}' else '' end)
"""
"""The traits of a product from its band on."""


def days_of(on: dt.date) -> dict[str, Any]:
    """The values of a day that the columns and conditions ask for."""
    since = dt.datetime.combine(on - dt.timedelta(days=NEW_DAYS), dt.time(), Zone.WIB.info)
    return {"on": on, "new_since": since}


class Traits(NamedTuple):
    """What the filters look at in a product, as the words of addresses; `band` is of its price."""

    kind: str
    province: str
    kanwil: str
    band: str
    stock: str
    halal: str
    new: str


def read(region: tuple[str, str], category: str, words: str) -> Traits:
    """The traits of a product in a province and kanwil; `words` are those from its band on."""
    return Traits(kinds.kind_of(category).code, *region, *words.split(","))


Cells = Counter[Traits]
"""How many public products have the same traits."""


def sum_up(several: Iterable[Cells]) -> Cells:
    """The cells of several units together."""
    sums = Cells()
    for each in several:
        sums.update(each)
    return sums


@dataclass(frozen=True)
class Counts:
    """Products left by some filters, and by each choice of one of them with the others kept.

    `units` are counted within a province or kanwil alone.
    """

    total: int
    kinds: Mapping[str, int]
    provinces: Mapping[str, int]
    kanwil: Mapping[str, int]
    prices: Mapping[str, int]
    stock: Mapping[str, int]
    halal: int
    new: int
    units: Mapping[str, int] = field(default_factory=dict)


def accepted(filters: Filters) -> tuple[frozenset[str] | None, ...]:
    """For each of the traits which values fit; None: any."""
    words = (filters.category, filters.province, filters.kanwil)
    return (
        *(frozenset({word}) if word else None for word in words),
        _BANDS[filters.price] if filters.price else None,
        frozenset({filters.stock}) if filters.stock else None,
        _YES if filters.is_halal else None,
        _YES if filters.is_new else None,
    )


def counted(cells: Mapping[Traits, int], filters: Filters) -> Counts:
    """Sum cells up: each facet counts what all the other filters leave."""
    wanted = [(place, fits) for place, fits in enumerate(accepted(filters)) if fits is not None]
    sums = [Counter[str]() for _ in Traits._fields]
    total = 0
    for traits, count in cells.items():
        missed = [place for place, fits in wanted if traits[place] not in fits]
        if not missed:
            total += count
            for place, code in enumerate(traits):
                sums[place][code] += count
        elif len(missed) == 1:
            sums[missed[0]][traits[missed[0]]] += count
    return _counts(total, sums)


def counted_all(goods: Collection[Traits]) -> Counts:
    """The same of goods one by one, when no filter is set."""
    columns = zip(*goods, strict=True) if goods else [()] * len(Traits._fields)
    return _counts(len(goods), [Counter(column) for column in columns])


def _counts(total: int, sums: Sequence[Counter[str]]) -> Counts:
    kinds, provinces, kanwil, bands, stock, halal, new = sums
    prices: dict[str, int] = {
        choice: sum(bands[band] for band in fits) for choice, fits in _BANDS.items()
    }
    return Counts(total, kinds, provinces, kanwil, prices, stock, halal[YES], new[YES])
