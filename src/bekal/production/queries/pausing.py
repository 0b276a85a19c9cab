"""The pauses of a unit, as its people see them."""

from bekal.production.models import Pause

_SHOWN = 10


def pauses_of(*, unit_id: int) -> list[Pause]:
    """The last pauses of a unit, the newest first; one statement."""
    return list(Pause.objects.filter(unit_id=unit_id).order_by("-id")[:_SHOWN])
