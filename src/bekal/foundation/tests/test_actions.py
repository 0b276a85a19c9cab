import datetime as dt
import uuid
from collections import Counter

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from bekal.foundation import actions, queries
from bekal.foundation.actors import Actor, ActorKind, command_actor, job_actor, user_actor
from bekal.foundation.models import Attempts, ConflictCheck, Message, MessageConflict
from bekal.foundation.refusals import KeyReused
from tests.support.threads import all_at_once

NOW = dt.datetime(2026, 4, 27, 7, 32, tzinfo=dt.UTC)
YOHANA = user_actor(7)
"""A workshop officer of Lapas Jayapura with a weak network."""
MINUTE = dt.timedelta(minutes=1)


def send(key, body=b"one broom", *, door="sales.record", by=YOHANA):
    """What every door does: claim, carry out, answer, in one transaction."""
    with transaction.atomic():
        first = actions.claim_message(key=key, door=door, body=body, by=by, now=NOW)
        if first is not None:
            return ("repeat", first)
        answer = {"receipt": "K3-0417", "sent": str(uuid.uuid4())}
        actions.answer_message(key=key, answer=answer, by=by, now=NOW)
        return ("new", answer)


@pytest.fixture
def key():
    return uuid.uuid4()


@pytest.mark.django_db
def test_a_message_that_comes_twice_gets_the_first_answer(key):
    kind, answer = send(key)
    assert kind == "new"
    assert send(key) == ("repeat", answer)
    assert send(key, by=user_actor(8)) == ("repeat", answer)
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_a_used_key_with_other_bytes_is_refused_and_nothing_changes(key):
    _, answer = send(key)
    before = Message.objects.values().get()
    with pytest.raises(KeyReused):
        send(key, b"two brooms")
    with pytest.raises(KeyReused):
        send(key, door="sales.refund")
    assert Message.objects.values().get() == before
    assert send(key) == ("repeat", answer)


@pytest.mark.django_db(transaction=True)
def test_sixteen_threads_with_one_key_make_one_fact(key):
    answers = all_at_once(16, lambda _: send(key))
    assert Counter(kind for kind, _ in answers) == {"new": 1, "repeat": 15}
    assert len({answer["sent"] for _, answer in answers}) == 1
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_threads_with_one_key_and_other_bytes_make_one_fact_and_refusals(key):
    answers = all_at_once(8, lambda number: send(key, f"{number} brooms".encode()))
    refused = [answer for answer in answers if isinstance(answer, KeyReused)]
    assert len(refused) == 7
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_claim_that_was_rolled_back_leaves_the_key_free(key):
    def fails():
        with transaction.atomic():
            assert actions.claim_message(key=key, door="d", body=b"1", by=YOHANA, now=NOW) is None
            raise ConnectionError("the network went away")

    with pytest.raises(ConnectionError):
        fails()
    assert Message.objects.count() == 0
    assert send(key, b"other bytes")[0] == "new"


@pytest.mark.django_db(transaction=True)
def test_a_claim_outside_a_transaction_is_an_error_of_the_door(key):
    with pytest.raises(transaction.TransactionManagementError):
        actions.claim_message(key=key, door="d", body=b"1", by=YOHANA, now=NOW)
    with pytest.raises(transaction.TransactionManagementError):
        actions.answer_message(key=key, answer={}, by=YOHANA, now=NOW)
    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_the_first_answer_stands(key):
    _, answer = send(key)
    with pytest.raises(LookupError):
        actions.answer_message(key=key, answer={"receipt": "other"}, by=YOHANA, now=NOW)
    assert Message.objects.get().answer == answer


@pytest.mark.django_db
def test_only_what_was_claimed_is_answered(key):
    with pytest.raises(LookupError):
        actions.answer_message(key=key, answer={}, by=YOHANA, now=NOW)
    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_a_message_whose_key_leads_to_its_answer_is_known_again_without_one(key):
    claim = {"key": key, "door": "sales.record", "body": b"1", "by": YOHANA, "now": NOW}
    assert actions.claim_message(**claim) is None
    assert actions.claim_message(**claim) == {}


def test_equal_content_has_equal_bytes():
    one = actions.frozen_bytes({"unit": 17, "day": dt.date(2026, 4, 27)})
    other = actions.frozen_bytes({"day": dt.date(2026, 4, 27), "unit": 17})
    assert one == other == b'{"day":"2026-04-27","unit":17}'


def conflict(key):
    actions.keep_conflict(
        key=key, door="sales.record", scope="place:17", body=b"2", by=YOHANA, now=NOW
    )


@pytest.mark.django_db
def test_a_conflict_is_kept_for_a_person_of_the_unit(key):
    conflict(key)
    kept = MessageConflict.objects.get(scope="place:17")
    assert (kept.key, bytes(kept.body), kept.sent_by) == (key, b"2", "user:7")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update foundation_messageconflict set scope = 'place:1'",
        "delete from foundation_messageconflict",
    ],
)
def test_the_database_refuses_to_change_a_conflict(key, statement):
    conflict(key)
    before = MessageConflict.objects.values().get()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert MessageConflict.objects.values().get() == before


@pytest.mark.django_db(transaction=True)
def test_attempts_of_four_threads_are_all_counted():
    def fifty(_):
        return [
            actions.count_attempt(subject="sign-in:yohana", window=MINUTE, by=YOHANA, now=NOW)
            for _ in range(50)
        ]

    counts = [count for thread in all_at_once(4, fifty) for count in thread]
    assert sorted(counts) == list(range(1, 201))
    assert Attempts.objects.get().count == 200


def attempt(*, subject="sign-in:yohana", at=NOW):
    return actions.count_attempt(subject=subject, window=MINUTE, by=YOHANA, now=at)


@pytest.mark.django_db
def test_the_window_opens_with_the_first_attempt_and_ends_on_its_minute():
    assert attempt() == 1
    assert attempt(at=NOW + MINUTE / 2) == 2
    assert attempt(at=NOW + MINUTE) == 1
    assert attempt(at=NOW + 2 * MINUTE - MINUTE / 60) == 2


@pytest.mark.django_db
def test_a_success_forgets_the_attempts_of_its_subject_alone():
    attempt()
    attempt(subject="sign-in:stranger")
    actions.forget_attempts(subject="sign-in:yohana", by=YOHANA, now=NOW)
    assert [row.subject for row in Attempts.objects.all()] == ["sign-in:stranger"]
    assert attempt() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update foundation_attempts set count = -1",
        "insert into foundation_attempts values ('sign-in:yohana', now(), 1)",
        "update foundation_attempts set window_ends_at = null",
    ],
)
def test_the_database_refuses_a_count_that_means_nothing(statement):
    attempt()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Attempts.objects.get().count == 1


def test_actors_are_written_as_kind_and_id():
    assert str(user_actor(7)) == "user:7"
    assert str(command_actor("demo")) == "command:demo"
    assert str(job_actor("nightly")) == "job:nightly"
    assert str(Actor(ActorKind.DEVICE, "K3")) == "device:K3"


DOORS = {"sales.record"}


def open_conflicts(scope, doors):
    return queries.desk_messages(scope=scope, doors=doors, timed=()).conflicts


@pytest.fixture
def disputed(key):
    send(key)
    actions.keep_conflict(
        key=key, door="sales.record", scope="place:17", body=b"two brooms", by=YOHANA, now=NOW
    )
    return MessageConflict.objects.get()


@pytest.mark.django_db
def test_a_conflict_waits_with_both_contents_until_somebody_looked(disputed, key):
    assert open_conflicts("place:17", DOORS) == 1
    assert open_conflicts("place:18", DOORS) == 0
    assert open_conflicts("place:17", {"sales.refund"}) == 0
    assert queries.door_of_conflict(conflict_id=disputed.pk, scope="place:17") == "sales.record"
    (waiting,) = queries.open_conflicts(scope="place:17", doors=DOORS, limit=5)
    assert (waiting.key, waiting.first, waiting.second) == (key, b"one broom", b"two brooms")
    for _ in range(2):
        actions.check_conflict(conflict_id=disputed.pk, scope="place:17", by=YOHANA, now=NOW)
    assert open_conflicts("place:17", DOORS) == 0
    assert queries.open_conflicts(scope="place:17", doors=DOORS, limit=5) == []
    assert ConflictCheck.objects.get().checked_by == str(YOHANA)


@pytest.mark.django_db
def test_a_conflict_of_another_scope_cannot_be_checked(disputed):
    with pytest.raises(LookupError):
        actions.check_conflict(conflict_id=disputed.pk, scope="place:18", by=YOHANA, now=NOW)
    assert not ConflictCheck.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update foundation_conflictcheck set checked_by = 'user:9'",
        "delete from foundation_conflictcheck",
    ],
)
def test_who_looked_at_a_conflict_is_final(disputed, statement):
    actions.check_conflict(conflict_id=disputed.pk, scope="place:17", by=YOHANA, now=NOW)
    with (
        pytest.raises(DatabaseError, match="are final"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert ConflictCheck.objects.get().checked_by == str(YOHANA)
