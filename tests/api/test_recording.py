"""Recording sales by a token: once, for its own unit, by whoever still may."""

import datetime as dt

import pytest

from bekal.accounts.actions import revoke_role, revoke_token
from bekal.accounts.models import Token
from bekal.accounts.rules import Role
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.sales.models import Refund, Sale
from tests.api.asking import V1, a_body, bearer, code_of, problem, record
from tests.api.conftest import BANGLI, NABIRE, a_token
from tests.support.threads import at_once
from tests.support.world import NOON, SETUP

pytestmark = pytest.mark.django_db


def test_a_sale_is_recorded_and_can_be_read_again(client, world, token):
    answer = record(client, token.secret, a_body(world))
    assert answer.status_code == 201
    told = answer.json()
    assert (told["total"], told["number"], told["is_repeat"]) == (200_000, "PJ-0001", False)
    assert told["items"][0]["product"] == code_of(world.noken)
    read = client.get(answer["Location"], headers=bearer(token.secret))
    assert read.status_code == 200
    assert read.json() == {name: told[name] for name in told if name != "is_repeat"}
    assert read["Cache-Control"] == "private, no-store"
    sale = Sale.objects.get()
    assert (str(sale.pk), sale.recorded_by) == (told["id"], f"token:{token.secret[:12]}")


def test_the_same_key_with_the_same_body_is_the_same_sale(client, world, token):
    key = uuid7()
    first = record(client, token.secret, a_body(world), key=key)
    again = record(client, token.secret, a_body(world), key=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == {**first.json(), "is_repeat": True}
    assert Sale.objects.count() == 1


def test_the_same_key_with_another_body_is_a_conflict_for_a_person(client, world, token):
    key = uuid7()
    record(client, token.secret, a_body(world), key=key)
    said = problem(
        record(client, token.secret, a_body(world, payment="qris"), key=key), 409, "key_reused"
    )
    assert said["field"] == ["header", "Idempotency-Key"]
    assert Sale.objects.count() == 1
    assert MessageConflict.objects.get().scope == f"place:{world.nabire}"


def test_a_code_may_be_typed_as_people_type(client, world, token):
    items = [{"product": code_of(world.noken).lower().replace("0", "o"), "pieces": 1}]
    assert record(client, token.secret, a_body(world, items=items)).status_code == 201


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"sold_on": "2026-02-30"}, ["body", "sold_on"], "wrong_format"),
        ({"sold_on": 20260427}, ["body", "sold_on"], "wrong_format"),
        ({"sold_at": "0001-01-01T00:00:00+09:00"}, ["body", "sold_at"], "out_of_range"),
        ({"sold_at": "2026-04-27T10:00:00"}, ["body", "sold_at"], "wrong_format"),
        ({"channel": "pasar"}, ["body", "channel"], "not_a_choice"),
        ({"items": []}, ["body", "items"], "too_short"),
        ({"items": "noken"}, ["body", "items"], "wrong_type"),
        ({"buyer": "Budi"}, ["body", "buyer"], "unknown_field"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(client, world, token, change, field, code):
    said = problem(record(client, token.secret, a_body(world, **change)), 422, "invalid")
    assert said["field"] == field
    assert [(each["field"], each["code"]) for each in said["problems"]] == [(field, code)]
    assert not Sale.objects.exists()


@pytest.mark.parametrize("pieces", [0, -1, True, "2", 1.5, 10**12, None])
def test_pieces_are_a_whole_number(client, world, token, pieces):
    items = [{"product": code_of(world.noken), "pieces": pieces}]
    said = problem(record(client, token.secret, a_body(world, items=items)), 422, "invalid")
    assert said["field"] == ["body", "items", 0, "pieces"]


def test_a_number_is_read_as_json_writes_it(client, world, token):
    items = [{"product": code_of(world.noken), "pieces": 2.0}]
    assert record(client, token.secret, a_body(world, items=items)).status_code == 201


def test_what_the_workshop_refuses_is_told_in_its_words(client, world, token):
    for change, field, word in (
        ({"sold_on": "2026-04-28"}, ["body", "sold_on"], "sesudah hari ini"),
        ({"sold_on": "0001-01-01"}, ["body", "sold_on"], "setahun yang lalu"),
        ({"sold_at": "2026-04-26T10:00:00+09:00"}, ["body", "sold_at"], "jam WIT"),
        (
            {"items": [{"product": code_of(world.endek), "pieces": 1}]},
            ["body", "items", 0, "product"],
            "tidak ada di katalog",
        ),
    ):
        said = problem(record(client, token.secret, a_body(world, **change)), 422, "refused")
        assert said["field"] == field
        assert word in said["title"]
    assert not Sale.objects.exists()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "unreadable"),
        (b"\xff", 400, "unreadable"),
        (b'{"sold_on": NaN}', 400, "unreadable"),
        (b'{"items": [], "items": []}', 400, "unreadable"),
        (b"[" * 50_000, 400, "unreadable"),
        (b"1" * 10_000, 400, "unreadable"),
        (b" " * 70_000, 413, "too_large"),
        (b"[]", 422, "invalid"),
        (b"null", 422, "invalid"),
        (b"", 422, "invalid"),
    ],
)
def test_a_body_that_is_no_sale_is_refused(client, world, token, body, status, code):
    problem(record(client, token.secret, body), status, code)


def test_a_form_is_not_json(client, world, token):
    answer = client.post(f"{V1}/units/{NABIRE}/sales", {"a": 1}, headers=bearer(token.secret))
    problem(answer, 415, "not_json")


def test_a_key_is_needed_and_is_a_uuid(client, world, token):
    address = f"{V1}/units/{NABIRE}/sales"
    for headers in ({}, {"Idempotency-Key": "1"}, {"Idempotency-Key": f"urn:uuid:{uuid7()}"}):
        answer = client.post(
            address,
            a_body(world),
            content_type="application/json",
            headers={**bearer(token.secret), **headers},
        )
        assert problem(answer, 422, "invalid")["field"] == ["header", "Idempotency-Key"]
    assert not Sale.objects.exists()


def test_without_a_token_nothing_is_told(client, world, token):
    answer = client.post(f"{V1}/units/{NABIRE}/sales", {}, content_type="application/json")
    problem(answer, 401, "token_missing")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    for secret in ("", "x", token.secret[:-1], token.secret.upper(), "\u00ff"):
        problem(record(client, secret, a_body(world)), 401, "token_unknown")


def test_a_session_is_no_token(client, world, token):
    client.force_login(token.holder)
    answer = client.get(f"{V1}/units/{NABIRE}/sales/{uuid7()}")
    problem(answer, 401, "token_missing")


def test_another_unit_is_not_found(client, world, token):
    problem(record(client, token.secret, a_body(world), unit=BANGLI), 404, "not_found")
    problem(record(client, token.secret, a_body(world), unit="kanwil-papua"), 404, "not_found")
    theirs = a_token(world.bangli, email="wayan@contoh.go.id")
    items = [{"product": code_of(world.endek), "pieces": 1}]
    sale = record(client, theirs.secret, a_body(world, items=items), unit=BANGLI).json()["id"]
    for unit in (BANGLI, NABIRE):
        address = f"{V1}/units/{unit}/sales/{sale}"
        problem(client.get(address, headers=bearer(token.secret)), 404, "not_found")


def test_whoever_loses_the_role_takes_the_power_of_the_token_along(client, world, token):
    revoke_role(grant_id=token.grant.pk, by=SETUP, now=NOON)
    problem(record(client, token.secret, a_body(world)), 403, "token_powerless")
    assert not Sale.objects.exists()


def test_a_revoked_or_ended_token_is_unknown(client, world, token, monkeypatch):
    short = a_token(world.nabire, email="siti@contoh.go.id", days=30)
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(days=30))
    problem(record(client, short.secret, a_body(world)), 401, "token_unknown")
    assert record(client, token.secret, a_body(world)).status_code == 201
    revoke_token(
        token_id=Token.objects.get(holder=token.holder).pk, unit_id=world.nabire, by=SETUP, now=NOON
    )
    problem(record(client, token.secret, a_body(world)), 401, "token_unknown")


def test_the_day_of_the_last_use_is_kept(client, world, token):
    record(client, token.secret, a_body(world))
    assert Token.objects.get(holder=token.holder).last_used_on == dt.date(2026, 4, 27)


def test_a_wrong_record_is_voided_within_ten_minutes(client, world, token, monkeypatch):
    sale = record(client, token.secret, a_body(world)).json()
    address = f"{V1}/units/{NABIRE}/sales/{sale['id']}/void"
    key = str(uuid7())
    headers = {**bearer(token.secret), "Idempotency-Key": key}
    first, again = (client.post(address, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json()["returned"], again.json()["is_repeat"]) == (200_000, True)
    assert Refund.objects.count() == 1
    other = record(client, token.secret, a_body(world)).json()["id"]
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(minutes=11))
    late = client.post(
        f"{V1}/units/{NABIRE}/sales/{other}/void",
        headers={**bearer(token.secret), "Idempotency-Key": str(uuid7())},
    )
    assert "10 menit" in problem(late, 422, "refused")["title"]
    used = client.post(f"{V1}/units/{NABIRE}/sales/{other}/void", headers=headers)
    assert used.status_code in (409, 422)
    assert Refund.objects.count() == 1


def test_a_head_of_a_unit_records_nothing_by_token(client, world):
    with pytest.raises(Exception, match="petugas"):
        a_token(world.nabire, role=Role.KEPALA_UPT, email="kepala@contoh.go.id")


def test_a_recording_costs_a_known_number_of_statements(
    client, world, token, django_assert_num_queries
):
    record(client, token.secret, a_body(world))
    with django_assert_num_queries(19):
        record(client, token.secret, a_body(world))


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_make_one_sale(committed_world, client):
    secret = a_token(committed_world.nabire).secret
    key, body = uuid7(), a_body(committed_world)
    answers = at_once(6, lambda _: record(type(client)(), secret, body, key=key))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Sale.objects.count() == 1
