"""What is left to do at the centre's desk, read off real records."""

from bekal.foundation import formats
from bekal.foundation.clock import Zone
from bekal.front import links_of_books
from bekal.front.tasking import Task
from bekal.front.works import Effort, Work
from bekal.treasury.queries import Alarm

LOOK = Work("memeriksa yang tidak cocok", 10)


def of_centre(found: Alarm | None) -> list[Task]:
    """A broken promise that the last nightly checks found; nothing when they found none."""
    if found is None:
        return []
    return [
        Task(
            f"Periksa {formats.thousands(found.problems)} hal yang tidak cocok",
            links_of_books.checks(),
            effort=Effort(LOOK, LOOK.estimate, 1, is_learned=False),
            note=f"Ditemukan pemeriksaan malam pukul {formats.time(found.ran_at, Zone.WIB)}",
        )
    ]
