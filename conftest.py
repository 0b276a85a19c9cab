"""What every test run shares: a database address, a small world, how skipping is treated."""

import os
import shutil
from importlib import import_module

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from bekal.config import translations
from bekal.foundation import clock
from tests.support import world as world_of_tests
from tests.support.remembering import remembered

NO_SKIPS = bool(os.environ.get("BEKAL_NO_SKIPS"))
_FAR = 2**40
"""An instant after all tests, in seconds of the epoch."""
# How fast a machine makes examples says nothing of Bekal: a full one must not fail a test.
settings.register_profile("bekal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("bekal")
_LONG = ("tests/browser/", "tests/faults/", "tests/house/test_matrix.py")
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")


def pytest_configure(config):
    """Say what is missing instead of failing a thousand times."""
    translations.prepare()
    if not os.environ.get("DATABASE_URL") and not config.option.collectonly:
        pytest.exit(
            "Set DATABASE_URL, or run the tests by ./bekal test, which starts a database.", 2
        )


def pytest_collection_modifyitems(items):
    """Begin with the longest files, and skip what drives a browser, by name, where there is none.

    A worker takes a file whole: one that begins last leaves the other worker idle for long.
    """
    items.sort(key=lambda item: not any(long in item.nodeid for long in _LONG))
    if CHROMIUM:
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="chromium is missing"))


def pytest_sessionfinish(session):
    """With BEKAL_NO_SKIPS, a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if NO_SKIPS and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    """Say why the run failed although no test did."""
    if NO_SKIPS and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("BEKAL_NO_SKIPS is set: the skipped tests fail this run.")


@pytest.fixture(autouse=True)
def nothing_kept():
    """Forget what a process keeps of data: a test's transaction never happened."""
    import_module("bekal.catalogue.queries.ground").forget()
    import_module("bekal.shipping.queries.finding").forget()


@pytest.fixture
def noon(monkeypatch):
    """Whoever looks at the clock sees the noon of the small world."""
    monkeypatch.setattr(clock, "now", lambda: world_of_tests.NOON)


@pytest.fixture(autouse=True)
def confirmed(request, monkeypatch):
    """Whoever a test signs in by force has just given the code of the second factor.

    Tests of the second factor itself are marked `unconfirmed`.
    """
    if request.node.get_closest_marker("unconfirmed"):
        return
    force = Client.force_login

    def force_login(client, user, backend=None):
        force(client, user, backend)
        session = client.session
        session["confirmed_at"] = _FAR
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture
def world(db):
    """The small world of tests/support/world.py, in the test's own transaction."""
    return remembered(world_of_tests.build)


@pytest.fixture
def person(world, client, monkeypatch):
    """Sign somebody in at noon; grants are (role, name of a place of the world)."""
    monkeypatch.setattr(import_module("bekal.foundation.clock"), "now", lambda: world_of_tests.NOON)
    accounts = import_module("bekal.accounts.models")

    def sign_in(name, *grants):
        user, is_new = accounts.User.objects.get_or_create(
            email=f"{name}@contoh.test".lower(), defaults={"name": name}
        )
        for role, place in grants if is_new else ():
            accounts.Grant.objects.create(
                user=user,
                role=role,
                place_id=getattr(world, place),
                granted_at=world_of_tests.long_ago(),
                granted_by=str(world_of_tests.SETUP),
            )
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def committed_world(transactional_db):
    """The same world, committed, for tests with threads or processes."""
    return remembered(world_of_tests.build)
