"""A simulated campaign around the simulated month, so that the live page has something to show."""

import datetime as dt

from bekal.campaigns.actions import NewCampaign, declare_campaign
from bekal.campaigns.queries import units_by_kanwil
from bekal.foundation import formats
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Period, Zone, local_day
from bekal.foundation.ids import uuid7
from bekal.places.queries import centre
from bekal.turnover import queries as turnover
from bekal.turnover.rules import Basis

NAME = "Satu Hari Satu Karya (contoh)"
BACK, AHEAD = 26, 3
"""Days before and after the day on which the demo is made."""
_TARGET_PERCENT, _LEAST_TARGET = 140, 10_000_000


def make_campaign(*, by: Actor, now: dt.datetime) -> str:
    """A campaign that runs now, whose target is some way above what is recorded already."""
    today = local_day(now, Zone.WIB)
    period = Period(today - dt.timedelta(days=BACK), today + dt.timedelta(days=AHEAD))
    nation = centre(on=today)
    if nation is None:
        raise LookupError("the demo needs the places")
    recorded = turnover.total(place_id=nation.id, period=period, basis=Basis.AS_IT_WAS, on=today)
    target = round_target(recorded.total.net)
    units = [unit for kanwil in units_by_kanwil(on=period.first) for unit in kanwil.unit_ids]
    new = NewCampaign(uuid7(), NAME, None, period, target, frozenset(units))
    declare_campaign(new=new, by=by, now=now, is_sample=True)
    return f"{formats.period(period)}, target {formats.rupiah(target)}, {len(units)} units"


def round_target(recorded: int) -> int:
    """A round target of which the recorded sum is 60 to 75 percent."""
    wanted = max(_LEAST_TARGET, recorded * _TARGET_PERCENT // 100)
    size: int = 10 ** (len(str(wanted)) - 2)
    return -(-wanted // size) * size
