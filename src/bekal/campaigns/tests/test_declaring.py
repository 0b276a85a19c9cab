"""Declaring campaigns and correcting them: facts are appended, and the database keeps it so."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.audit.models import Event
from bekal.audit.queries import chain_problems
from bekal.campaigns import actions, queries
from bekal.campaigns.models import Campaign, Definition, ExpectedUnit
from bekal.campaigns.rules import CampaignRefused
from bekal.campaigns.tests.declared import (
    DIRECTOR,
    NAME,
    SLUG,
    correct,
    correction,
    declare,
    new_campaign,
)
from bekal.foundation.clock import Period
from bekal.foundation.models import Message
from bekal.foundation.refusals import KeyReused
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, TODAY, YESTERDAY

DAY = dt.timedelta(days=1)


def counts():
    models = (Campaign, Definition, ExpectedUnit, Message, Event)
    return [model.objects.count() for model in models]


def test_a_declared_campaign_is_found_by_its_day_and_its_address(world):
    campaign = declare(world, period=Period(YESTERDAY, TODAY))
    assert campaign.slug == SLUG
    assert (campaign.name, campaign.hbp_number, campaign.number) == (NAME, 62, 1)
    assert (campaign.first_day, campaign.last_day) == (YESTERDAY, TODAY)
    assert not campaign.is_sample
    assert queries.campaigns() == [campaign]
    assert queries.running(on=TODAY) == queries.running(on=YESTERDAY) == campaign
    assert queries.running(on=TODAY + DAY) is None
    assert queries.running(on=YESTERDAY - DAY) is None
    assert queries.campaign_by_slug(slug="tidak-ada") is None
    assert ExpectedUnit.objects.count() == 3
    assert Event.objects.latest("id").action == "campaigns.declare"


def test_a_correction_holds_and_leaves_what_was_declared(world):
    first = declare(world)
    second = correct(first, world, target=2_000_000, unit_ids=frozenset({world.bangli}))
    assert (second.id, second.slug, second.number) == (first.id, first.slug, 2)
    assert second.target == 2_000_000
    assert queries.campaigns() == [second]
    rows = Definition.objects.order_by("number")
    assert [(row.number, row.target, row.reason) for row in rows] == [
        (1, 1_000_000, ""),
        (2, 2_000_000, "Target salah ketik"),
    ]
    assert rows[0].superseded_at == NOON
    assert queries.expected_units(definition_id=first.definition_id) == {
        world.nabire,
        world.merauke,
        world.bangli,
    }
    assert queries.expected_units(definition_id=second.definition_id) == {world.bangli}
    assert [event.action for event in Event.objects.order_by("-id")[:1]] == ["campaigns.correct"]
    assert chain_problems() == []


def test_a_campaign_may_move_within_its_own_days(world):
    moved = correct(declare(world), world, period=Period(TODAY, TODAY + DAY))
    assert moved.last_day == TODAY + DAY


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "   "}, "name"),
        ({"name": "!!!"}, "name"),
        ({"name": "k" * 81}, "name"),
        ({"hbp_number": 0}, "hbp_number"),
        ({"hbp_number": 200}, "hbp_number"),
        ({"target": 0}, "target"),
        ({"target": 10**15}, "target"),
        ({"period": Period(dt.date(1999, 1, 1), dt.date(1999, 1, 1))}, "first_day"),
        ({"period": Period(dt.date(2999, 1, 1), dt.date(2999, 1, 1))}, "first_day"),
        ({"period": Period(TODAY, TODAY + 92 * DAY)}, "last_day"),
        ({"unit_ids": frozenset()}, "kanwil"),
        ({"unit_ids": frozenset({-1})}, "kanwil"),
    ],
)
def test_what_is_no_campaign_is_refused_and_changes_nothing(world, changes, field):
    before = counts()
    with pytest.raises(CampaignRefused) as refused:
        declare(world, **changes)
    assert refused.value.field == field
    assert counts() == before


def test_a_day_belongs_to_one_campaign(world):
    declare(world, period=Period(YESTERDAY, TODAY))
    before = counts()
    with pytest.raises(CampaignRefused, match="Satu Hari Satu Karya, 26 sampai 27 April"):
        declare(world, name="Pekan Karya", period=Period(TODAY, TODAY + DAY))
    assert counts() == before
    assert declare(world, name="Pekan Karya", period=Period(TODAY + DAY, TODAY + DAY))


def test_a_correction_cannot_take_another_campaign_s_day(world):
    first = declare(world)
    declare(world, name="Pekan Karya", period=Period(TODAY + DAY, TODAY + DAY))
    before = counts()
    with pytest.raises(CampaignRefused, match="Pekan Karya") as refused:
        correct(first, world, period=Period(TODAY, TODAY + DAY))
    assert refused.value.field == "first_day"
    assert counts() == before


def test_a_name_is_given_once_a_year(world):
    declare(world)
    with pytest.raises(CampaignRefused, match="Pilih nama lain"):
        declare(world, period=Period(TODAY + DAY, TODAY + DAY))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"seen": 7}, "dibetulkan orang lain"),
        ({"reason": "  "}, "Tulis mengapa"),
        ({"reason": "a" * 201}, "Tulis mengapa"),
        ({"campaign_id": -1}, "tidak ditemukan"),
        ({}, "Belum ada yang berubah"),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing(world, changes, words):
    campaign = declare(world)
    before = counts()
    with pytest.raises(CampaignRefused, match=words):
        correct(campaign, world, **({"target": 5} if changes else {}) | changes)
    assert counts() == before


def test_what_comes_twice_is_declared_once(world):
    new = new_campaign(world)
    slugs = {actions.declare_campaign(new=new, by=DIRECTOR, now=NOON) for _ in range(2)}
    assert slugs == {SLUG}
    asked = correction(queries.campaign_by_slug(slug=SLUG), world, target=7)
    slugs |= {actions.correct_campaign(correction=asked, by=DIRECTOR, now=NOON) for _ in range(2)}
    assert slugs == {SLUG}
    assert Definition.objects.count() == 2
    with pytest.raises(KeyReused):
        declare(world, key=new.key, target=3)
    with pytest.raises(KeyReused):
        correct(queries.campaign_by_slug(slug=SLUG), world, key=asked.key, target=9)


@pytest.mark.slow
def test_eight_people_who_declare_the_same_day_at_once_declare_one(committed_world):
    answers = all_at_once(8, lambda number: declare(committed_world, name=f"Pekan Karya {number}"))
    refused = [answer for answer in answers if isinstance(answer, CampaignRefused)]
    assert len(refused) == 7
    assert Definition.objects.count() == Campaign.objects.count() == 1


@pytest.mark.slow
def test_eight_clicks_of_one_form_declare_one(committed_world):
    new = new_campaign(committed_world)
    slugs = at_once(8, lambda _: actions.declare_campaign(new=new, by=DIRECTOR, now=NOON))
    assert set(slugs) == {SLUG}
    assert Definition.objects.count() == 1


@pytest.mark.slow
def test_eight_corrections_at_once_are_one_correction(committed_world):
    campaign = declare(committed_world)
    answers = all_at_once(8, lambda number: correct(campaign, committed_world, target=100 + number))
    assert sum(isinstance(answer, CampaignRefused) for answer in answers) == 7
    assert sorted(Definition.objects.values_list("number", flat=True)) == [1, 2]


def run(*statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
        cursor.execute("set constraints all immediate")


_DEFINE = (
    "insert into campaigns_definition (campaign_id, number, name, hbp_number, during, target,"
    " reason, declared_at, declared_by) select campaign_id, {number}, {name}, {hbp}, {during},"
    " {target}, {reason}, declared_at, declared_by from campaigns_definition"
)


def define(**changes):
    given = {
        "number": "2",
        "name": "name",
        "hbp": "hbp_number",
        "during": "during",
        "target": "target",
        "reason": "'uji'",
    }
    return _DEFINE.format(**given | changes)


_CAMPAIGN = (
    "insert into campaigns_campaign (slug, is_sample, declared_at, declared_by)"
    " select {}, false, now(), 'uji' from {}"
)
_EXPECT = (
    "insert into campaigns_expectedunit (definition_id, unit_id)"
    " select definition_id, unit_id from campaigns_expectedunit"
)
_CLOSE = "update campaigns_definition set superseded_at = now() where superseded_at is null"


@pytest.mark.parametrize(
    "statements",
    [
        ["update campaigns_campaign set slug = 'lain'"],
        ["delete from campaigns_expectedunit"],
        ["update campaigns_expectedunit set unit_id = unit_id"],
        ["delete from campaigns_definition"],
        ["update campaigns_definition set target = 5"],
        [_CLOSE],
        [_CLOSE.replace("= now()", "= now(), target = 5")],
        [define()],
        [_CLOSE, define(number="3")],
        [_CLOSE, define(reason="' '")],
        [_CLOSE, define(name="' '")],
        [_CLOSE, define(target="0")],
        [_CLOSE, define(hbp="0")],
        [_CLOSE, define(during="'empty'::daterange")],
        [_CLOSE, define(during="daterange(lower(during), null)")],
        [_CLOSE, define(during="daterange(null, upper(during))")],
        [_CLOSE, define(), "update campaigns_definition set superseded_at = null"],
        [_CAMPAIGN.format("'kosong'", "(values (1)) one")],
        [_CAMPAIGN.format("slug", "campaigns_campaign")],
        [_EXPECT],
    ],
)
def test_the_database_keeps_what_was_declared(world, statements):
    declare(world)
    before = counts()
    with pytest.raises(IntegrityError):
        run(*statements)
    assert counts() == before


def test_the_database_gives_a_day_to_one_campaign(world):
    declare(world)
    with pytest.raises(IntegrityError, match="one_at_a_time"):
        run(
            _CAMPAIGN.format("'lain'", "(values (1)) one"),
            define(number="1", reason="''").replace(
                "select campaign_id",
                "select (select id from campaigns_campaign where slug = 'lain')",
            ),
        )


def test_the_database_takes_a_definition_that_follows(world):
    declare(world)
    run(_CLOSE, define())
    assert Definition.objects.count() == 2
