"""One server and one browser for all; a small committed world for each test."""

import os
import shutil

import pytest
from django.test import override_settings
from playwright.sync_api import sync_playwright

from bekal.foundation import clock
from bekal.ui import assets
from tests.browser.people import settle_in
from tests.browser.server import serving
from tests.browser.streaming import known_to_pages, streaming
from tests.browser.visitor import Visitor
from tests.support import world as worlds


def pytest_collection_modifyitems(items):
    """Everything here drives a browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="package")
def browser():
    """Debian's chromium. Its loop lives in this thread, which Django would take for a mistake."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The one stylesheet, the one script and the font, as an installation has them."""
    folder = tmp_path_factory.mktemp("assets")
    assets.build(folder)
    return folder


@pytest.fixture(scope="session")
def address(built):
    """The running platform."""
    with (
        override_settings(STATICFILES_DIRS=[built], WHITENOISE_USE_FINDERS=True),
        serving() as url,
    ):
        yield url


@pytest.fixture(scope="package")
def stream_process(address, django_db_setup):
    """The process of the streams, running; most tests need none."""
    with streaming(address) as streams:
        yield streams


@pytest.fixture
def streams(stream_process):
    """The streams of live pages, which the pages know of."""
    stream_process.revive()
    with known_to_pages(stream_process):
        yield stream_process


class Watch:
    """The clock of the platform: real, and moved on by hand."""

    def __init__(self):
        self.moved = worlds.dt.timedelta()
        self._real = clock.now

    def now(self):
        """The instant that doors read."""
        return self._real() + self.moved

    def wait(self, **how_long):
        """Let time pass without waiting for it."""
        self.moved += worlds.dt.timedelta(**how_long)


@pytest.fixture
def watch(monkeypatch):
    """The platform's clock, which a test may move on."""
    watch = Watch()
    monkeypatch.setattr(clock, "now", watch.now)
    return watch


@pytest.fixture
def world(committed_world):
    """The small world, seen by every browser."""
    return committed_world


@pytest.fixture
def people(world):
    """Everyone who takes part."""
    return settle_in(world)


@pytest.fixture
def visit(browser, address, people):
    """A function that opens a browser window; at the end no console may have complained."""
    del people
    opened = []

    def open_window(someone=None, **how):
        visitor = Visitor(browser, address, **how)
        opened.append(visitor)
        return visitor.sign_in(someone) if someone else visitor

    yield open_window
    for visitor in opened:
        visitor.leave()
    assert [words for visitor in opened for words in visitor.complaints] == []
