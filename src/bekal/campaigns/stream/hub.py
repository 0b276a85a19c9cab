"""One poller for each campaign that somebody watches; what it finds goes to all of them."""

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field, replace

import structlog
from django.db import Error

from bekal.campaigns.fragments import Fragment
from bekal.campaigns.queries import LivePicture
from bekal.campaigns.stream import frames
from bekal.campaigns.stream.frames import Frame
from bekal.campaigns.stream.viewers import Viewer

log = structlog.get_logger("bekal.stream")
PAUSE_SECONDS = 1.0
"""Between two looks at the revision, and so between two events."""
PULSE_SECONDS = 15.0
VIEWERS = 5000
"""The most viewers of a process; a viewer takes some 30 KB."""

Look = Callable[[str, Collection[str]], Awaitable["Seen | None"]]


@dataclass(frozen=True)
class Seen:
    """What a look at the database found, and when."""

    fragment: Fragment
    at: dt.datetime


class Full(Exception):
    """The process has as many viewers as it may have."""


@dataclass
class Channel:
    """A campaign that is watched: who watches, and the newest of each language."""

    slug: str
    revision: int = 0
    as_of: dt.datetime | None = None
    picture: LivePicture | None = None
    newest: dict[str, Frame] = field(default_factory=dict)
    viewers: set[Viewer] = field(default_factory=set)
    quiet: float = 0.0
    looking: asyncio.Lock = field(default_factory=asyncio.Lock)
    task: asyncio.Task[None] | None = None


class Hub:
    """All channels of the process. `look`, `sleep` and `pulse_after` are given by tests."""

    def __init__(
        self,
        look: Look,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        limit: int = VIEWERS,
    ) -> None:
        self._look = look
        self._sleep = sleep
        self._limit = limit
        self.channels: dict[str, Channel] = {}
        self.count = 0

    async def join(
        self, slug: str, *, language: str, is_packed: bool, last_id: str
    ) -> tuple[Channel, Viewer] | None:
        """A new viewer, who is told the newest at once unless `last_id` says that he has it.

        None where there is no such campaign. Raises Full, and django.db.Error where the database
        is away and nothing is known yet.
        """
        if self.count >= self._limit:
            raise Full
        self.count += 1
        try:
            channel = await self._channel(slug, language)
        except BaseException:
            self.count -= 1
            raise
        if channel is None:
            self.count -= 1
            return None
        viewer = Viewer(language=language, is_packed=is_packed)
        if last_id != str(channel.revision):
            viewer.tell(channel.newest[language])
        elif channel.as_of is not None:
            viewer.beat(frames.pulse(channel.as_of))
        channel.viewers.add(viewer)
        self._begin(channel)
        return channel, viewer

    def leave(self, channel: Channel, viewer: Viewer) -> None:
        """Forget a viewer. The poller ends by itself when the last one has gone."""
        channel.viewers.discard(viewer)
        self.count -= 1

    def close(self) -> None:
        """End every stream, so that the process can end."""
        for channel in self.channels.values():
            if channel.task is not None:
                channel.task.cancel()
            for viewer in channel.viewers:
                viewer.end()

    async def _channel(self, slug: str, language: str) -> Channel | None:
        channel = self.channels.get(slug)
        if channel is None:
            seen = await self._look(slug, {language})
            if seen is None:
                return None
            channel = self.channels.setdefault(slug, Channel(slug))
            if channel.picture is None:
                self._take(channel, seen)
        if language not in channel.newest:
            async with channel.looking:
                seen = await self._look(slug, {language})
                if seen is None:
                    return None
                self._take(channel, seen)
        return channel

    def _begin(self, channel: Channel) -> None:
        """Poll for this channel, also where its last poller has just ended."""
        if channel.task is None or channel.task.done():
            self.channels.setdefault(channel.slug, channel)
            channel.task = asyncio.create_task(self._watch(channel))
            channel.task.add_done_callback(_report)

    async def _watch(self, channel: Channel) -> None:
        try:
            took = 0.0
            while channel.viewers:
                # From look to look, so that a slow answer does not make the next one later still.
                await self._sleep(max(PAUSE_SECONDS - took, PAUSE_SECONDS / 2))
                begun = time.monotonic()
                await self.turn(channel)
                took = time.monotonic() - begun
        finally:
            # However it ended: whoever still watches comes back and begins a new channel.
            if self.channels.get(channel.slug) is channel:
                del self.channels[channel.slug]
            for viewer in channel.viewers:
                viewer.end()

    async def turn(self, channel: Channel) -> None:
        """Look once and tell what is new. A database that is away is waited for."""
        async with channel.looking:
            languages = {viewer.language for viewer in channel.viewers}
            try:
                seen = await self._look(channel.slug, languages)
            except Error as error:
                seen = None
                log.warning("database away", campaign=channel.slug, error=str(error))
            if seen is not None:
                self._take(channel, seen)
        channel.quiet += PAUSE_SECONDS
        if channel.quiet >= PULSE_SECONDS and channel.as_of is not None:
            channel.quiet = 0.0
            pulse = frames.pulse(channel.as_of)
            for viewer in channel.viewers:
                viewer.beat(pulse)

    def _take(self, channel: Channel, seen: Seen) -> None:
        """Make a frame of each language in which something is new, and tell its viewers."""
        fragment = seen.fragment
        is_new = channel.picture is None or not _same(channel.picture, fragment.picture)
        channel.revision, channel.as_of, channel.picture = (
            fragment.revision,
            seen.at,
            fragment.picture,
        )
        if is_new:
            channel.newest.clear()
        made = [each for each in dict(fragment.pages) if each not in channel.newest]
        for language in made:
            page = fragment.pages[language]
            channel.newest[language] = frames.news(page, revision=fragment.revision)
        # Also when the picture is known: a viewer of one language may have had it drawn, and
        # those of the other are told as soon as it is drawn for them.
        if made:
            channel.quiet = 0.0
        for viewer in channel.viewers:
            if viewer.language in made:
                viewer.tell(channel.newest[viewer.language])


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("poller ended", exc_info=error)


def _same(old: LivePicture, new: LivePicture) -> bool:
    """Whether two pictures show the same, whenever they were taken."""
    return replace(old, as_of=new.as_of, revision=new.revision) == new
