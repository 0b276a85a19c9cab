"""Batches are written down: pieces, the work of makers by code, goods; and corrected by facts."""

import pytest

from bekal.audit.models import Event
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused, Refused
from bekal.people.tests.makers import lets_go, receives, rules, who_may_work
from bekal.production import actions, queries
from bekal.production.models import Batch, BatchCorrection, BatchShare, NoProduction, StockMove
from bekal.production.rules import ModelOfWork
from bekal.production.tests.batches import DAY, a_batch, corrects, makes
from bekal.production.tests.goods import a_workshop, level
from bekal.production.tests.work import limits, works
from tests.support.world import NOON, TODAY, YESTERDAY, YOHANA

pytestmark = pytest.mark.django_db
FACTS = (Batch, BatchShare, BatchCorrection, NoProduction, StockMove, Event)


@pytest.fixture
def nabire(world):
    """Lapas Nabire, where nobody works longer than seven hours a day."""
    rules()
    limits(world.nabire, valid_from=TODAY - 30 * DAY, now=NOON - 30 * DAY)
    return world.nabire


@pytest.fixture
def weaving(nabire):
    """A workshop of Nabire."""
    return a_workshop(nabire, name="Bengkel anyam")


@pytest.fixture
def petrus(nabire, weaving):
    """A maker who has worked there for ten days."""
    maker = who_may_work(nabire)
    works(maker, nabire, weaving, first=TODAY - 10 * DAY)
    return maker


@pytest.fixture
def yakob(nabire, weaving):
    """Another."""
    maker = who_may_work(nabire, number="UJI-2")
    works(maker, nabire, weaving, first=TODAY - 10 * DAY, minutes=240)
    return maker


def refused(act, *args, field="", **changes):
    """What is refused, in words; nothing may have changed then."""
    before = [list(model.objects.order_by("pk").values()) for model in FACTS]
    with pytest.raises(Refused) as no:
        act(*args, **changes)
    assert [list(model.objects.order_by("pk").values()) for model in FACTS] == before
    assert no.value.field == field
    return no.value.message


class TestWritingDown:
    def test_pieces_work_and_goods_are_written_in_one_act(self, world, weaving, petrus, yakob):
        new = a_batch(world.nabire, weaving, world.noken, shares=((petrus, 300), (yakob, 100)))
        assert actions.record_batch(new=new, by=YOHANA, now=NOON) == "B-0001"
        assert level(world.noken) == (12, 0)
        (move,) = StockMove.objects.all()
        assert (move.source, move.reason, move.pieces) == (f"batch:{new.key}", "received", 12)
        (row,) = queries.batches_with_shares(unit_id=world.nabire, product_ids=[world.noken])
        assert (row.batch_id, row.made_on, row.pieces) == (new.key, TODAY, 12)
        assert row.shares == tuple(sorted([(petrus, 300), (yakob, 100)]))
        assert Event.objects.filter(action="production.record_batch").count() == 1

    def test_a_repeat_is_written_once_and_other_content_is_refused(self, world, weaving, petrus):
        new = a_batch(world.nabire, weaving, world.noken, shares=((petrus, 60),))
        numbers = [actions.record_batch(new=new, by=YOHANA, now=NOON) for _ in range(2)]
        assert numbers == ["B-0001", "B-0001"]
        assert level(world.noken) == (12, 0)
        other = a_batch(
            world.nabire, weaving, world.noken, shares=((petrus, 60),), key=new.key, good=13
        )
        with pytest.raises(KeyReused):
            actions.record_batch(new=other, by=YOHANA, now=NOON)
        assert level(world.noken) == (12, 0)

    def test_work_for_a_service_moves_no_goods(self, world, weaving, petrus):
        makes(
            world.nabire,
            weaving,
            world.noken,
            model=ModelOfWork.SERVICE,
            shares=((petrus, 60),),
        )
        assert not StockMove.objects.exists()
        (row,) = queries.batches_with_shares(unit_id=world.nabire, product_ids=[world.noken])
        assert row.pieces == 12

    def test_a_day_of_rejects_alone_moves_no_goods(self, world, weaving, petrus):
        makes(world.nabire, weaving, world.noken, good=0, rejected=3, shares=((petrus, 60),))
        assert not StockMove.objects.exists()

    def test_the_oldest_is_told_first(self, world, weaving, petrus):
        for made_on in (TODAY, TODAY - 2 * DAY, YESTERDAY):
            makes(world.nabire, weaving, world.noken, made_on=made_on, shares=((petrus, 60),))
        rows = queries.batches_with_shares(unit_id=world.nabire, product_ids=[world.noken])
        assert [row.made_on for row in rows] == [TODAY - 2 * DAY, YESTERDAY, TODAY]
        assert queries.batches_with_shares(unit_id=world.bangli, product_ids=[world.noken]) == []

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"good": 0, "rejected": 0}, "good"),
            ({"good": -1}, "good"),
            ({"rejected": 100_001}, "rejected"),
            ({"made_on": TODAY + DAY}, "made_on"),
            ({"made_on": TODAY - 32 * DAY}, "made_on"),
            ({"model": ModelOfWork.PARTNER}, "partner"),
            ({"partner": "PT Mitra"}, "partner"),
            ({"expires_on": TODAY}, "expires_on"),
            ({"expires_on": TODAY + 9_999 * DAY}, "expires_on"),
            ({"shares": ()}, "shares"),
            ({"note": "x" * 201}, "note"),
        ],
    )
    def test_what_lacks_something_is_refused(self, world, weaving, petrus, changes, field):
        given = {"shares": ((petrus, 60),), **changes}
        assert refused(makes, world.nabire, weaving, world.noken, field=field, **given)

    def test_food_is_asked_when_it_expires(self, world, weaving, petrus):
        shares = ((petrus, 60),)
        said = refused(
            makes, world.nabire, weaving, world.coffee, shares=shares, field="expires_on"
        )
        assert "kedaluwarsa" in said
        makes(world.nabire, weaving, world.coffee, shares=shares, expires_on=TODAY + 90 * DAY)

    def test_goods_and_workshops_of_others_are_refused(self, world, weaving, petrus):
        shares = ((petrus, 60),)
        refused(makes, world.nabire, weaving, world.endek, shares=shares, field="product")
        theirs = a_workshop(world.bangli, name="Bengkel tenun")
        refused(makes, world.nabire, theirs, world.noken, shares=shares, field="workshop")


class TestWhoWorked:
    def test_who_had_no_work_that_day_has_no_share(self, world, weaving, petrus):
        shares = ((petrus, 60),)
        early = TODAY - 11 * DAY
        said = refused(
            makes, world.nabire, weaving, world.noken, made_on=early, shares=shares, field="shares"
        )
        assert petrus in said

    def test_a_day_is_no_longer_than_the_unit_allows(self, world, weaving, petrus):
        makes(world.nabire, weaving, world.noken, shares=((petrus, 300),))
        fresh = {"expires_on": TODAY + 90 * DAY}
        said = refused(
            makes,
            world.nabire,
            weaving,
            world.coffee,
            shares=((petrus, 121),),
            field="shares",
            **fresh,
        )
        assert "420 menit sehari" in said
        assert "300 menit" in said
        makes(world.nabire, weaving, world.coffee, shares=((petrus, 120),), **fresh)

    def test_what_was_taken_back_took_no_time(self, world, weaving, petrus):
        batch = makes(world.nabire, weaving, world.noken, shares=((petrus, 400),))
        corrects(world.nabire, batch, good=0)
        makes(world.nabire, weaving, world.noken, shares=((petrus, 400),))
        assert level(world.noken) == (12, 0)

    def test_who_moved_the_day_after_stays_in_it(self, world, weaving, petrus):
        batch = makes(world.nabire, weaving, world.noken, shares=((petrus, 300),))
        receives(lets_go(petrus, world.nabire, world.bangli, on=TODAY + DAY, now=NOON + DAY),
                 world.bangli, on=TODAY + DAY, now=NOON + DAY)  # fmt: skip
        (row,) = queries.batches_with_shares(unit_id=world.nabire, product_ids=[world.noken])
        assert (row.batch_id, row.shares) == (batch, ((petrus, 300),))
        late = NOON + 2 * DAY
        makes(world.nabire, weaving, world.noken, shares=((petrus, 60),), now=late)
        refused(
            makes,
            world.nabire,
            weaving,
            world.noken,
            made_on=TODAY + DAY,
            shares=((petrus, 60),),
            now=late,
            field="shares",
        )


class TestCorrecting:
    @pytest.fixture
    def batch(self, world, weaving, petrus):
        """Twelve good noken and one bad."""
        return makes(world.nabire, weaving, world.noken, shares=((petrus, 300),))

    def test_a_correction_is_a_fact_and_moves_the_goods(self, world, batch):
        corrects(world.nabire, batch, good=10, rejected=3)
        corrects(world.nabire, batch, good=11, rejected=3)
        assert level(world.noken) == (11, 0)
        assert Batch.objects.get().good == 12
        (row,) = queries.batches_with_shares(unit_id=world.nabire, product_ids=[world.noken])
        assert row.pieces == 11
        reasons = StockMove.objects.order_by("id").values_list("reason", "pieces")
        assert list(reasons) == [("received", 12), ("corrected", -2), ("corrected", 1)]

    def test_a_repeat_corrects_once(self, world, batch):
        key = uuid7()
        for _ in range(2):
            corrects(world.nabire, batch, good=10, rejected=3, key=key)
        assert BatchCorrection.objects.count() == 1
        assert level(world.noken) == (10, 0)

    def test_a_correction_below_what_was_sold_leaves_less_than_nothing(self, world, batch):
        actions.move_sold(
            source="sale:1", pieces={world.noken: 12}, sold_on=TODAY, by=YOHANA, now=NOON
        )
        corrects(world.nabire, batch, good=2)
        assert level(world.noken) == (-10, 0)

    def test_what_says_nothing_is_refused(self, world, batch):
        refused(corrects, world.nabire, batch, good=12, rejected=1, field="good")
        refused(corrects, world.nabire, batch, good=-1, field="good")
        refused(corrects, world.nabire, batch, good=9, reason=" ", field="reason")
        with pytest.raises(LookupError):
            corrects(world.bangli, batch, good=9)
        corrects(world.nabire, batch, good=0)
        assert "dibatalkan" in refused(corrects, world.nabire, batch, good=9)


class TestNothing:
    def tell(self, unit, day=TODAY):
        actions.tell_no_production(unit_id=unit, day=day, by=YOHANA, now=NOON)

    def test_a_day_of_nothing_is_told_once(self, nabire):
        self.tell(nabire)
        self.tell(nabire)
        assert NoProduction.objects.count() == 1
        assert queries.is_idle(unit_id=nabire, day=TODAY)
        assert not queries.is_idle(unit_id=nabire, day=YESTERDAY)

    def test_nothing_and_something_exclude_each_other(self, world, weaving, petrus):
        shares = ((petrus, 60),)
        self.tell(world.nabire)
        refused(makes, world.nabire, weaving, world.noken, shares=shares, field="made_on")
        actions.withdraw_no_production(unit_id=world.nabire, day=TODAY, by=YOHANA, now=NOON)
        batch = makes(world.nabire, weaving, world.noken, shares=shares)
        refused(self.tell, world.nabire, field="day")
        corrects(world.nabire, batch, good=0)
        self.tell(world.nabire)
        assert NoProduction.objects.filter(withdrawn_at=None).count() == 1

    def test_no_day_that_has_not_come(self, nabire):
        refused(self.tell, nabire, TODAY + 2 * DAY, field="day")
