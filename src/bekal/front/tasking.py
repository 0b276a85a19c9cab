"""A row of the task list at a unit's desk."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """A row of the task list; `minutes` is how long it takes, about."""

    name: str
    href: str
    minutes: int = 0
    note: str = ""
    is_done: bool = False

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
