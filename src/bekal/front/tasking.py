"""The rows of the task list at a unit's desk."""

from collections.abc import Iterable
from dataclasses import dataclass

from bekal.foundation import formats
from bekal.front.queries import Desk
from bekal.front.works import Effort, Work


@dataclass(frozen=True)
class Task:
    """A row of the task list; `effort` is how long it takes, about."""

    name: str
    href: str
    effort: Effort | None = None
    note: str = ""
    is_done: bool = False

    @property
    def minutes(self) -> int:
        """About how many minutes it takes, none where nobody waits for it."""
        return self.effort.minutes if self.effort else 0

    @property
    def status(self) -> str:
        """The word at the right."""
        return "Selesai" if self.is_done else "Belum"

    @property
    def text(self) -> str:
        """The line below the name: what it is about, or how long it takes."""
        return self.note if self.is_done or not self.minutes else self._with_minutes()

    def _with_minutes(self) -> str:
        took = f"Kira-kira {self.minutes} menit"
        return f"{self.note}. {took}" if self.note else took


Count = tuple[int, str, str, Work, str]
"""How many there are, in which words, where to, what work each is, and a note."""


def counted(desk: Desk, rows: Iterable[Count]) -> list[Task]:
    """A task for each row of which there are any: how many, what to do, where, the work, a note."""
    return [
        Task(
            words.format(formats.thousands(count)), href, effort=desk.effort(work, count), note=note
        )
        for count, words, href, work, note in rows
        if count
    ]
