"""The revision by which pages know that they are old."""

import threading

import pytest
from django.db import connection, transaction

from bekal.audit.actions import record
from bekal.audit.queries import last_changes, revision, revisions
from tests.support.threads import at_once
from tests.support.world import NOON, SETUP

_MANY = """
insert into audit_event (chain, seq, at, actor, action, object_key, detail, previous, seal)
select 'place:1', 0, now(), 'command:test', 'shop.place_order', 'order:' || n, '{}', '', ''
from generate_series(1, 2000) n
"""


def act(action, *, chain="nation"):
    record(chain=chain, action=action, object_key="x:1", detail={}, by=SETUP, now=NOON)


@pytest.mark.django_db
def test_an_act_moves_the_revision_of_its_topic_and_of_no_other():
    before = revisions(topics={"sales", "salestax", "catalogue"})
    act("sales.record")
    after = revisions(topics={"sales", "salestax", "catalogue"})
    assert after["sales"] > before["sales"]
    assert (after["catalogue"], after["salestax"]) == (before["catalogue"], before["salestax"])
    assert revision(topics={"sales", "catalogue"}) == after["sales"] + after["catalogue"]


@pytest.mark.django_db
def test_the_revision_grows_far_beyond_its_window():
    seen = []
    for _ in range(130):
        act("sales.record")
        seen.append(revision(topics={"sales"}))
    assert seen == sorted(set(seen))


@pytest.mark.django_db
def test_one_statement_answers_for_all_topics(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert revisions(topics={"a", "b", "c"}) == {"a": 0, "b": 0, "c": 0}


@pytest.mark.django_db
@pytest.mark.parametrize("ask", [revisions, last_changes])
def test_a_seldom_topic_is_found_without_walking_through_the_others(ask, django_assert_num_queries):
    act("places.open")
    with connection.cursor() as cursor:
        cursor.execute(_MANY)
        cursor.execute("analyze audit_event")
    with django_assert_num_queries(1) as asked:
        ask(topics={"places", "stories"})
    with connection.cursor() as cursor:
        cursor.execute(f"explain {asked.captured_queries[0]['sql']}")
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "Index Scan Backward using audit_event_topic" in plan
    assert "audit_event_pkey" not in plan


@pytest.mark.django_db(transaction=True)
def test_the_act_that_began_first_and_was_committed_last_is_not_overlooked():
    began, may_end = threading.Event(), threading.Event()

    def two(number):
        return quick() if number else slow()

    def slow():
        with transaction.atomic():
            act("sales.record", chain="place:1")
            began.set()
            may_end.wait(10)

    def quick():
        began.wait(10)
        act("sales.record", chain="place:2")
        between = revision(topics={"sales"})
        may_end.set()
        return between

    _, between = at_once(2, two)
    assert revision(topics={"sales"}) > between > 0
