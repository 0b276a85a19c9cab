"""What is over goes: facts ninety days after going home, name and digest years later."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max, Q

from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.people import sealing
from bekal.people.actions.records import write_down
from bekal.people.models import Fact, Maker, Stay
from bekal.people.rules import Status

FACT_DAYS = 90
_AT_ONCE = 500


@transaction.atomic
def erase_facts(*, by: Actor, now: dt.datetime) -> int:
    """Delete what was found of those who went home ninety days ago; returns of how many."""
    gone = [code for code in _home_since(days=FACT_DAYS, now=now) if _has_facts(code)]
    for code in gone:
        Fact.objects.filter(maker_id=code).delete()
        unit = _last_unit(code)
        write_down("people.erase_facts", code=code, unit_id=unit, by=by, now=now)
    return len(gone)


@transaction.atomic
def erase_makers(*, days: int, owed: Collection[str], by: Actor, now: dt.datetime) -> int:
    """Erase name and digest of those who went home so many days ago; returns of how many.

    Whoever is still owed something (`owed`, by code) is kept until it is paid.
    """
    codes = [code for code in _home_since(days=days, now=now) if code not in owed]
    for maker in Maker.objects.select_for_update().filter(pk__in=codes).order_by("pk"):
        if maker.status != Status.RELEASED:
            continue
        maker.closed_name, maker.sdp_digest = b"", None
        maker.erased_at, maker.erased_by = now, str(by)
        maker.save(update_fields=["closed_name", "sdp_digest", "erased_at", "erased_by"])
        unit = _last_unit(maker.code)
        write_down("people.erase", code=maker.code, unit_id=unit, by=by, now=now)
    return len(codes)


@transaction.atomic
def close_names_anew(*, by: Actor, now: dt.datetime) -> int:
    """Encrypt every name under the newest key, so that an old one can go; returns how many.

    Raises KeysMissing where no key opens one of them: then nothing is changed.
    """
    makers = Maker.objects.select_for_update().filter(erased_at__isnull=True).order_by("pk")
    count = 0
    for maker in makers.iterator(chunk_size=_AT_ONCE):
        maker.closed_name = sealing.close_anew(bytes(maker.closed_name))
        maker.save(update_fields=["closed_name"])
        count += 1
    return count


def _home_since(*, days: int, now: dt.datetime) -> list[str]:
    """Who went home so many days ago and was not erased, in the order of their codes."""
    last = local_day(now, Zone.WIB) - dt.timedelta(days=days)
    home = Q(status=Status.RELEASED, erased_at__isnull=True)
    found = Maker.objects.filter(home).annotate(left=Max("moves__on")).filter(left__lte=last)
    return list(found.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])


def _has_facts(code: str) -> bool:
    return Fact.objects.filter(maker_id=code).exists()


def _last_unit(code: str) -> int:
    return Stay.objects.filter(maker_id=code).order_by("-during").values_list("unit_id")[0][0]
