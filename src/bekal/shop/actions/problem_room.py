"""How much of a part can still be reported and given back. Steps of the actions of problems."""

import datetime as dt
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from bekal.catalogue import queries as catalogue
from bekal.catalogue.rules import Making
from bekal.foundation.clock import local_day
from bekal.places import queries as places
from bekal.shop.models import Answer, OrderPart, Problem, ProblemLine
from bekal.shop.rules import (
    GoodsKind,
    NewProblem,
    PartStatus,
    ProblemRefused,
    Verdict,
    refuse_unless_open,
    window_of,
)


def left_of(part: OrderPart) -> dict[int, int]:
    """How many pieces of each line no other problem has taken."""
    taken = ProblemLine.objects.filter(problem__part=part).exclude(
        problem__answer__verdict__in=[Verdict.REFUSED.value, Verdict.WITHDRAWN.value]
    )
    sums = dict(taken.values("line_id").annotate(n=Sum("pieces")).values_list("line_id", "n"))
    lines = part.lines.values_list("id", "pieces")
    return {line: pieces - sums.get(line, 0) for line, pieces in lines}


def open_problems(part: OrderPart) -> int:
    """How many problems of a part wait for an answer."""
    return Problem.objects.filter(part=part, answer__isnull=True).count()


def unsettled_problems(part: UUID | OuterRef) -> QuerySet[Problem]:
    """Problems of a part of which money may still come to be owed."""
    waits = Q(answer__isnull=True) | Q(
        answer__verdict=Verdict.ACCEPTED.value, answer__refund__isnull=True
    )
    return Problem.objects.filter(waits, part_id=part)


def check_windows(problem: NewProblem, part: OrderPart, *, now: dt.datetime) -> None:
    """Refuse what the return rule of its goods does not take now. Raises ProblemRefused."""
    zone = places.zone_of(unit_id=part.unit_id)
    is_there = part.status == PartStatus.DELIVERED.value
    if not is_there and part.status != PartStatus.SENT.value:
        raise ProblemRefused(_("Barang ini belum dikirim. Hubungi bengkelnya bila ada yang salah."))
    lines = list(part.lines.filter(pk__in=[k for k, n in problem.pieces.items() if n]))
    food = catalogue.food_among(product_ids=[line.product_id for line in lines])
    for line in lines:
        kind = GoodsKind.MADE if line.making == Making.ORDER else GoodsKind.STOCK
        kind = GoodsKind.FOOD if line.product_id in food else kind
        window = window_of(
            kind=kind,
            fault=problem.fault,
            received_on=local_day(part.status_at, zone) if is_there else None,
            today=local_day(now, zone),
        )
        refuse_unless_open(window, name=line.name, kind=kind)


def shipping_left_of(part: OrderPart) -> int:
    """Rupiah of shipping that no problem of the part has given back yet."""
    given = Answer.objects.filter(problem__part=part).aggregate(n=Sum("shipping", default=0))
    return part.fee - int(given["n"])
