"""How often the API may be asked: counted without loss, told in headers, refused in words."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection

from bekal.accounts import gate
from bekal.config.api import door
from bekal.foundation import clock
from bekal.foundation.actions import forget_past_attempts
from bekal.foundation.api import limits
from bekal.foundation.models import Attempts
from tests.api.asking import V1, a_body, problem, record
from tests.support.threads import at_once
from tests.support.world import NOON, SETUP

pytestmark = pytest.mark.django_db


def test_what_is_left_is_told(client, world):
    first, second = (client.get(f"{V1}/products/ZZZZZ") for _ in range(2))
    assert first["RateLimit-Policy"] == '"alamat";q=600;w=60'
    assert (first["RateLimit"], second["RateLimit"]) == (
        '"alamat";r=599;t=60',
        '"alamat";r=598;t=60',
    )


def test_an_answer_that_is_kept_for_all_says_nothing_of_one_client(client, world):
    answer = client.get(f"{V1}/categories")
    assert answer["Bekal-Face"] == "catalogue ledger places"
    assert "RateLimit" not in answer


def test_too_many_requests_wait_for_the_window_to_end(client, world, monkeypatch):
    monkeypatch.setattr(door, "PER_ADDRESS", replace(limits.PER_ADDRESS, most=2))
    for _ in range(2):
        assert client.get(f"{V1}/categories").status_code == 200
    late = client.get(f"{V1}/categories")
    problem(late, 429, "too_many_requests")
    assert late["Retry-After"] == "60"
    assert late["RateLimit"] == '"alamat";r=0;t=60'
    elsewhere = client.get(f"{V1}/categories", REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 200
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(seconds=60))
    assert client.get(f"{V1}/categories").status_code == 200


def test_a_token_has_a_limit_of_its_own(client, world, token, monkeypatch):
    monkeypatch.setattr(gate, "PER_TOKEN", replace(limits.PER_TOKEN, most=1))
    first = record(client, token.secret, a_body(world))
    assert (first.status_code, first["RateLimit"]) == (201, '"kunci";r=0;t=60')
    problem(record(client, token.secret, a_body(world)), 429, "too_many_requests")


def test_no_address_is_kept(client, world):
    client.get(f"{V1}/categories", REMOTE_ADDR="203.0.113.9")
    (subject,) = Attempts.objects.values_list("subject", flat=True)
    assert subject.startswith("api:alamat:")
    assert "203" not in subject


def test_a_network_of_ipv6_counts_as_one(client, world):
    for address in ("2001:db8::1", "2001:db8::2"):
        client.get(f"{V1}/categories", REMOTE_ADDR=address)
    assert Attempts.objects.get().count == 2


def test_past_counts_are_forgotten_at_night(client, world):
    client.get(f"{V1}/categories")
    client.get(f"{V1}/categories", REMOTE_ADDR="203.0.113.9")
    Attempts.objects.update(window_ends_at=NOON)
    client.get(f"{V1}/categories")
    assert forget_past_attempts(by=SETUP, now=NOON + dt.timedelta(seconds=1)) == 1
    assert Attempts.objects.get().window_ends_at == NOON + dt.timedelta(seconds=60)


def test_the_counts_cost_no_write_ahead_log():
    with connection.cursor() as cursor:
        cursor.execute("select relpersistence from pg_class where relname = 'foundation_attempts'")
        assert cursor.fetchone()[0] == "u"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_hundred_parallel_requests_count_two_hundred(committed_world, client):
    ask = type(client)

    def work(_):
        return [ask().get(f"{V1}/categories").status_code for _ in range(20)]

    answers = at_once(10, work)
    assert answers == [[200] * 20] * 10
    assert Attempts.objects.get().count == 200
