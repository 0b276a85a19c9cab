"""What PostgreSQL refuses, whoever asks: every test here goes round the Python."""

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.people.models import Maker
from bekal.people.queries import maker_problems
from bekal.people.tests.makers import a_maker, consents, goes_home, lets_go, receives, who_may_work

pytestmark = pytest.mark.django_db
STAY = """
insert into people_stay (maker_id, unit_id, during, begun_at, begun_by)
values (%s, %s, %s, now(), 'x')
"""
MOVE = """
insert into people_statusmove (maker_id, unit_id, old, new, "on", reason, moved_at, moved_by)
values (%s, %s, %s, %s, '2026-04-27', 'x', now(), 'x')
"""


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql, *values, saying=None):
    with pytest.raises(DatabaseError, match=saying), transaction.atomic():
        run(sql, *values)


@pytest.fixture
def petrus(nabire):
    """A maker of Nabire who may work."""
    return who_may_work(nabire)


def test_nobody_is_in_two_units_at_a_time(petrus, world):
    refused(STAY, petrus, world.bangli, "[2026-04-20,)", saying="one_unit_at_a_time")
    refused(STAY, petrus, world.bangli, "[,2020-01-01)")
    refused(STAY, petrus, world.bangli, "empty")


def test_a_stay_is_ended_once_and_stays(petrus, world):
    run("update people_stay set during = daterange(lower(during), '2026-04-27')")
    refused("update people_stay set during = daterange(lower(during), null)", saying="ended, once")
    refused("update people_stay set unit_id = %s", world.bangli, saying="ended, once")
    refused("delete from people_stay", saying="final")


@pytest.mark.parametrize("kind", ["LPKA", "Bapas"])
def test_a_unit_of_children_or_clients_has_no_makers(petrus, world, kind):
    run("update people_stay set during = daterange(lower(during), '2026-04-01')")
    run("update places_tenure set kind = %s where place_id = %s", kind, world.bangli)
    refused(STAY, petrus, world.bangli, "[2026-04-20,)", saying="no makers")


def test_the_status_follows_its_moves_and_they_their_table(petrus, nabire):
    refused("update people_maker set status = 'released'", saying="follows its moves")
    for old, new in (
        ("moved", "in_custody"),
        ("in_custody", "in_custody"),
        ("released", "in_custody"),
        ("", "in_custody"),
        ("", "released"),
        ("in_custody", "away"),
    ):
        refused(MOVE, petrus, nabire, old, new)
    run(MOVE, petrus, nabire, "in_custody", "released")
    assert Maker.objects.get(pk=petrus).status == "released"
    for sql in ("update people_statusmove set reason = 'y'", "delete from people_statusmove"):
        refused(sql, saying="final")


def test_a_maker_stays_who_it_is(petrus, nabire):
    other = a_maker(nabire, number="UJI-2")
    for change in (
        "sdp_digest = sha256('x')",
        "entered_by = 'y'",
        "is_sample = not is_sample",
        "code = 'PB-0000-0000'",
        "closed_name = '', sdp_digest = null, erased_at = now(), erased_by = 'y'",
        "closed_name = ''",
    ):
        refused(f"update people_maker set {change} where code = '{petrus}'")
    refused("delete from people_maker", saying="final")
    refused(
        "update people_maker set code = 'petrus' where code = %s", other, saying="stays who it is"
    )


def test_who_was_erased_stays_erased(petrus, nabire):
    goes_home(petrus, nabire)
    erase = "closed_name = '', sdp_digest = null, erased_at = now(), erased_by = 'y'"
    run(f"update people_maker set {erase}")
    refused("update people_maker set closed_name = 'x'", saying="stays erased")


def test_facts_are_final_and_stay_while_their_maker_is_here(petrus, nabire):
    refused("update people_fact set holds = true", saying="final")
    refused("delete from people_fact", saying="stay while")
    goes_home(petrus, nabire)
    run("delete from people_fact")


def test_a_transfer_is_answered_once_and_there_is_one_at_a_time(petrus, nabire, world):
    transfer = lets_go(petrus, nabire, world.bangli)
    refused(
        "insert into people_transfer (maker_id, from_unit_id, to_unit_id, left_on, reason,"
        " asked_at, asked_by, closed_by) select maker_id, from_unit_id, %s, left_on, reason,"
        " now(), 'x', '' from people_transfer",
        world.merauke,
        saying="one_at_a_time",
    )
    refused("update people_transfer set to_unit_id = %s", world.merauke, saying="answered once")
    receives(transfer, world.bangli)
    refused(
        "update people_transfer set is_accepted = false, closed_at = now()", saying="answered once"
    )
    refused("delete from people_transfer", saying="final")


def test_a_consent_ends_is_once_and_is_only_withdrawn(petrus, nabire):
    consent = consents(petrus, nabire)
    refused("update people_consent set during = daterange('2026-01-01', '2036-01-01')")
    refused(
        "insert into people_consent (maker_id, purpose, during, form_number, given_at, given_by,"
        " withdrawn_by) select maker_id, purpose, during, 'x', now(), 'x', '' from people_consent",
        saying="one_at_a_time",
    )
    refused("update people_consent set withdrawn_at = now()", saying="withdrawn_at_and_by")
    run("update people_consent set withdrawn_at = now(), withdrawn_by = 'x'")
    refused("update people_consent set withdrawn_at = null, withdrawn_by = ''", saying="once")
    refused("delete from people_consent where id = %s", consent, saying="final")


def test_a_requirement_has_its_ground_and_one_holds_at_a_time(petrus):
    refused("update people_requirement set citation = ''", saying="ended, once")
    refused(
        "insert into people_requirement (code, label, sentence, citation, source, needs_number,"
        " needs_until, during, set_at, set_by) select code, label, sentence, citation, source,"
        " needs_number, needs_until, '[2026-01-01,)', now(), 'x' from people_requirement",
        saying="one_at_a_time",
    )
    run("update people_requirement set during = daterange(lower(during), '2027-01-01')")
    refused("update people_requirement set during = daterange(lower(during), '2028-01-01')")


def test_the_check_finds_makers_who_are_not_where_their_status_says(petrus, nabire, world):
    other = a_maker(nabire, number="UJI-2")
    transfer = lets_go(other, nabire, world.bangli)
    assert maker_problems() == []
    run(
        "update people_stay set during = daterange(lower(during), '2026-04-27')"
        " where upper_inf(during)"
    )
    run(
        "update people_transfer set is_accepted = true, closed_at = now(), closed_by = 'x'"
        " where id = %s",
        transfer,
    )
    told = sorted(maker_problems())
    assert told == sorted(
        [
            f"{petrus}: di unit, tetapi tidak ada unit yang mencatatnya",
            f"{other}: sedang pindah, tetapi tidak ada pemindahan yang terbuka",
        ]
    )
