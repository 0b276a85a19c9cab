"""The makers of a unit, and one of them."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, said, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.clock import local_day
from bekal.people import exports, forms, queries
from bekal.people.models import Consent
from bekal.people.queries import MakerRow, MakerSort, Presence
from bekal.people.rules import PURPOSE_LABELS, STATUS_LABELS, Purpose, Status, Why
from bekal.people.views.common import crumbs, names, permissions, the_maker
from bekal.places import queries as places
from bekal.places.queries import PlaceNow

ROWS_A_PAGE = 40
_SAVED = {
    "baru": "Pembuat tersimpan. Catat syarat yang lain sebelum ia bekerja.",
    "nama": "Nama tersimpan.",
    "syarat": "Catatan tersimpan.",
    "persetujuan": "Persetujuan tersimpan.",
    "cabut": "Persetujuan dicabut. Yang ditampilkan dengannya hilang sekarang juga.",
    "pindah": "Dicatat berangkat. Unit tujuan menerimanya di halaman Pembuat mereka.",
    "batal": "Pemindahan dibatalkan.",
    "terima": "Diterima. Yang sudah dicatat tentang kerjanya ikut dengan kodenya.",
    "pulang": "Dicatat pulang.",
}


@needs(Permission.SEE_MAKERS)
@require_safe
def makers(request: StaffRequest, unit: str) -> HttpResponse:
    """Who is in a unit, by code; names only where they are asked for."""
    place = request.scope.unit(unit)
    filters, today = forms.read_filters(request.GET), today_at(request, place)
    rows = queries.makers_of(unit_id=place.id, filters=filters, on=today)
    page = Paginator(rows, ROWS_A_PAGE).get_page(filters.page)
    shows_names = request.GET.get("nama") == "ya"
    codes = [row.code for row in page] if shows_names else []
    found, problem = names(request, place, *codes, why=Why.LIST)
    context = {
        "unit": place,
        "page": page,
        "shown": [(row, found.get(row.code, "")) for row in page],
        "shows_names": shows_names,
        "problem": problem,
        "filters": filters,
        "standings": forms.STANDING_SLUGS,
        "sorts": list(MakerSort),
        "saved": said(request, _SAVED),
        **_comings(request, place),
    }
    return render(request, "people/list.html", context)


@needs(Permission.SEE_MAKERS)
@require_safe
def download(request: StaffRequest, unit: str) -> HttpResponse:
    """The list, as filtered, as a CSV file of codes for a spreadsheet."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    filters = forms.read_filters(request.GET)
    rows = queries.makers_of(unit_id=place.id, filters=filters, on=today)
    answer = HttpResponse(exports.as_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="pembuat-{place.code}-{today}.csv"'
    return answer


@needs(Permission.SEE_MAKERS)
@require_safe
def maker(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """One maker: name, requirements, consents, and how they came."""
    place = request.scope.unit(unit)
    row = the_maker(request, place, maker)
    found, problem = names(request, place, row.code, why=Why.ONE)
    may = permissions(request, place)
    leaving = row.presence is Presence.LEAVING
    context = {
        "unit": place,
        "row": row,
        "name": found.get(row.code, ""),
        "problem": problem,
        "may_keep": Permission.KEEP_MAKERS in may and row.is_here,
        "may_withdraw": Permission.KEEP_MAKERS in may,
        "may_decide": Permission.DECIDE_MAKERS in may and (row.is_here or leaving),
        "is_leaving": leaving,
        "links": _links(place, row, may),
        "saved": said(request, _SAVED),
        "crumbs": crumbs(place, (row.code, None)),
        **_answers(request, place, row),
        **_history(place, row),
    }
    return render(request, "people/maker.html", context)


def _comings(request: StaffRequest, place: PlaceNow) -> dict[str, Any]:
    """Who is on the way here, and what the person may do."""
    may = permissions(request, place)
    coming = queries.coming_to(unit_id=place.id)
    called = (
        places.last_called(place_ids={one.from_unit_id for one in coming}, on=request.scope.today)
        if coming
        else {}
    )
    return {
        "may_keep": Permission.KEEP_MAKERS in may,
        "may_decide": Permission.DECIDE_MAKERS in may,
        "coming": [(one, called[one.from_unit_id][1]) for one in coming],
    }


def _answers(request: StaffRequest, place: PlaceNow, row: MakerRow) -> dict[str, Any]:
    """Each requirement with what is known of it, and each consent in words."""
    today = today_at(request, place)
    missing = {failure.code: failure for failure in row.judgement.failures}
    last = {fact.code: fact for fact in reversed(queries.facts_of(maker=row.code))}
    consents = [
        (one, PURPOSE_LABELS[Purpose(one.purpose)], *_validity(one, today))
        for one in queries.consents_of(maker=row.code)
    ]
    return {
        "requirements": [
            (rule, missing.get(rule.code), last.get(rule.code))
            for rule in queries.requirements_on(on=today)
        ],
        "consents": consents,
    }


def _validity(consent: Consent, today: dt.date) -> tuple[dt.date, str, str]:
    """The last day of a consent, its state in a word, and the colour of that."""
    last = queries.last_day(consent)
    if consent.withdrawn_at is not None:
        return last, "dicabut", "neutral"
    return (last, "habis", "warn") if last < today else (last, "berlaku", "ok")


def _history(place: PlaceNow, row: MakerRow) -> dict[str, Any]:
    moves = queries.moves_of(maker=row.code)
    who = accounts.names_of(actors={move.moved_by for move in moves})
    zone = zone_of(place)
    return {
        "moves": [
            (
                move,
                STATUS_LABELS[Status(move.new)],
                local_day(move.moved_at, zone),
                who[move.moved_by] if move.unit_id == place.id else "unit lain",
            )
            for move in moves
        ]
    }


def _links(place: PlaceNow, row: MakerRow, may: frozenset[Permission]) -> list[tuple[str, str]]:
    """Where higher rooms go on with a maker."""
    if not row.is_here:
        return []
    return [
        (words, reverse(name, args=[place.code, row.code]))
        for words, name, permission in settings.BEKAL_MAKER_PAGES
        if permission in may
    ]
