"""The ASGI application: /langsung/<campaign>/aliran/ and nothing else.

Without Django's own HTTP layers, which give each request a thread; here a viewer is a task.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Collection, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import Error, connections

from bekal.campaigns import fragments
from bekal.campaigns.stream import frames
from bekal.campaigns.stream.hub import Full, Hub, Seen
from bekal.campaigns.stream.viewers import Viewer
from bekal.foundation import clock

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

SLOW_SECONDS = 60
"""Who takes nothing for so long is let go."""
_PATH = re.compile(r"(?:/(?P<language>[a-z]{2}))?/langsung/(?P<slug>[-\w]{1,90})/aliran/")
_STREAMING = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="look")


async def look(slug: str, languages: Collection[str]) -> Seen | None:
    """Ask the database in a thread, which gives its connection back at once."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _look, slug, languages)


def _look(slug: str, languages: Collection[str]) -> Seen | None:
    now = clock.now()
    try:
        found = fragments.current(slug=slug, languages=languages, now=now)
    finally:
        connections.close_all()
    return Seen(found, now) if found else None


hub = Hub(look)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one connection."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await _answer(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    hub.close()
    await send({"type": "lifespan.shutdown.complete"})


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"] == "/healthz":
        await _say(send, 200, "ok")
        return
    found = _PATH.fullmatch(scope["path"])
    language = (found["language"] if found else None) or settings.LANGUAGE_CODE
    if found is None or language not in dict(settings.LANGUAGES):
        await _say(send, 404, "Tidak ada di sini.")
        return
    if scope["method"] != "GET":
        await _say(send, 405, "Hanya GET.", headers=[(b"allow", b"GET")])
        return
    await _join(scope, receive, send, slug=found["slug"], language=language)


async def _join(scope: Scope, receive: Receive, send: Send, *, slug: str, language: str) -> None:
    headers = dict(scope["headers"])
    allowed = _allowed(headers.get(b"origin", b""))
    is_packed = b"gzip" in headers.get(b"accept-encoding", b"")
    last_id = headers.get(b"last-event-id", b"").decode("latin-1")
    try:
        joined = await hub.join(slug, language=language, is_packed=is_packed, last_id=last_id)
    except (Full, Error) as why:
        wait = b"60" if isinstance(why, Full) else b"5"
        await _say(send, 503, "Coba lagi nanti.", headers=[(b"retry-after", wait), *allowed])
        return
    if joined is None:
        await _say(send, 404, "Kampanye ini tidak ada.", headers=allowed)
        return
    channel, viewer = joined
    try:
        await _stream(viewer, receive, send, allowed=allowed)
    finally:
        hub.leave(channel, viewer)


async def _stream(
    viewer: Viewer, receive: Receive, send: Send, *, allowed: list[tuple[bytes, bytes]]
) -> None:
    packing = [(b"content-encoding", b"gzip")] if viewer.is_packed else []
    vary = [(b"vary", b"Accept-Encoding, Origin")]
    headers = [*_STREAMING, *packing, *vary, *allowed]
    gone = asyncio.create_task(_end_when_gone(viewer, receive))
    try:
        # A viewer who has left is told of by `receive`, or by an error of `send`.
        with suppress(OSError, TimeoutError):
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            head = frames.GZIP_HEAD if viewer.is_packed else b""
            await _send(send, head + viewer.bytes_of(_OPENING))
            while (chunk := await viewer.next()) is not None:
                await _send(send, chunk)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()


_OPENING = frames.opening()


async def _send(send: Send, chunk: bytes) -> None:
    async with asyncio.timeout(SLOW_SECONDS):
        await send({"type": "http.response.body", "body": chunk, "more_body": True})


async def _end_when_gone(viewer: Viewer, receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    viewer.end()


def _allowed(origin: bytes) -> list[tuple[bytes, bytes]]:
    """The header that lets a page of another port read the stream; for the demo's pages alone."""
    known = origin.decode("latin-1") in settings.BEKAL_STREAM_ORIGINS
    return [(b"access-control-allow-origin", origin)] if known else []


async def _say(
    send: Send, status: int, text: str, *, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    plain = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    start = {"type": "http.response.start", "status": status, "headers": [*plain, *headers]}
    await send(start)
    await send({"type": "http.response.body", "body": text.encode()})
