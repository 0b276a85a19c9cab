"""What everybody may ask: right numbers, pages, freshness, refusals in one shape."""

import datetime as dt
import re

import pytest
from django.db import OperationalError

from bekal.config.api import door
from bekal.foundation import clock
from bekal.foundation.ids import uuid7
from bekal.places import api as places_api
from bekal.sales.actions import NewRefund, record_sale, refund_sale
from bekal.sales.models import SaleLine
from bekal.sales.rules import RefundKind
from tests.api.asking import V1, code_of, problem
from tests.api.conftest import BANGLI, NABIRE
from tests.support.world import NOON, WAYAN, YOHANA, a_product, a_sale

pytestmark = pytest.mark.django_db


def ask(client, path, **asked):
    answer = client.get(f"{V1}/{path}", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def sell(unit, product, *, times=1, by=YOHANA, now=NOON, **changes):
    for _ in range(times):
        sale = a_sale(unit, (product, 1), **changes)
        record_sale(sale=sale, by=by, now=now)
    return sale


def test_products_are_found_and_told_with_their_price(client, world):
    found = ask(client, "products", text="noken")
    (product,) = found["items"]
    assert product["name"] == "Noken kulit kayu"
    assert (product["price"], product["unit"]["code"]) == (100_000, NABIRE)
    one = ask(client, f"products/{product['code'].lower()}")
    assert one["prices"] == [{"amount": 100_000, "valid_from": "2026-01-02"}]
    assert one["kanwil"] == "kanwil-papua"


def test_filters_narrow_the_products(client, world):
    for asked, count in (
        ({"unit": NABIRE}, 2),
        ({"kanwil": "kanwil-papua"}, 3),
        ({"province": "51"}, 1),
        ({"category": "makanan"}, 1),
        ({"price": "ada"}, 4),
        ({"text": "tidak ada barang ini zzz"}, 0),
    ):
        assert ask(client, "products", **asked)["total"] == count, asked


def test_pages_lead_on_in_body_and_header(client, world):
    for number in range(30):
        a_product(world.nabire, f"Gelang {number}", "kerajinan", price=1000)
    answer = client.get(f"{V1}/products", {"unit": NABIRE})
    first = answer.json()
    assert (first["total"], first["pages"], len(first["items"])) == (32, 2, 24)
    assert re.fullmatch(rf"{V1}/products\?after=2-\d+&page=2&unit={NABIRE}", first["next"])
    assert answer["Link"] == f'<{first["next"]}>; rel="next"'
    second = client.get(first["next"]).json()
    assert len(second["items"]) == 8
    assert (second["next"], second["previous"]) == (None, f"{V1}/products?page=1&unit={NABIRE}")
    seen = {item["code"] for page in (first, second) for item in page["items"]}
    assert len(seen) == 32
    beyond = ask(client, "products", unit=NABIRE, page=9)
    assert (beyond["items"], beyond["next"]) == ([], None)
    assert client.get(beyond["previous"]).json()["items"] == second["items"]


def test_a_place_in_the_list_is_enough_to_go_on_from(client, world):
    for number in range(60):
        a_product(world.nabire, f"Gelang {number}", "kerajinan", price=1000)
    second = client.get(ask(client, "products", unit=NABIRE)["next"]).json()
    third = client.get(second["next"]).json()
    assert client.get(third["previous"]).json()["items"] == second["items"]
    place = re.search(r"after=([0-9-]+)", second["next"])[1]
    alone = ask(client, "products", unit=NABIRE, after=place)
    assert alone["items"] == third["items"]
    assert client.get(alone["previous"]).status_code == 200
    problem(client.get(f"{V1}/products", {"after": "x"}), 422, "invalid")


def test_suggestions_come_while_typing(client, world):
    found = ask(client, "suggestions", q="no")["items"]
    assert [(item["type"], item["label"]) for item in found] == [("product", "Noken kulit kayu")]
    assert found[0]["note"] == "Lapas Kelas IIB Nabire · Rp100.000"
    assert client.get(found[0]["url"]).status_code == 200
    (kind, *_rest) = ask(client, "suggestions", q="wicker", lang="en")["items"]
    assert (kind["type"], kind["note"]) == ("kind", "1 product")
    assert client.get(kind["url"]).status_code == 200
    (unit, *_rest) = ask(client, "suggestions", q="nabire")["items"]
    assert (unit["type"], unit["url"]) == ("unit", f"/bengkel/{NABIRE}/")
    assert client.get(unit["url"]).status_code == 200
    for nonsense in ("", "n", "' or 1=1 --", "\\", "😀😀", "&|!():*"):
        assert isinstance(ask(client, "suggestions", q=nonsense)["items"], list)
    problem(client.get(f"{V1}/suggestions", {"q": "a" * 101}), 422, "invalid")
    problem(client.get(f"{V1}/suggestions", {"q": "no", "lang": "fr"}), 422, "invalid")


def test_units_stand_on_a_day(client, world):
    found = ask(client, "units", kanwil="kanwil-papua")
    assert [item["code"] for item in found["items"]] == ["lapas-kelas-iib-merauke", NABIRE]
    assert ask(client, "units", on="2024-10-19")["items"] == []
    one = ask(client, f"units/{NABIRE}")
    assert (one["zone"], one["province"]["name"]) == ("WIT", "Papua Tengah")
    assert one["history"][0]["kanwil"] == {"code": "kanwil-papua", "name": "Kanwil Ditjenpas Papua"}
    for code in ("kanwil-papua", "tidak-ada"):
        problem(client.get(f"{V1}/units/{code}"), 404, "not_found")
    problem(client.get(f"{V1}/units/{NABIRE}", {"on": "2024-10-19"}), 404, "not_found")


@pytest.mark.parametrize(
    ("asked", "count"), [({"text": "nabire"}, 1), ({"kind": "lapas"}, 3), ({"province": "93"}, 1)]
)
def test_filters_narrow_the_units(client, world, asked, count):
    assert ask(client, "units", **asked)["total"] == count


def test_units_come_page_by_page(client, world, monkeypatch):
    monkeypatch.setattr(places_api, "_PER_PAGE", 2)
    assert ask(client, "units")["pages"] == 2
    assert len(ask(client, "units", page=2)["items"]) == 1


def test_turnover_adds_up_from_unit_to_nation(client, world):
    sell(world.nabire, world.noken, times=6)
    sell(world.merauke, world.bread, times=5)
    sale = sell(world.bangli, world.endek, times=7, by=WAYAN)
    line = SaleLine.objects.get(sale_id=sale.key)
    refund_sale(
        refund=NewRefund(uuid7(), sale.key, {line.pk: 1}, RefundKind.RETURN, "rusak"),
        by=WAYAN,
        now=NOON,
    )
    nation = ask(client, "turnover/nasional", period="2026-04")["figures"]
    gross = 6 * 100_000 + 5 * 15_001 + 7 * 100_000
    assert (nation["gross"], nation["returned"], nation["net"]) == (gross, 100_000, gross - 100_000)
    assert (nation["receipts"], nation["pieces"]) == (18, 17)
    assert nation["coverage"] == {"expected": 3, "reported": 3, "silent": 0}
    for path in ("turnover/nasional/below", "turnover/provinces"):
        assert sum(row["net"] for row in ask(client, path)["items"]) == nation["net"]
    papua = ask(client, "turnover/kanwil-papua")["figures"]
    units = ask(client, "turnover/kanwil-papua/below")["items"]
    assert sum(row["net"] for row in units) == papua["net"]
    for path in ("days", "months"):
        rows = ask(client, f"turnover/nasional/{path}")["items"]
        assert sum(row["net"] for row in rows) == nation["net"]
    day = ask(client, "turnover/nasional", period="2026-04-27")["figures"]
    assert day["net"] == nation["net"]
    assert ask(client, "turnover/nasional", period="2026-03")["figures"]["net"] == 0


def test_small_sums_are_hidden_and_cannot_be_found_by_subtraction(client, world):
    sell(world.nabire, world.noken, times=4)
    sell(world.merauke, world.bread, times=9)
    sell(world.bangli, world.endek, times=20, by=WAYAN)
    units = ask(client, "turnover/kanwil-papua/below")["items"]
    assert [row["is_hidden"] for row in units] == [True, True]
    assert all(row["gross"] is None and row["receipts"] is None for row in units)
    assert ask(client, "turnover/kanwil-papua")["figures"]["receipts"] == 13
    for unit in (NABIRE, "lapas-kelas-iib-merauke"):
        figures = ask(client, f"turnover/{unit}")["figures"]
        assert (figures["is_hidden"], figures["net"]) == (True, None)
        assert figures["coverage"]["reported"] == 1


def test_a_unit_is_asked_month_by_month(client, world):
    answer = client.get(f"{V1}/turnover/{NABIRE}", {"period": "2026-04-27"})
    assert problem(answer, 404, "not_found")["field"] == ["query", "period"]
    answer = client.get(f"{V1}/turnover/kanwil-papua/below", {"period": "2026-04-27"})
    assert "menurut bulan" in problem(answer, 404, "not_found")["title"]
    for path in ("below", "days", "months"):
        problem(client.get(f"{V1}/turnover/{NABIRE}/{path}"), 404, "not_found")


@pytest.mark.parametrize(
    "path",
    [
        "turnover/nasional?period=2026-13",
        "turnover/nasional?period=x%00",
        "turnover/nasional/days?month=2026-04-01",
        "turnover/nasional/months?year=1999",
        "products?page=0",
        "products?page=1001",
        "products?page=1&page=2",
        "products?text=a%00b",
        "products?teks=noken",
        "products?price=murah",
        "products?text=" + "a" * 101,
        "units?on=kemarin",
        "units?on=0000-00-00",
        "units?on=1777000000",
        "units?province=x",
        "products/0%00",
        "products/" + "A" * 300,
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_words(client, world, path):
    said = problem(client.get(f"{V1}/{path}"), 422, "invalid")
    assert said["field"]
    assert all(each["title"] for each in said["problems"])


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nope",
        "products/",
        "products/ZZZZZ",
        "turnover/tidak-ada",
        "turnover/nasional?period=2026-02-30",
        "turnover/nasional?period=2026-05",
        "turnover/provinces?period=2026-04-28",
        "turnover/nasional/days?month=2026-05",
        "turnover/nasional/months?year=2027",
    ],
)
def test_what_is_not_there_is_said_so_in_json(client, world, path):
    problem(client.get(f"{V1}/{path}"), 404, "not_found")


@pytest.mark.parametrize("address", ["/api/v2/products", "/api/openapi.yaml", "/api/v1"])
def test_all_below_the_api_answers_in_json(client, address):
    problem(client.get(address), 404, "not_found")


def test_a_host_that_is_not_ours_is_refused_in_json(client, settings):
    settings.ALLOWED_HOSTS = ["bekal.contoh"]
    problem(client.get(f"{V1}/categories", headers={"Host": "lain.contoh"}), 400, "unreadable")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_a_method_that_is_not_served_is_said_so(client, world, method):
    answer = client.generic(method, f"{V1}/products")
    problem(answer, 405, "method_not_allowed")
    assert answer["Allow"] == "GET, HEAD"


def test_head_is_like_get(client, world):
    got, head = client.get(f"{V1}/categories"), client.head(f"{V1}/categories")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", got["ETag"])


def test_an_unchanged_answer_is_not_sent_again(client, world, monkeypatch):
    address = f"{V1}/turnover/nasional"
    first = client.get(address)
    assert first["Cache-Control"] == "public, no-cache"
    kept = {"If-None-Match": first["ETag"]}
    same = client.get(address, headers=kept)
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert client.get(f"{address}?period=2026-04", headers=kept).status_code == 200
    assert client.get(address, headers={"If-None-Match": "*"}).status_code == 200
    sell(world.nabire, world.noken)
    changed = client.get(address, headers=kept)
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)
    monkeypatch.setattr(clock, "now", lambda: NOON + dt.timedelta(days=1))
    kept = {"If-None-Match": changed["ETag"]}
    assert client.get(address, headers=kept).status_code == 200


def test_large_answers_are_compressed(client, world):
    for number in range(20):
        a_product(world.nabire, f"Gelang {number}", "kerajinan", price=1000)
    answer = client.get(f"{V1}/products", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]


def test_no_cookie_is_read_or_set(client, world):
    answer = client.get(f"{V1}/products")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_a_database_that_is_away_is_said_so(client, world, monkeypatch):
    def gone(**_):
        raise OperationalError

    monkeypatch.setattr(door, "revision", gone)
    answer = client.get(f"{V1}/categories")
    problem(answer, 503, "unavailable")
    assert answer["Retry-After"] == "5"


def test_a_fault_of_ours_is_said_in_the_same_shape(client, world, monkeypatch):
    def broken(**_):
        raise ZeroDivisionError

    monkeypatch.setattr(door, "revision", broken)
    client.raise_request_exception = False
    problem(client.get(f"{V1}/categories"), 500, "broken")


@pytest.mark.parametrize(
    ("path", "statements"),
    [
        ("categories", 4),
        ("products", 5),
        ("products?text=noken", 5),
        ("products/{noken}", 6),
        ("units", 4),
        ("units/" + NABIRE, 4),
        ("turnover/nasional", 5),
        ("turnover/" + BANGLI, 5),
        ("turnover/provinces", 5),
        ("turnover/nasional/below", 5),
        ("turnover/nasional/days", 5),
        ("turnover/nasional/months", 5),
    ],
)
def test_a_question_costs_a_few_statements(
    client, world, path, statements, django_assert_max_num_queries
):
    path = path.replace("{noken}", code_of(world.noken))
    client.get(f"{V1}/{path}")
    with django_assert_max_num_queries(statements):
        assert client.get(f"{V1}/{path}").status_code == 200
