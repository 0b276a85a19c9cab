"""The choice of a unit, its desk, and the messages that came twice."""

import datetime as dt
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import (
    Scope,
    SignedInRequest,
    StaffRequest,
    keep_time,
    needs,
    signed_in,
    zone_of,
)
from bekal.accounts.rules import Permission
from bekal.foundation.clock import Zone, local_day
from bekal.front import actions, central_tasks, forms, links, queries, tasks
from bekal.front.queries import Desk, ReceiptRow
from bekal.front.rules import NotTheirTask, doors_for
from bekal.front.works import CHECK_CONFLICT
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level
from bekal.treasury.queries import alarm

UNITS_A_PAGE = 40


class _Receipt(NamedTuple):
    """A receipt of the desk and its addresses; `void` is empty when it can't be taken back."""

    sale: ReceiptRow
    href: str
    void: str


@signed_in
@require_safe
def work(request: SignedInRequest) -> HttpResponse:
    """To the person's one desk, to the choice of one, or to the sums for those who see no more."""
    scope = _scope(request, Permission.SEE_SALES)
    if len(scope.places) == 1 and scope.units:
        return redirect(links.desk(scope.units[0].code))
    if scope.units:
        return _choice(request, scope)
    if _scope(request, Permission.SEE_TURNOVER).places:
        return redirect(links.turnover())
    return render(request, "front/no_work.html")


@needs(Permission.SEE_SALES)
@require_safe
def desk(request: StaffRequest, unit: str) -> HttpResponse:
    """The ten minutes of a unit's day, and how it stands."""
    place = request.scope.unit(unit)
    found = queries.desk_of(
        unit_id=place.id,
        user_id=request.user.pk,
        zone=zone_of(place),
        on=request.scope.today,
        now=request.now,
    )
    daily = tasks.daily(found, unit=place.code)
    context = {
        "unit": place,
        "desk": found,
        "daily": daily,
        "any_time": tasks.any_time(found, unit=place.code),
        "receipts": _receipts(found, place, now=request.now),
        "duties": tasks.duties(found, unit=place.code),
        "minutes": tasks.minutes_left(daily),
        "sources": tasks.sources(daily),
        "links": links.of_desk(place.code, today=found.today, yesterday=found.yesterday),
        "may_record": Permission.RECORD_SALE in found.may,
        "crumbs": [("Pilih unit", links.work()), (place.name, None)]
        if _may_choose(request)
        else [],
    }
    return render(request, "front/desk.html", context)


def _receipts(found: Desk, place: PlaceNow, *, now: dt.datetime) -> list[_Receipt]:
    """The last receipts, with the way to take one back for as long as it is fresh."""
    may_void = Permission.RECORD_SALE in found.may
    return [
        _Receipt(
            sale,
            links.receipt(place.code, sale.id),
            links.void(place.code, sale.id) if may_void and sale.is_voidable(now=now) else "",
        )
        for sale in found.receipts
    ]


@needs(Permission.SEE_SALES)
@require_safe
def conflicts(request: StaffRequest, unit: str) -> HttpResponse:
    """Messages that came twice with other content, both contents beside one another."""
    place = request.scope.unit(unit)
    return _conflicts(request, place, doors=_doors(request, place))


def _conflicts(
    request: StaffRequest, place: PlaceNow, *, doors: frozenset[str], problem: str = ""
) -> HttpResponse:
    zone = zone_of(place)
    today = local_day(request.now, zone)
    disputes = queries.disputes_of(unit_id=place.id, doors=doors, today=today, zone=zone)
    context = {
        "unit": place,
        "zone": zone,
        "disputes": [
            (
                each,
                links.receipt(place.code, each.sale_id) if each.sale_id else "",
                links.of_door(each.door, place.code),
            )
            for each in disputes
        ],
        "may_settle": bool(doors),
        "problem": problem,
        "desk": links.desk(place.code),
        "crumbs": [("Meja kerja", links.desk(place.code)), ("Kiriman ganda", None)],
    }
    status = 422 if problem else 200
    return render(request, "front/conflicts.html", context, status=status)


@needs(Permission.SEE_SALES)
@require_POST
def settle(request: StaffRequest, unit: str, conflict: int) -> HttpResponse:
    """Take a conflict off the desk: a person has looked at it, one whose task its door is."""
    place = request.scope.unit(unit)
    doors = _doors(request, place)
    try:
        actions.settle_conflict(
            unit_id=place.id, conflict_id=conflict, doors=doors, by=request.actor, now=request.now
        )
    except NotTheirTask as refused:
        return _conflicts(request, place, doors=doors, problem=refused.message)
    except LookupError as unknown:
        raise Http404 from unknown
    keep_time(request, place, CHECK_CONFLICT.door)
    return redirect(links.conflicts(place.code))


def _doors(request: StaffRequest, place: PlaceNow) -> frozenset[str]:
    """The doors whose conflicts are the task of the person at a unit."""
    may = accounts.permissions_at(
        user_id=request.user.pk, place_id=place.id, on=request.scope.today
    )
    return doors_for(may)


def _scope(request: SignedInRequest, permission: Permission) -> Scope:
    today = local_day(request.now, Zone.WIB)
    found = accounts.scope_of(user_id=request.user.pk, permission=permission, on=today)
    return Scope.of(found, today=today)


def _may_choose(request: StaffRequest) -> bool:
    return len(request.scope.places) > 1


def _choice(request: HttpRequest, scope: Scope) -> HttpResponse:
    filters = forms.read_filters(request.GET)
    listed = queries.listed_units(units=scope.units, on=scope.today)
    found = queries.sift(listed, text=filters.text, kanwil=filters.kanwil)
    context = {
        "page": Paginator(found, UNITS_A_PAGE).get_page(filters.page),
        "filters": filters,
        "kanwil": {one.kanwil_code: one.kanwil_name for one in listed if one.kanwil},
        "total": len(scope.units),
        "is_above": any(place.level is not Level.UNIT for place in scope.places),
        "turnover": links.turnover(),
        "tasks": central_tasks.of_centre(alarm()) if scope.is_national else [],
    }
    return render(request, "front/choice.html", context)
