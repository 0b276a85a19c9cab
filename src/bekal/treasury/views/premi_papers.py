"""Papers and files of premi: codes alone, and names where an officer of the unit prints them."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, may, needs, today_at
from bekal.accounts.rules import Permission
from bekal.people import actions as people_actions
from bekal.people import queries as people
from bekal.people.rules import KeysMissing, Why
from bekal.places.queries import PlaceNow
from bekal.production import queries as production
from bekal.treasury import printed_premi, queries
from bekal.treasury.models import PremiRun
from bekal.treasury.printed_premi import Print
from bekal.treasury.rules.premi_files import GENERAL, NewColumns, Payee
from bekal.treasury.rules.premi_files import payment_file as written_file
from bekal.treasury.views.premi_makers import known_maker
from bekal.ui import pdf


@needs(Permission.SEE_BOOKS)
@require_safe
def sheet(request: StaffRequest, unit: str, premi_run: UUID) -> HttpResponse:
    """One sheet for each workshop to sign."""
    place = request.scope.unit(unit)
    run = _the_run(place, premi_run)
    lines = queries.lines_of_run(run_id=run.pk)
    worked = production.assigned_on(unit_id=place.id, on=run.last)
    workshops = {one.maker: one.workshop for one in worked}
    to = _print(request, place, *(line.maker_id for line in lines))
    made = printed_premi.sheet(run, lines, workshops, to=to)
    return _paper(made, name=f"tanda-terima-{run}")


@needs(Permission.SEE_BOOKS)
@require_safe
def slips(request: StaffRequest, unit: str, premi_run: UUID) -> HttpResponse:
    """A slip for each maker of a run."""
    place = request.scope.unit(unit)
    run = _the_run(place, premi_run)
    lines = queries.lines_of_run(run_id=run.pk)
    to = _print(request, place, *(line.maker_id for line in lines))
    made = printed_premi.slips(run, lines, queries.earnings_of_run(run_id=run.pk), to=to)
    return _paper(made, name=f"slip-premi-{run}")


@needs(Permission.SEE_BOOKS)
@require_safe
def statement(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """What a unit saved for a maker and still owes, for the way home."""
    place = request.scope.unit(unit)
    code = known_maker(request, place, maker)
    made = printed_premi.statement(
        queries.maker_standing(unit_id=place.id, maker=code),
        queries.paid_to(unit_id=place.id, maker=code),
        queries.savings_paid_to(unit_id=place.id, maker=code),
        is_home=code in people.gone_home(codes=[code]),
        to=_print(request, place, code),
    )
    return _paper(made, name=f"tabungan-{code}")


@needs(Permission.KEEP_MONEY)
@require_safe
def payment_file(request: StaffRequest, unit: str, premi_run: UUID) -> HttpResponse:
    """What a run hands out to whom, in the columns that the unit arranged."""
    place = request.scope.unit(unit)
    run = _the_run(place, premi_run)
    arranged = _arranged(place, request.GET.get("susunan", ""))
    lines = queries.lines_of_run(run_id=run.pk)
    payees = [Payee(line.maker_id, line.usable) for line in lines]
    on = run.paid_on or today_at(request, place)
    text = written_file(arranged, payees, number=str(run), on=on)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"{run}-{slugify(arranged.name)}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _the_run(place: PlaceNow, run_id: UUID) -> PremiRun:
    found = queries.run_of(unit_id=place.id, run_id=run_id)
    if found is None:
        raise Http404
    return found


def _arranged(place: PlaceNow, asked: str) -> NewColumns:
    """The arrangement that was asked for, else the general one."""
    for one in queries.columns_for(unit_id=place.id):
        if str(one.pk) == asked:
            return one.arranged
    return GENERAL


def _print(request: StaffRequest, place: PlaceNow, *codes: str) -> Print:
    """Names are read only where they are asked for by somebody who may see makers."""
    if request.GET.get("nama") != "ya" or not may(request, place, Permission.SEE_MAKERS):
        return Print(place, request.now, {})
    try:
        names = people_actions.read_names(
            codes=codes,
            unit_id=place.id,
            why=Why.PREMI,
            allowed_by=Permission.SEE_MAKERS,
            by=request.actor,
            now=request.now,
        )
    except KeysMissing:
        names = {}
    return Print(place, request.now, names)


def _paper(made: bytes, *, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type=pdf.CONTENT_TYPE)
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
