"""Rina and her parcel that came: what she reports, and what Nabire makes of it."""

import datetime as dt

from django.db.models import Sum

from bekal.foundation.actors import user_actor
from bekal.foundation.ids import uuid7
from bekal.shop import actions
from bekal.shop.models import OrderLine, ProblemLine
from bekal.shop.rules import (
    Fault,
    NewAnswer,
    NewProblem,
    Settled,
    Verdict,
    WhereGoods,
)
from bekal.shop.tests.market import RINA
from bekal.shop.tests.office import paid, part_of
from tests.support.world import NOON, SITI, YOHANA

DAY = dt.timedelta(days=1)
HEAD = user_actor(4)
"""Head of Lapas Nabire."""


def sent(part, *, now=NOON):
    """Yohana hands it to the courier."""
    actions.ready_part(part_id=part.pk, unit_id=part.unit_id, by=YOHANA, now=now)
    actions.hand_over_part(
        part_id=part.pk, unit_id=part.unit_id, tracking_number="JNE012345", by=YOHANA, now=now
    )
    part.refresh_from_db()
    return part


def delivered(part, *, now=NOON):
    """It came to Rina."""
    sent(part, now=now)
    actions.deliver_part(part_id=part.pk, unit_id=part.unit_id, by=YOHANA, now=now)
    part.refresh_from_db()
    return part


def a_parcel(market, *items, **changes):
    """A paid parcel of Nabire that came to Rina at noon."""
    order = paid(market, *(items or [("noken", 3)]), **changes)
    return delivered(part_of(order, market.nabire))


def line_of(part, name=""):
    """A line of a part; the only one when no product is named."""
    return OrderLine.objects.get(part=part, name__startswith=name)


def a_report(part, pieces=2, *, fault=Fault.DAMAGED, now=NOON, key=None, name="", **changes):
    """Rina reports pieces of a line; returns the problem's id."""
    problem = NewProblem(
        key=key or uuid7(),
        part_id=part.pk,
        fault=fault,
        pieces={line_of(part, name).pk: pieces},
        **{"text": "Sobek di pinggir.", **changes},
    )
    return actions.report_problem(problem=problem, by=RINA, now=now)


def accept(problem_id, part, pieces=2, *, where=WhereGoods.RETURN, shipping=0, by=YOHANA, name=""):
    """Yohana accepts it, and says why where it is not all of it."""
    reported = ProblemLine.objects.filter(problem_id=problem_id).aggregate(n=Sum("pieces"))["n"]
    answer = NewAnswer(
        Verdict.ACCEPTED,
        reason="Yang lain masih baik." if pieces < reported else "",
        where=where,
        pieces={line_of(part, name).pk: pieces} if pieces else {},
        shipping=shipping,
    )
    actions.answer_problem(
        problem_id=problem_id, unit_id=part.unit_id, answer=answer, by=by, now=NOON
    )


def refuse(problem_id, part, reason="Sudah dipakai", *, by=YOHANA):
    """Yohana refuses it."""
    actions.answer_problem(
        problem_id=problem_id,
        unit_id=part.unit_id,
        answer=NewAnswer(Verdict.REFUSED, reason=reason),
        by=by,
        now=NOON,
    )


def came_back(problem_id, part, to_stock=2, written_off=0, *, reason="Sobek", name=""):
    """The goods are at the workshop again."""
    actions.settle_goods(
        problem_id=problem_id,
        unit_id=part.unit_id,
        goods={line_of(part, name).pk: Settled(to_stock, written_off)},
        reason=reason,
        by=YOHANA,
        now=NOON,
    )


def refund(problem_id, part, *, by=SITI):
    """Siti gives the money back."""
    actions.refund_problem(problem_id=problem_id, unit_id=part.unit_id, by=by, now=NOON)
