"""The worker looks after goods each minute and each night."""

import datetime as dt

import pytest

from bekal.catalogue.models import Shelf
from bekal.config import jobs
from bekal.foundation import clock
from bekal.production import actions
from bekal.production.models import Hold, Pause
from bekal.production.tests.goods import LATER, hold, receive
from tests.support.world import NOON, YOHANA

pytestmark = pytest.mark.django_db


def test_the_job_of_the_minute_lets_go_ends_and_tells(world, monkeypatch):
    receive(world.noken, 2)
    hold((world.noken, 2))
    actions.pause_unit(
        unit_id=world.nabire, sentence="Penggeledahan.", until=LATER, by=YOHANA, now=NOON
    )
    assert Shelf.objects.get().state == "paused"
    monkeypatch.setattr(clock, "now", lambda: LATER)
    for _ in range(2):
        jobs.goods_by_the_minute(0)
    assert (Shelf.objects.get().state, Shelf.objects.get().left) == ("few", 2)
    assert Hold.objects.get().status == "released"
    assert Pause.objects.get().ended_by == "job:goods_by_the_minute"


def test_the_job_of_the_night_tells_of_everything(world, monkeypatch):
    receive(world.noken, 2)
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(days=1))
    jobs.nightly_shelves(0)
    assert Shelf.objects.get().left == 2
