"""The made-up makers of the demo: marked as such, in every state that a page shows."""

import datetime as dt

import pytest

from bekal.config.demo.makers import make_makers
from bekal.foundation.clock import Zone, local_day
from bekal.people import queries
from bekal.people.models import Maker
from bekal.people.queries import MakerFilters, Standing
from bekal.people.tests.makers import rules
from bekal.production import queries as production
from tests.support.world import NOON, SETUP

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("hours", [0, 13.5, 16], ids=["noon", "evening", "after midnight"])
def test_the_demo_has_makers_who_may_work_and_who_may_not(
    world, django_assert_max_num_queries, hours
):
    """At any hour: the day of the server is not always the day of the unit."""
    now = NOON + dt.timedelta(hours=hours)
    rules()
    with django_assert_max_num_queries(600):
        assert make_makers(by=SETUP, now=now) == "13 makers, 6 at work"
    assert not Maker.objects.filter(is_sample=False).exists()
    asked = {"unit_id": world.merauke, "on": local_day(now, Zone.WIB)}
    counts = {
        standing: len(queries.makers_of(**asked, filters=MakerFilters(standing=standing)))
        for standing in (Standing.MAY_WORK, Standing.MAY_NOT)
    }
    assert counts == {Standing.MAY_WORK: 8, Standing.MAY_NOT: 4}
    assert len(queries.expiring_facts(**asked)) == 2
    assert len(queries.coming_to(unit_id=world.merauke)) == 1
    assert len(production.assigned_on(**asked)) == 6
    assert len(production.unassigned(**asked)) == 2
