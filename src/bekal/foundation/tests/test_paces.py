"""How long work takes is learned from how long it took, by the keys of its forms."""

import datetime as dt

import pytest
from django.db import connection

from bekal.foundation import queries
from bekal.foundation.actions import claim_message, keep_pace
from bekal.foundation.actors import user_actor
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message
from bekal.foundation.paces import PACES, learned_minutes
from tests.support.paces import opened

NOW = dt.datetime(2026, 4, 27, 3, 0, tzinfo=dt.UTC)
YOHANA = user_actor(1)


def seconds(*each):
    return [dt.timedelta(seconds=one) for one in each]


def took(scope, *doors):
    return dict(queries.desk_messages(scope=scope, doors=(), timed=doors).took)


def test_five_are_needed_and_what_a_machine_or_an_open_page_took_says_nothing():
    some = seconds(2, 90, 100, 110, 500, 4_000, -60)
    assert learned_minutes(some) is None
    assert learned_minutes([*some, *seconds(130)]) == 2


def test_one_that_took_long_changes_the_median_little():
    assert learned_minutes(seconds(60, 60, 60, 60, 1_700)) == 1


@pytest.mark.django_db
def test_messages_of_a_scope_tell_how_long_each_took_by_door():
    for scope, door, minutes in (
        ("place:17", "sales.record", 2),
        ("place:17", "production.batch", 7),
        ("place:18", "sales.record", 9),
        ("", "sales.record", 11),
    ):
        key = opened(dt.timedelta(minutes=minutes), before=NOW)
        claim_message(key=key, door=door, body=b"x", by=YOHANA, now=NOW, scope=scope)
    told = took("place:17", "sales.record", "production.batch", "treasury.count_cash")
    assert told == {"sales.record": seconds(120), "production.batch": seconds(420)}
    assert took("", "sales.record") == {}


@pytest.mark.django_db
def test_only_the_last_are_asked_and_keys_without_an_instant_take_no_place():
    for number in range(PACES + 5):
        at = NOW + dt.timedelta(minutes=number)
        key = opened(dt.timedelta(seconds=10 + number), before=at)
        keep_pace(key=key, door="shop.prepare", scope="place:17", by=YOHANA, now=at)
    random = uuid7().__class__(int=4 << 76 | 2 << 62)
    keep_pace(key=random, door="shop.prepare", scope="place:17", by=YOHANA, now=NOW)
    (last,) = took("place:17", "shop.prepare").values()
    assert sorted(last) == seconds(*range(15, 15 + PACES))


@pytest.mark.django_db
def test_a_key_that_was_seen_keeps_its_first_instant():
    key = opened(dt.timedelta(minutes=1), before=NOW)
    for late in (0, 9):
        at = NOW + dt.timedelta(minutes=late)
        keep_pace(key=key, door="shop.prepare", scope="place:17", by=YOHANA, now=at)
    assert took("place:17", "shop.prepare") == {"shop.prepare": seconds(60)}
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_it_is_read_off_the_index_however_many_messages_there_are():
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into foundation_message (key, door, body, sent_by, received_at, scope)"
            " select gen_random_uuid(), 'sales.record', '', '', now(), 'place:' || n % 50"
            " from generate_series(1, 5000) n"
        )
        cursor.execute("analyze foundation_message")
        cursor.execute(
            "explain select m.key from foundation_message m where m.scope = 'place:7'"
            " and m.scope <> '' and m.door = 'sales.record' order by m.received_at desc limit 20"
        )
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "foundation_message_of_scope" in plan
    assert "Sort" not in plan
