"""The simulated campaign runs now, and its band stands where a viewer expects it."""

import datetime as dt

import pytest

from bekal.campaigns.queries import expected_units, picture, running
from bekal.config.demo.campaign import make_campaign, round_target
from bekal.foundation.actors import command_actor
from bekal.sales.actions import record_sale
from tests.support.world import NOON, TODAY, YOHANA, a_sale


def test_the_campaign_of_the_demo_runs_and_says_that_it_is_simulated(world):
    for _ in range(30):
        record_sale(sale=a_sale(world.nabire, (world.noken, 40)), by=YOHANA, now=NOON)
    make_campaign(by=command_actor("demo"), now=NOON)
    campaign = running(on=TODAY)
    assert campaign is not None
    assert campaign.is_sample
    assert campaign.last_day > TODAY
    assert campaign.first_day == TODAY - dt.timedelta(days=26)
    assert expected_units(definition_id=campaign.definition_id) == {
        world.nabire,
        world.merauke,
        world.bangli,
    }
    assert 60 <= picture(campaign=campaign, now=NOON).target_percent <= 80


@pytest.mark.parametrize("recorded", [20_000_000, 123_456_789, 1_482_307_500, 7_142_857_143])
def test_a_round_target_is_a_third_more_than_what_is_recorded(recorded):
    target = round_target(recorded)
    assert 60 <= 100 * recorded // target <= 72
    assert len(str(target).rstrip("0")) <= 2
