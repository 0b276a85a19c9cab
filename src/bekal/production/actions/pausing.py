"""A unit that takes no orders for a while."""

import datetime as dt

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actors import Actor
from bekal.production.actions.telling import tell_of
from bekal.production.models import Pause
from bekal.production.queries import told_products_of
from bekal.production.rules import PauseRefused, check_sentence


@transaction.atomic
def pause_unit(
    *, unit_id: int, sentence: str, until: dt.datetime | None, by: Actor, now: dt.datetime
) -> None:
    """Let a unit take no orders; `sentence` tells buyers why, `until` None means until it is ended.

    Saying it again with other words ends the pause that there is and begins another; the same
    words and end change nothing. Raises PauseRefused with the field.
    """
    check_sentence(sentence)
    if until is not None and until <= now:
        raise PauseRefused("Jeda berakhir sesudah sekarang. Periksa tanggalnya.", field="until")
    there = Pause.objects.select_for_update().filter(unit_id=unit_id, ended_at__isnull=True).first()
    if there is not None:
        if (there.sentence, there.until) == (sentence.strip(), until):
            return
        _end(there, by=by, now=now)
    pause = Pause.objects.create(
        unit_id=unit_id, sentence=sentence.strip(), until=until, paused_at=now, paused_by=str(by)
    )
    _tell("pause_unit", pause, by=by, now=now)


@transaction.atomic
def resume_unit(*, unit_id: int, by: Actor, now: dt.datetime) -> None:
    """Let a unit take orders again; a repeat changes nothing."""
    there = Pause.objects.select_for_update().filter(unit_id=unit_id, ended_at__isnull=True).first()
    if there is not None:
        _end(there, by=by, now=now)
        _tell("resume_unit", there, by=by, now=now)


def end_pauses(*, by: Actor, now: dt.datetime) -> int:
    """End every pause whose time is over, each by itself; returns how many there were."""
    over = Pause.objects.filter(ended_at__isnull=True, until__lte=now).order_by("unit_id")
    return sum(_end_over(pause, by=by, now=now) for pause in over.values_list("pk", flat=True))


@transaction.atomic
def _end_over(pause_id: int, *, by: Actor, now: dt.datetime) -> bool:
    pause = Pause.objects.select_for_update().filter(pk=pause_id, ended_at__isnull=True).first()
    if pause is None:
        return False
    _end(pause, by=by, now=now)
    _tell("resume_unit", pause, by=by, now=now)
    return True


def _end(pause: Pause, *, by: Actor, now: dt.datetime) -> None:
    pause.ended_at, pause.ended_by = now, str(by)
    pause.save(update_fields=["ended_at", "ended_by"])


def _tell(act: str, pause: Pause, *, by: Actor, now: dt.datetime) -> None:
    """Write it down, and let buyers know of all that the unit makes."""
    tell_of(told_products_of(unit_id=pause.unit_id), by=by, now=now)
    audit.record(
        chain=chain_of_place(pause.unit_id),
        action=f"production.{act}",
        object_key=f"pause:{pause.pk}",
        detail={"until": pause.until},
        by=by,
        now=now,
    )
