"""Those who watch, and what each of them has still to be sent."""

import asyncio

from bekal.campaigns.stream.frames import Frame


class Viewer:
    """One open page. Holds at most the newest news and one pulse: who is slow skips the rest."""

    __slots__ = ("_ended", "_news", "_pulse", "_wake", "is_packed", "language")

    def __init__(self, *, language: str, is_packed: bool) -> None:
        self.language = language
        self.is_packed = is_packed
        self._news: Frame | None = None
        self._pulse: Frame | None = None
        self._ended = False
        self._wake = asyncio.Event()

    def tell(self, news: Frame) -> None:
        """Put news in the place of any that was not sent yet."""
        self._news, self._pulse = news, None
        self._wake.set()

    def beat(self, pulse: Frame) -> None:
        """Put a pulse in the place of the last one."""
        self._pulse = pulse
        self._wake.set()

    def end(self) -> None:
        """Let the stream of this viewer end."""
        self._ended = True
        self._wake.set()

    async def next(self) -> bytes | None:
        """The next bytes for this viewer, or None when there will be none."""
        while not self._ended:
            frame = self._news or self._pulse
            if frame is None:
                self._wake.clear()
                await self._wake.wait()
                continue
            if frame is self._news:
                self._news = None
            else:
                self._pulse = None
            return self.bytes_of(frame)
        return None

    def bytes_of(self, frame: Frame) -> bytes:
        """A frame as this viewer reads it."""
        return frame.packed if self.is_packed else frame.plain
