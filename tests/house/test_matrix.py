"""Role × unit × route: another unit's object is not found, no permission is forbidden.

The list is made from the URL conf; a route, a role or a parameter cannot be forgotten.
"""

import functools
import html
import logging
import re

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import Resolver404, get_resolver, path, re_path, resolve

from bekal.accounts.rules import Permission, Role
from bekal.config import urls
from tests.house.matrix import (
    ABOVE,
    MINE,
    NOT_THIS_METHOD,
    THEIRS,
    Answer,
    Ask,
    asks_of,
    fault_of,
    faults_of,
)
from tests.house.routes import Route, gate_of, is_by_token, routes_of, routes_without_gate
from tests.house.samples import SAMPLES, small_nation
from tests.support.remembering import remembered

ROUTES = list(routes_of(get_resolver().url_patterns))
SIGN_IN = "/masuk/"
SHOWN = (200, 422)
LEAD = re.compile(r'(?:href|action)="(/[^"?#]*)')
A_KEY = {"Idempotency-Key": "0190a5b2-7d5b-7c1a-9a57-3f5f6f1c2b10"}


def report(faults):
    """Fail with one line per fault."""
    told = list(faults)
    assert not told, "\n" + "\n".join(told)


def unknown_parameters(routes, samples):
    """A sentence for each parameter that the matrix knows no object for."""
    return [
        f"{route.pattern}: tell the matrix what a <{name}> is (SAMPLES in tests/house/samples.py)"
        for route in routes
        for name in route.parameters
        if name not in samples
    ]


def test_every_route_names_its_gate():
    report(routes_without_gate(ROUTES))


def test_the_matrix_knows_every_parameter():
    report(unknown_parameters(ROUTES, SAMPLES))


@functools.cache
def gate_at(address):
    """The gate of what stands at an address of this site; None where nothing does."""
    try:
        return gate_of(resolve(address).func)
    except Resolver404:
        return None


def leads_of(response):
    """Where the links and forms of a page lead, with the gate before each."""
    if response.status_code not in SHOWN or "html" not in response.get("Content-Type", ""):
        return {}
    found = LEAD.findall(response.content.decode())
    return {address: gate_at(address) for address in map(html.unescape, found)}


def asker(nation, samples):
    """A function that asks a real page and undoes what the page did."""

    @functools.cache
    def value(name, whose):
        return samples[name](nation, whose)

    @functools.cache
    def session(person):
        client = Client()
        client.force_login(person)
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def answer(route, ask):
        client = Client(raise_request_exception=False)
        values = {name: value(name, whose) for name, whose in ask.whose.items()}
        person = nation.person(ask.role, ask.granted) if ask.role else None
        is_session = person and not is_by_token(route.view)
        if is_session:
            client.cookies[settings.SESSION_COOKIE_NAME] = session(person)
        with transaction.atomic():
            headers = {}
            if person and not is_session:
                headers = {"Authorization": f"Bearer {nation.token(person)}", **A_KEY}
            response = client.generic(ask.method, route.address(values), headers=headers)
            transaction.set_rollback(True)
        problem = repr(response.exc_info[1])[:200] if getattr(response, "exc_info", None) else ""
        location, leads = response.get("Location", ""), leads_of(response)
        return Answer(response.status_code, location, problem, leads)

    return answer, lambda name: value(name, ABOVE) is not None


@pytest.fixture
def quiet(monkeypatch):
    """Thousands of expected refusals in a word each: no log, no page around their status.

    A broken page is told in the fault; the pages of refusals have tests of their own.
    """
    for status in (403, 404):
        refuse = functools.partial(HttpResponse, status=status)
        monkeypatch.setattr(urls, f"handler{status}", lambda *_, refuse=refuse, **__: refuse())
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.pattern)
def test_nobody_gets_further_than_their_role_and_unit(route):
    if unknown_parameters([route], SAMPLES):
        pytest.fail("tell the matrix what its parameters are (see the test above)")
    answer, has_above = asker(remembered(small_nation), SAMPLES)
    asks = asks_of(route, has_above)
    sign_in = resolve_url(settings.LOGIN_URL)
    report(faults_of(route, asks, functools.partial(answer, route), sign_in=sign_in))


ANSWERS_NO_PAGE = {
    "bekal.accounts.views.signing.sign_out": "leads on, whatever is sent",
    "bekal.payments.views.hooks.midtrans": "is for the gateway's program",
}


@pytest.mark.django_db
@pytest.mark.usefixtures("quiet")
def test_a_public_address_that_may_show_a_page_can_be_opened_too():
    answer, _ = asker(remembered(small_nation), SAMPLES)
    public = [route for route in ROUTES if gate_of(route.view) == "public"]
    report(
        f"{route.pattern} shows pages at an address that cannot be opened: answer GET too, by 303"
        for route in public
        if f"{route.view.__module__}.{route.view.__name__}" not in ANSWERS_NO_PAGE
        and not is_by_token(route.view)
        and answer(route, Ask("GET", None, MINE, dict.fromkeys(route.parameters, MINE))).status
        == NOT_THIS_METHOD
    )


# What follows plants faults in small routes of its own.


def page(request, **values):
    return HttpResponse("ok")


def gated(gate, view=page):
    @functools.wraps(view)
    def inner(*arguments, **values):
        return view(*arguments, **values)

    inner.gate = gate
    return inner


SALES = Route("/kerja/<slug:unit>/penjualan/<uuid:sale>/", gated(Permission.SEE_SALES))


def right(ask):
    """What a faultless page of SALES answers."""
    if ask.role is None:
        return Answer(302, f"{SIGN_IN}?next=/")
    if ask.role in (Role.MITRA, Role.SPONSOR):
        return Answer(403)
    return Answer(404 if {THEIRS, ABOVE} & set(ask.whose.values()) else 200)


CLOSED = {"/": "public", "/tutup/": Permission.APPROVE_MONEY}


def judged(answer, route=SALES):
    asks = asks_of(route, lambda name: name == "unit")
    return faults_of(route, asks, answer, sign_in=SIGN_IN)


def instead(condition, answer):
    return lambda ask: answer if condition(ask) else right(ask)


def test_a_faultless_page_passes():
    assert judged(right) == []


def test_the_questions_mix_my_unit_with_their_sale():
    asks = list(asks_of(SALES, lambda name: name == "unit"))
    mixtures = {tuple(ask.whose.values()) for ask in asks}
    assert mixtures == {
        (MINE, MINE),
        (MINE, THEIRS),
        (THEIRS, MINE),
        (THEIRS, THEIRS),
        (ABOVE, MINE),
    }
    assert {ask.role for ask in asks} == {None, *Role}
    assert {(ask.method, ask.granted) for ask in asks} == {
        (method, granted) for method in ("GET", "POST") for granted in (MINE, ABOVE)
    }


@pytest.mark.parametrize(
    ("condition", "answer", "sentence"),
    [
        (lambda ask: ask.whose["sale"] == THEIRS, Answer(200), "not 404"),
        (lambda ask: ask.whose["unit"] == THEIRS, Answer(200), "not 404"),
        (lambda ask: ask.whose["unit"] == ABOVE and ask.granted == MINE, Answer(200), "not 404"),
        (lambda ask: ask.whose["unit"] == THEIRS and ask.method == "POST", Answer(302), "not 404"),
        (lambda ask: ask.role is Role.SPONSOR, Answer(200), "without permission"),
        (lambda ask: ask.role is Role.SPONSOR, Answer(404), "without permission"),
        (lambda ask: ask.role is None, Answer(200), "to a stranger"),
        (lambda ask: ask.role is None, Answer(404), "to a stranger"),
        (lambda ask: ask.role is Role.KANWIL, Answer(302, SIGN_IN), "sent a signed-in person"),
        (lambda ask: ask.role is Role.PETUGAS, Answer(500), "broke with 500"),
        (lambda ask: set(ask.whose.values()) == {MINE}, Answer(404), "what is allowed"),
        (lambda ask: ask.role is Role.PETUGAS, Answer(200, leads=CLOSED), "leads to /tutup/"),
        (lambda ask: True, Answer(405), "neither GET nor POST"),
    ],
)
def test_a_leak_is_found(condition, answer, sentence):
    faults = judged(instead(condition, answer))
    assert faults
    assert any(sentence in fault for fault in faults)


@pytest.mark.parametrize("answer", [Answer(302, SIGN_IN), Answer(403), Answer(404)])
def test_a_public_page_that_turns_people_away_is_found(answer):
    assert fault_of("public", Ask("GET", None), answer, sign_in=SIGN_IN)
    assert not fault_of("public", Ask("GET", None), Answer(200), sign_in=SIGN_IN)


def test_a_route_without_gate_is_found_through_decorators():
    routes = list(
        routes_of(
            [
                path("a/", page),
                path("b/", gated("public")),
                path("c/", functools.partial(gated(Permission.SET_PRICE))),
                path("d/", gated("everyone")),
            ]
        )
    )
    faults = routes_without_gate(routes)
    assert [fault.split(":")[0] for fault in faults] == ["/a/", "/d/"]

    @functools.wraps(routes[1].view)
    def above(*arguments):
        return routes[1].view(*arguments)

    assert gate_of(above) == "public"


@pytest.mark.django_db
@pytest.mark.urls("tests.house.leaky")
def test_a_real_page_that_leaks_is_found_and_a_tight_one_passes():
    tight, leaky = routes_of(get_resolver("tests.house.leaky").url_patterns)
    answer, has_above = asker(remembered(small_nation), SAMPLES)
    found = {}
    for route in (tight, leaky):
        ask_it = functools.partial(answer, route)
        found[route] = faults_of(route, asks_of(route, has_above), ask_it, sign_in=SIGN_IN)
    assert found[tight] == []
    assert len(found[leaky]) == 2 * len(Role) * 3
    assert all("answered 200, not 404" in fault for fault in found[leaky])


def test_an_unknown_parameter_is_found():
    (fault,) = unknown_parameters([SALES], {"unit": None})
    assert "tell the matrix what a <sale> is" in fault


def test_an_address_is_written_with_its_values():
    written = SALES.address({"unit": "lapas-jayapura", "sale": "1"})
    assert written == "/kerja/lapas-jayapura/penjualan/1/"
    with pytest.raises(TypeError, match=r"path\(\)"):
        list(routes_of([re_path("^x$", page)]))


@pytest.mark.django_db
@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_has_mine_and_theirs(name):
    nation = remembered(small_nation)
    mine, theirs = SAMPLES[name](nation, MINE), SAMPLES[name](nation, THEIRS)
    assert mine
    assert theirs
    assert mine != theirs
