"""The stream: made once, told to all, newest first, and ended in good order."""

import asyncio
import datetime as dt
import zlib

import pytest
from django.db import OperationalError
from django.test import override_settings

from bekal.campaigns.fragments import Fragment
from bekal.campaigns.stream import door, frames
from bekal.campaigns.stream.hub import PULSE_SECONDS, Full, Hub, Seen
from bekal.campaigns.tests.pictures import AS_OF, SLUG, picture


class Base:
    """A database that answers with what a test has put there."""

    def __init__(self):
        self.revision = 7
        self.total = 100
        self.away = False
        self.looks = []
        self.made = 0

    async def look(self, slug, languages):
        self.looks.append((slug, frozenset(languages)))
        if self.away:
            raise OperationalError("away")
        if slug != SLUG:
            return None
        shown = picture(total=self.total, revision=self.revision)
        pages = {language: f"<p>{language} {self.total}</p>" for language in languages}
        at = AS_OF + dt.timedelta(seconds=len(self.looks))
        return Seen(Fragment(self.revision, 0, shown, pages), at)

    def sell(self, amount):
        self.total += amount
        self.revision += 1


class Turns:
    """A clock whose seconds pass when the test says so."""

    def __init__(self):
        self._go = asyncio.Semaphore(0)
        self._done = asyncio.Semaphore(0)

    async def sleep(self, seconds):
        assert 0.5 <= seconds <= 1
        self._done.release()
        await self._go.acquire()

    async def pass_seconds(self, count=1):
        for _ in range(count):
            await self._done.acquire()
            self._go.release()
        await self._done.acquire()
        self._done.release()


async def join(hub, *, slug=SLUG, language="id", last_id="", is_packed=False):
    return await hub.join(slug, language=language, is_packed=is_packed, last_id=last_id)


async def text(viewer):
    async with asyncio.timeout(1):
        return (await viewer.next()).decode()


def is_silent(viewer):
    return viewer._news is None and viewer._pulse is None


def run(story):
    async def told():
        base, turns = Base(), Turns()
        hub = Hub(base.look, sleep=turns.sleep, limit=3)
        await story(hub, base, turns)
        hub.close()

    asyncio.run(told())


def test_a_new_viewer_is_told_the_newest_at_once():
    async def story(hub, base, turns):
        _, viewer = await join(hub)
        assert await text(viewer) == "id: 7\ndata: <p>id 100</p>\n\n"

    run(story)


def test_a_sale_reaches_every_viewer_and_is_made_once_for_each_language():
    async def story(hub, base, turns):
        joined = [await join(hub, language=code) for code in ("id", "id", "en")]
        for _, viewer in joined:
            await text(viewer)
        base.sell(50)
        await turns.pass_seconds()
        told = [await text(viewer) for _, viewer in joined]
        assert told == [
            "id: 8\ndata: <p>id 150</p>\n\n",
            "id: 8\ndata: <p>id 150</p>\n\n",
            "id: 8\ndata: <p>en 150</p>\n\n",
        ]
        assert base.looks[-1] == (SLUG, {"id", "en"})
        assert len(hub.channels) == 1
        channel = joined[0][0]
        assert {viewer.language for viewer in channel.viewers} == set(channel.newest)

    run(story)


def test_nothing_is_sent_while_nothing_changes_but_a_pulse_says_as_of_when():
    async def story(hub, base, turns):
        channel, viewer = await join(hub)
        await text(viewer)
        await turns.pass_seconds(int(PULSE_SECONDS) - 1)
        assert is_silent(viewer)
        await turns.pass_seconds()
        at = channel.as_of.isoformat(timespec="seconds")
        assert await text(viewer) == f": {at}\nevent: saat\ndata: {at}\n\n"

    run(story)


def test_who_comes_back_with_the_newest_id_is_told_nothing_again():
    async def story(hub, base, turns):
        await join(hub)
        _, back = await join(hub, last_id="7")
        assert "event: saat" in await text(back)
        assert is_silent(back)
        _, late = await join(hub, last_id="6")
        assert (await text(late)).startswith("id: 7\n")

    run(story)


def test_a_slow_viewer_skips_to_the_newest():
    async def story(hub, base, turns):
        _, slow = await join(hub)
        for amount in (1, 2, 3):
            base.sell(amount)
            await turns.pass_seconds()
        assert "<p>id 106</p>" in await text(slow)
        assert is_silent(slow)

    run(story)


def test_a_language_that_is_joined_later_gets_no_old_page():
    async def story(hub, base, turns):
        channel, english = await join(hub, language="en")
        await join(hub)
        await text(english)
        hub.leave(channel, english)
        base.sell(50)
        await turns.pass_seconds()
        _, english = await join(hub, language="en")
        assert "<p>en 150</p>" in await text(english)

    run(story)


def test_a_viewer_of_another_language_takes_the_news_away_from_nobody():
    async def story(hub, base, turns):
        _, here = await join(hub)
        await text(here)
        base.sell(50)
        _, abroad = await join(hub, language="en")
        assert "en 150" in await text(abroad)
        await turns.pass_seconds()
        assert "id 150" in await text(here)

    run(story)


def test_an_unknown_campaign_has_no_stream_and_keeps_no_place():
    async def story(hub, base, turns):
        assert await join(hub, slug="tidak-ada") is None
        assert hub.channels == {}
        assert hub.count == 0

    run(story)


def test_one_viewer_more_than_the_process_may_have_is_refused():
    async def story(hub, base, turns):
        joined = [await join(hub) for _ in range(3)]
        with pytest.raises(Full):
            await join(hub)
        hub.leave(*joined[0])
        assert await join(hub)

    run(story)


def test_a_database_that_is_away_for_a_while_ends_nothing():
    async def story(hub, base, turns):
        channel, viewer = await join(hub)
        await text(viewer)
        known = channel.as_of
        base.away = True
        await turns.pass_seconds(int(PULSE_SECONDS))
        assert known.isoformat(timespec="seconds") in await text(viewer)  # and no later instant
        with pytest.raises(OperationalError):
            await join(hub, language="en")
        assert hub.count == 1
        base.away = False
        base.sell(50)
        await turns.pass_seconds()
        assert "<p>id 150</p>" in await text(viewer)

    run(story)


def test_the_poller_ends_with_its_last_viewer_and_begins_again_with_the_next():
    async def story(hub, base, turns):
        channel, viewer = await join(hub)
        hub.leave(channel, viewer)
        turns._go.release()
        await asyncio.wait_for(channel.task, 1)
        assert hub.channels == {}
        looks = len(base.looks)
        base.sell(50)
        _, viewer = await join(hub)
        assert "<p>id 150</p>" in await text(viewer)
        assert len(base.looks) == looks + 1

    run(story)


def test_when_a_poller_breaks_its_viewers_are_let_go_so_that_they_come_back(monkeypatch):
    async def story(hub, base, turns):
        _, viewer = await join(hub)
        await text(viewer)

        async def broken(slug, languages):
            raise KeyError("a fault of ours")

        hub._look = broken
        turns._go.release()
        assert await asyncio.wait_for(viewer.next(), 1) is None
        assert hub.channels == {}

    run(story)


def test_pieces_made_apart_are_one_gzip_stream():
    pieces = [frames.opening(), frames.news("<p>a</p>\n" * 90, revision=3), frames.pulse(AS_OF)]
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    assert unpacker.decompress(frames.GZIP_HEAD) == b""
    for piece in (*pieces, *pieces):
        assert unpacker.decompress(piece.packed) == piece.plain


# The door: ASGI messages in and out


class Line:
    """A connection to the door: what it sends, and a client that may hang up."""

    def __init__(self):
        self.sent = []
        self.hung_up = asyncio.Event()
        self.news = asyncio.Event()

    async def receive(self):
        await self.hung_up.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)
        self.news.set()

    async def until(self, count):
        async with asyncio.timeout(2):
            while len(self.sent) < count:
                self.news.clear()
                await self.news.wait()

    @property
    def status(self):
        return self.sent[0]["status"]

    @property
    def headers(self):
        return dict(self.sent[0]["headers"])


def ask(path, *, method="GET", **headers):
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": method, "path": path, "headers": given}


def call(monkeypatch, scope, *, base=None, hub=None, messages=2):
    """The answer to a question; hangs up after so many messages."""
    line_of = []

    async def story():
        line = Line()
        line_of.append(line)
        mine = hub or Hub((base or Base()).look)
        monkeypatch.setattr(door, "hub", mine)
        served = asyncio.create_task(door.application(scope, line.receive, line.send))
        await line.until(messages)
        line.hung_up.set()
        await asyncio.wait_for(served, 2)
        assert mine.count == 0
        mine.close()

    asyncio.run(story())
    return line_of[0]


PATH = f"/langsung/{SLUG}/aliran/"


def test_the_stream_says_what_it_is_and_ends_when_the_viewer_leaves(monkeypatch):
    line = call(monkeypatch, ask(PATH), messages=3)
    assert line.status == 200
    assert line.headers[b"content-type"].startswith(b"text/event-stream")
    assert line.headers[b"cache-control"] == b"no-store"
    assert line.headers[b"x-accel-buffering"] == b"no"
    assert line.sent[1]["body"] == b"retry: 3000\n\n"
    assert line.sent[2]["body"].startswith(b"id: 7\n")
    assert line.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


def test_english_has_its_own_stream(monkeypatch):
    line = call(monkeypatch, ask(f"/en{PATH}"), messages=3)
    assert b"<p>en 100</p>" in line.sent[2]["body"]


def test_a_viewer_that_reads_gzip_is_sent_gzip(monkeypatch):
    line = call(monkeypatch, ask(PATH, accept_encoding="gzip, br"), messages=3)
    assert line.headers[b"content-encoding"] == b"gzip"
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    plain = b"".join(unpacker.decompress(part["body"]) for part in line.sent[1:])
    assert plain.startswith(b"retry: 3000\n\nid: 7\n")


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 404),
        ("/langsung/", "GET", 404),
        ("/langsung/tidak-ada/aliran/", "GET", 404),
        (f"/fr{PATH}", "GET", 404),
        ("/langsung/" + "a" * 10_000 + "/aliran/", "GET", 404),
        ("/langsung/\x00/aliran/", "GET", 404),
        (PATH, "POST", 405),
        ("/healthz", "GET", 200),
    ],
)
def test_what_is_no_stream_is_answered_in_words(monkeypatch, path, method, status):
    line = call(monkeypatch, ask(path, method=method))
    assert line.status == status
    assert line.sent[1]["body"]


def test_a_full_process_says_when_to_come_back(monkeypatch):
    line = call(monkeypatch, ask(PATH), hub=Hub(Base().look, limit=0))
    assert line.status == 503
    assert line.headers[b"retry-after"] == b"60"


def test_a_database_that_is_away_is_said_soon(monkeypatch):
    base = Base()
    base.away = True
    line = call(monkeypatch, ask(PATH), base=base)
    assert line.status == 503
    assert line.headers[b"retry-after"] == b"5"


@override_settings(BEKAL_STREAM_ORIGINS=["http://127.0.0.1:8000"])
def test_only_the_pages_of_the_demo_may_read_from_another_port(monkeypatch):
    mine = call(monkeypatch, ask(PATH, origin="http://127.0.0.1:8000"), messages=3)
    assert mine.headers[b"access-control-allow-origin"] == b"http://127.0.0.1:8000"
    other = call(monkeypatch, ask(PATH, origin="http://evil.example"), messages=3)
    assert b"access-control-allow-origin" not in other.headers


def test_the_process_begins_and_ends_in_good_order(monkeypatch):
    async def story():
        steps = iter(["lifespan.startup", "lifespan.shutdown"])
        said = []

        async def receive():
            return {"type": next(steps)}

        async def send(message):
            said.append(message["type"])

        monkeypatch.setattr(door, "hub", Hub(Base().look))
        await door.application({"type": "lifespan"}, receive, send)
        assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]

    asyncio.run(story())
