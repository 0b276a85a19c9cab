"""Every page that the URL list knows, on a phone: axe finds nothing, nothing stands out sideways.

Each is opened by the first of the people who may, with the objects of the role matrix. What
answers with a file or a fragment, or leads on, is not a page. `test_every_page` judges states
and weights.
"""

import pytest
from django.db import transaction
from django.urls import get_resolver

from bekal.accounts.rules import PERMISSIONS, Role
from tests.browser.test_every_page import OUTSIDE, WIDER, violations
from tests.house.matrix import MINE, THEIRS
from tests.house.routes import gate_of, is_by_token, routes_of
from tests.house.samples import SAMPLES, Nation

ROUTES = [route for route in routes_of(get_resolver().url_patterns) if not is_by_token(route.view)]
OPENERS = {
    "yohana": Role.PETUGAS,
    "siti": Role.BENDAHARA,
    "markus": Role.KEPALA_UPT,
    "frans": Role.KANWIL,
    "dewi": Role.DITJENPAS,
}
DOCUMENT = b"<!doctype html>"


def opener_of(route):
    """Who opens a route: nobody in particular, or the first whose role may."""
    gate = gate_of(route.view)
    if gate == "public":
        return "stranger"
    if gate == "signed_in":
        return "yohana"
    may = (name for name, role in OPENERS.items() if gate in PERMISSIONS[role])
    return next(may, None)


def pages_of(name, nation):
    """The addresses that this person opens, with an object of their own in each place.

    All objects come in one transaction: promises look at an order when it is whole.
    """
    mine = [route for route in ROUTES if opener_of(route) == name]
    with transaction.atomic():
        names = {each for route in mine for each in route.parameters}
        values = {each: SAMPLES[each](nation, MINE) for each in sorted(names)}
    there = {each for each, value in values.items() if value is not None}
    return [route.address(values) for route in mine if set(route.parameters) <= there]


def faults_at(visitor, path):
    """What is wrong with the page at a path; nothing where there is none."""
    answer = visitor.context.request.get(path, max_redirects=0, fail_on_status_code=False)
    if answer.status >= 500:
        return [f"{path}: answered {answer.status}"]
    if answer.status != 200 or not answer.body().lstrip().startswith(DOCUMENT):
        return []
    visitor.open(path)
    found = [
        f"{path}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in violations(visitor.page)
    ]
    if visitor.page.evaluate(WIDER) > 0:
        found.append(f"{path}: scrolls sideways {visitor.page.evaluate(OUTSIDE)}")
    return found or [""]


@pytest.mark.parametrize("name", ["stranger", *OPENERS])
def test_every_page_of_the_url_list_is_for_everyones_eyes(visit, world, people, name):
    nation = Nation(
        places={MINE: world.nabire, THEIRS: world.bangli},
        products={MINE: world.noken, THEIRS: world.endek},
    )
    visitor = visit(getattr(people, name, None))
    judged = [faults_at(visitor, path) for path in pages_of(name, nation)]
    faults = [fault for found in judged for fault in found if fault]
    assert not faults, "\n" + "\n".join(faults)
    assert sum(map(bool, judged)) >= 3, "hardly any page was opened"
