import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.audit import actions, queries
from bekal.audit.models import Event
from bekal.audit.rules import Sealed, canonical, chain_of_place, seal
from bekal.foundation.actors import user_actor

NOON = dt.datetime(2026, 4, 27, 5, 0, 0, 123456, tzinfo=dt.UTC)
RINA = user_actor(7)


def note(chain="place:1", action="sales.record", **detail):
    actions.record(
        chain=chain, action=action, object_key="sale:x", detail=detail, by=RINA, now=NOON
    )


def without_protection(sql):
    """A superuser of the database could do this: the chain must still tell."""
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_event disable trigger all")
        cursor.execute(sql)
        cursor.execute("alter table audit_event enable trigger all")


@pytest.mark.django_db
def test_an_event_is_sealed_to_the_one_before_it_as_the_rule_says():
    note(total=1000, kata="rotan ü")
    note(total=2000)
    first, second = Event.objects.order_by("seq")
    assert (first.seq, bytes(first.previous)) == (1, b"")
    assert bytes(second.previous) == bytes(first.seal)
    detail = {"total": 1000, "kata": "rotan ü"}
    expected = seal(
        Sealed("place:1", 1, NOON, str(RINA), "sales.record", "sale:x", detail), previous=b""
    )
    assert bytes(first.seal) == expected
    assert first.detail == canonical(detail)
    assert queries.chain_problems() == []


@pytest.mark.django_db
def test_each_unit_has_its_own_chain():
    note(chain=chain_of_place(1))
    note(chain=chain_of_place(2))
    assert list(Event.objects.order_by("id").values_list("chain", "seq")) == [
        ("place:1", 1),
        ("place:2", 1),
    ]


@pytest.mark.django_db
def test_an_event_inserted_by_another_hand_joins_the_chain():
    note()
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into audit_event (chain, seq, at, actor, action, object_key, detail,"
            " previous, seal)"
            " values ('place:1', 99, now(), 'x', 'y', 'z', '{}', 'forged', 'forged')"
        )
    assert Event.objects.latest("id").seq == 2
    assert queries.chain_problems() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "update audit_event set detail = '{}'",
        "delete from audit_event",
        "delete from audit_chain",
        "update audit_chain set seq = seq - 1",
    ],
)
def test_postgresql_refuses_to_change_or_drop_an_event(sql):
    note(total=1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Event.objects.get().detail == '{"total":1}'
    assert queries.chain_problems() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("update audit_event set detail = '{\"total\":9}' where seq = 2", "isi diubah"),
        ("delete from audit_event where seq = 2", "tidak menyambung"),
        ("delete from audit_event where seq = 3", "ujung rantai"),
        ("delete from audit_event", "ujung rantai"),
    ],
)
def test_the_check_finds_what_a_superuser_changed(sql, what):
    for total in (1, 2, 3):
        note(total=total)
    without_protection(sql)
    assert any(what in problem for problem in queries.chain_problems())


@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_make_one_unbroken_chain():
    def work():
        for _ in range(5):
            note()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Event.objects.values_list("seq", flat=True)) == list(range(1, 41))
    assert queries.chain_problems() == []


@pytest.mark.django_db
def test_an_event_is_gone_with_the_transaction_that_made_it():
    with transaction.atomic():
        note()
        transaction.set_rollback(True)
    assert not Event.objects.exists()
    assert queries.chain_problems() == []
