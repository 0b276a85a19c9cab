"""Public pages are served whole, the same to all, and never older than their data."""

import gzip
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError

from bekal.config.pagecache import PageCache, Revisions
from bekal.config.pagecache.shelf import Shelf
from bekal.foundation.faces import HEADER


def hearer(given):
    """What a server hands to a WSGI application to say status and headers by."""

    def start(status, headers, exc_info=None, /):
        given.update(status=status, headers=dict(headers))
        return len

    return start


class Site:
    """A small application that counts how often it is asked, in front of which a cache stands."""

    def __init__(self, *, headers=(), status="200 OK", topics="catalogue", shelf=None):
        self.asked, self.revision, self.clock = 0, {"catalogue": 1, "sales": 1}, 0.0
        self.text, self.status, self.is_away = "karya " * 100, status, False
        self.headers = [("Content-Type", "text/html"), ("X-Frame-Options", "DENY"), *headers]
        if topics is not None:
            self.headers.append((HEADER, topics))
        self.while_made: Callable[[], object] = lambda: None
        revisions = Revisions(self.read, clock=lambda: self.clock, ticks=lambda: self.clock)
        self.cache = PageCache(self.application, revisions=revisions, shelf=shelf)

    def read(self):
        if self.is_away:
            raise OperationalError("away")
        return dict(self.revision)

    def application(self, environ, start):
        self.asked += 1
        text = self.text
        self.while_made()
        start(self.status, list(self.headers))
        return [text.encode()]

    def ask(self, path="/katalog/", *, method="GET", **headers):
        given: dict[str, Any] = {}
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": "bekal.test"}
        environ |= {"QUERY_STRING": "", "wsgi.url_scheme": "https", **headers}
        body = b"".join(self.cache(environ, hearer(given)))
        return given["status"], given["headers"], body

    def later(self, seconds=1.1):
        self.clock += seconds


def test_a_page_is_made_once_and_served_again():
    site = Site()
    first, second = site.ask(), site.ask()
    assert first == second
    assert site.asked == 1
    assert first[1]["X-Frame-Options"] == "DENY"
    assert HEADER not in first[1]
    assert first[2] == site.text.encode()


def test_a_change_of_its_topic_is_seen_within_seconds():
    site = Site()
    site.ask()
    site.text, site.revision = "harga baru", {"catalogue": 2, "sales": 1}
    site.later()
    assert site.ask()[2] == b"harga baru"
    assert site.asked == 2


def test_a_change_elsewhere_makes_nothing_anew():
    site = Site()
    site.ask()
    site.revision = {"catalogue": 1, "sales": 2}
    site.later()
    site.ask()
    assert site.asked == 1


def test_a_new_hour_makes_every_page_anew():
    site = Site()
    site.ask()
    site.later(3700)
    site.ask()
    assert site.asked == 2


def test_an_act_while_the_page_is_being_made_makes_it_old_at_once():
    site = Site()
    site.while_made = lambda: site.revision.update(catalogue=2)
    site.ask()
    site.while_made, site.text = lambda: None, "sesudahnya"
    site.later()
    assert site.ask()[2] == b"sesudahnya"


def test_pages_stay_while_the_database_is_away_and_follow_when_it_is_back():
    site = Site()
    site.ask()
    site.is_away, site.text = True, "rusak"
    site.later(5000)
    assert site.ask()[2].startswith(b"karya")
    site.is_away, site.revision = False, {"catalogue": 5}
    site.later()
    assert site.ask()[2] == b"rusak"


def test_a_browser_that_has_the_page_gets_no_body():
    site = Site()
    tag = site.ask()[1]["ETag"]
    status, headers, body = site.ask(HTTP_IF_NONE_MATCH=tag)
    assert (status, body, headers["ETag"]) == ("304 Not Modified", b"", tag)
    assert headers["Cache-Control"] == "public, no-cache"
    assert site.ask(HTTP_IF_NONE_MATCH='W/"other"')[0] == "200 OK"


def test_the_page_is_compressed_for_who_can_read_that():
    site = Site()
    _, headers, body = site.ask(HTTP_ACCEPT_ENCODING="br, gzip")
    assert (headers["Content-Encoding"], headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(body) == site.text.encode()
    assert int(headers["Content-Length"]) == len(body) < len(site.text)
    assert "Content-Encoding" not in site.ask()[1]


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ({"topics": None}, "it is no face"),
        ({"status": "404 Not Found"}, "it is not there"),
        ({"headers": [("Set-Cookie", "bekal_session=x")]}, "it is somebody's own"),
        ({"headers": [("Vary", "Accept, Cookie")]}, "it differs by person"),
    ],
)
def test_what_is_not_for_all_is_never_kept(odd, why):
    site = Site(**odd)
    first = site.ask()
    site.ask()
    assert site.asked == 2, why
    assert "ETag" not in first[1]


def test_only_what_is_shown_is_kept():
    site = Site()
    site.ask(method="POST")
    site.ask(method="POST")
    assert site.asked == 2
    site.ask()
    assert site.ask(method="HEAD")[2] == b""
    assert site.asked == 3


@pytest.mark.parametrize("odd", ["/x" * 600, "/en/katalog/", "/katalog"])
def test_each_address_is_a_page_of_its_own(odd):
    site = Site()
    site.ask()
    site.ask(odd)
    assert site.asked == 2
    site.ask(HTTP_HOST="lain.test")
    site.ask(QUERY_STRING="cari=kopi")
    assert site.asked == 4


def test_the_shelf_holds_no_more_than_its_budget():
    site = Site(shelf=Shelf(budget=3_500))
    for number in range(5):
        site.ask(f"/p/{number}/")
    site.ask("/p/4/")
    assert site.asked == 5
    site.ask("/p/0/")
    assert site.asked == 6


def test_one_thread_makes_the_page_anew_while_the_others_show_the_old_one():
    site = Site()
    site.ask()
    site.revision, site.text = {"catalogue": 2}, "baru"
    site.later()
    may_end = threading.Event()
    site.while_made = lambda: may_end.wait(10)
    with ThreadPoolExecutor(8) as pool:
        maker = pool.submit(site.ask)
        while site.asked < 2:
            time.sleep(0.001)
        others = [pool.submit(site.ask) for _ in range(6)]
        assert all(each.result(5)[2].startswith(b"karya") for each in others)
        may_end.set()
        assert maker.result(5)[2] == b"baru"
    assert site.asked == 2


def test_a_page_that_failed_in_the_making_can_be_made_again():
    site = Site()
    site.ask()
    site.revision = {"catalogue": 2}
    site.later()

    def fail():
        raise RuntimeError("rusak")

    site.while_made = fail
    with pytest.raises(RuntimeError):
        site.ask()
    site.while_made, site.text = lambda: None, "pulih"
    assert site.ask()[2] == b"pulih"


@pytest.mark.django_db(transaction=True)
def test_home_comes_from_the_shelf_without_a_cookie_of_the_person_who_asked_first():
    served = []
    django = get_wsgi_application()

    def counting(environ, start):
        served.append(environ["PATH_INFO"])
        return django(environ, start)

    cache = PageCache(counting, revisions=Revisions())
    answers = []

    def ask(**headers):
        given: dict[str, Any] = {}
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/",
            "QUERY_STRING": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            **headers,
        }
        answers.append((given, b"".join(cache(environ, hearer(given)))))

    ask(
        HTTP_COOKIE="bekal_session=yohana-wakerkwa-of-nabire",
        HTTP_ACCEPT_ENCODING="gzip",
    )
    ask()
    assert served == ["/"]
    (first, packed), (second, plain) = answers
    assert first["headers"]["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == plain
    assert first["status"] == second["status"] == "200 OK"
    assert "Content-Security-Policy" in second["headers"]
    assert "Set-Cookie" not in first["headers"] | second["headers"]
    assert b"yohana" not in plain


def test_the_application_server_can_load_it_first_of_all():
    load = "from bekal.config.wsgi import application; print(type(application).__name__)"
    done = subprocess.run([sys.executable, "-c", load], capture_output=True, text=True, check=False)
    assert done.stdout == "PageCache\n", done.stderr


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved Permanently"])
def test_a_page_that_is_no_longer_public_is_gone_from_the_shelf(status):
    site = Site()
    site.ask()
    site.status, site.revision = status, {"catalogue": 2}
    site.later()
    assert site.ask()[0] == status
    site.revision = {"catalogue": 1}
    assert site.ask()[0] == status, "also for who asks while another is being answered"


def test_what_a_stranger_says_of_its_proxy_makes_no_further_copies():
    site = Site()
    for scheme in ("", "http", "x" * 60_000, "gopher"):
        site.ask(HTTP_X_FORWARDED_PROTO=scheme)
    assert site.asked == 1
    site.ask(HTTP_X_FORWARDED_PROTO="https")
    assert site.asked == 2
    site.ask(HTTP_HOST="x" * 300)
    site.ask(HTTP_HOST="x" * 300)
    assert site.asked == 4


def test_a_tag_that_the_view_gave_is_kept():
    site = Site(headers=[("ETag", 'W/"by-the-view"')])
    assert site.ask()[1]["ETag"] == 'W/"by-the-view"'


def test_a_slow_database_holds_up_one_thread_and_no_page():
    site = Site()
    site.ask()
    may_end, began = threading.Event(), threading.Event()

    def slow():
        began.set()
        may_end.wait(10)
        return dict(site.revision)

    site.cache._revisions._read = slow
    site.later()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(site.ask)
        began.wait(5)
        assert pool.submit(site.ask).result(2)[0] == "200 OK"
        may_end.set()
        assert first.result(5)[0] == "200 OK"
