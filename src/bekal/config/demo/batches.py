"""Made-up batches for the unit of the demo's sign-ins: the work of its made-up makers."""

import datetime as dt
import random
from collections.abc import Sequence

from bekal.accounts.rules import Role
from bekal.catalogue.queries import food_among
from bekal.config.demo.people import unit_of
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.ids import uuid7
from bekal.places.queries import PlaceNow
from bekal.production import actions as production
from bekal.production import queries
from bekal.production.queries import AtWork, StockFilters, StockRow
from bekal.production.rules import ModelOfWork, NewBatch, NewCorrection

DAYS = 24
"""Of how many days before today; today is left for whoever tries the desk."""
_GOODS = 4
_SHELF_LIFE = dt.timedelta(days=60)
_AFTERNOON = dt.time(15, 40)
_SUNDAY = 6
_IDLE = 5
"""How many days ago nothing was made."""


def make_batches(*, by: Actor, now: dt.datetime) -> str:
    """Batches of each working day of three weeks, one corrected and labelled; a day of nothing."""
    place = unit_of(Role.PETUGAS, on=local_day(now, Zone.WIB))
    found = queries.stock_of_unit(unit_id=place.id, filters=StockFilters())
    goods = [row for row in found if row.is_sample and row.on_hand is not None][:_GOODS]
    if not goods:
        return "no goods to make"
    chance = random.Random("bekal batches")  # noqa: S311 - the same demo on every machine
    made = [
        batch
        for ago in range(DAYS, 0, -1)
        for batch in _day(place, goods, ago=ago, chance=chance, by=by, now=now)
    ]
    fix = NewCorrection(uuid7(), made[-1].key, made[-1].good - 1, 1, "CONTOH satu ternyata retak")
    production.correct_batch(unit_id=place.id, new=fix, by=by, now=now)
    production.mint_labels(unit_id=place.id, batch_id=made[-1].key, by=by, now=now)
    return f"{len(made)} simulated batches"


def _day(
    place: PlaceNow,
    goods: Sequence[StockRow],
    *,
    ago: int,
    chance: random.Random,
    by: Actor,
    now: dt.datetime,
) -> list[NewBatch]:
    """One or two batches of a day, written down in its afternoon; none on a Sunday."""
    zone = place.zone or Zone.WIB
    day = local_day(now, zone) - dt.timedelta(days=ago)
    then = dt.datetime.combine(day, _AFTERNOON, tzinfo=zone.info)
    if ago == _IDLE:
        production.tell_no_production(unit_id=place.id, day=day, by=by, now=then)
        return []
    makers = queries.at_work(unit_id=place.id, on=day)
    if not makers or day.weekday() == _SUNDAY:
        return []
    chosen = chance.sample(list(goods), min(len(goods), chance.choice((1, 2))))
    batches = []
    for number, row in enumerate(chosen):
        team = makers[number::2] or makers
        new = _batch(place, row, team, day=day, chance=chance)
        production.record_batch(new=new, by=by, now=then + dt.timedelta(minutes=4 * number))
        batches.append(new)
    return batches


def _batch(
    place: PlaceNow,
    row: StockRow,
    team: Sequence[AtWork],
    *,
    day: dt.date,
    chance: random.Random,
) -> NewBatch:
    """A few pieces, the work of some makers for half of their day."""
    is_food = bool(food_among(product_ids=[row.product_id]))
    return NewBatch(
        key=uuid7(),
        unit_id=place.id,
        workshop_id=team[0].workshop_id,
        product_id=row.product_id,
        made_on=day,
        good=chance.randrange(4, 16),
        rejected=chance.choice((0, 0, 0, 1, 2)),
        model=ModelOfWork.OWN,
        shares=tuple((one.maker, chance.choice((120, 150, 180))) for one in team),
        expires_on=day + _SHELF_LIFE if is_food else None,
        note="Data contoh",
    )
