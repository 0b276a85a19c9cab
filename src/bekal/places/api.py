"""Public questions about units."""

import datetime as dt
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from bekal.foundation import clock
from bekal.foundation.api.pages import Paged, paged, pages_of
from bekal.foundation.api.problems import READING, READING_ONE, ApiProblem, Code
from bekal.foundation.api.reading import AsOf, reads, stamp
from bekal.foundation.api.values import Day, Page, Slug, Text
from bekal.foundation.clock import Zone
from bekal.places.models import Tenure
from bekal.places.register import RegisterFilters, history_of, register, unit_in_register

router = Router(tags=["Unit"])
_PER_PAGE = 50


class Named(Schema):
    """A place or province by code and name."""

    code: str
    name: str


class Unit(Schema):
    """A unit as it stood on the day asked for."""

    code: Annotated[str, Field(description="Kode tetap unit, juga bila namanya berganti.")]
    name: str
    kind: Annotated[str, Field(description="Lapas, Rutan, LPKA, Bapas dan bentuk khususnya.")]
    unit_class: Annotated[str | None, Field(description="Kelas, misalnya IIB.")]
    kanwil: Named
    province: Named
    city: str | None
    zone: Annotated[Zone, Field(description="Jam setempat.")]


class Spell(Schema):
    """What a unit was called, of which kind and class and under whom, from a day to a day."""

    name: str
    kind: str
    unit_class: str | None
    kanwil: Named
    first_day: Annotated[dt.date | None, Field(description="null: sejak sebelum sumber kami.")]
    last_day: Annotated[dt.date | None, Field(description="null: masih berlaku.")]
    source: str


class Units(Paged, AsOf):
    """A page of units."""

    on: dt.date
    items: list[Unit]


class UnitAnswer(Unit, AsOf):
    """A unit with its history."""

    on: dt.date
    history: list[Spell]


class UnitsAsked(Schema):
    """What narrows the list of units."""

    text: Annotated[Text, Field(description="Kata dari nama unit atau kota.")] = ""
    kanwil: Annotated[Slug | None, Field(description="Kode kanwil.")] = None
    province: Annotated[
        str | None, Field(pattern="^[0-9]{2}$", description="Kode provinsi Kemendagri.")
    ] = None
    kind: Annotated[Text, Field(description="Jenis unit, misalnya Lapas.")] = ""
    on: Annotated[Day | None, Field(description="Kosong: hari ini.")] = None
    page: Page = 1


@router.get(
    "/units",
    response={200: Units, **READING},
    operation_id="listUnits",
    summary="Unit yang berdiri pada suatu hari",
)
@reads("places")
def units(
    request: HttpRequest, response: HttpResponse, asked: Annotated[UnitsAsked, Query()]
) -> object:
    """612 unit dengan kode, jenis, kelas, kanwil, provinsi, dan zona waktunya. 50 per halaman."""
    now = clock.now()
    on = asked.on or clock.local_day(now, Zone.WIB)
    filters = RegisterFilters(
        asked.text, asked.kanwil or "", asked.province or "", asked.kind.strip()
    )
    found = register(filters=filters, on=on)
    total = found.count()
    pages = paged(request, response, page=asked.page, pages=pages_of(total, _PER_PAGE), total=total)
    first = (asked.page - 1) * _PER_PAGE
    rows = [_unit(row) for row in found[first : first + _PER_PAGE]]
    return {**pages, "items": rows, "on": on, "as_of": stamp(now)}


@router.get(
    "/units/{unit}",
    response={200: UnitAnswer, **READING_ONE},
    operation_id="getUnit",
    summary="Satu unit dengan riwayatnya",
)
@reads("places")
def unit(
    request: HttpRequest,
    unit: Slug,
    on: Annotated[Day | None, Query(description="Menurut susunan hari ini bila kosong.")] = None,
) -> object:
    """Nama, jenis, kelas dan kanwil pada hari itu, dan semua masa sebelumnya dan sesudahnya."""
    now = clock.now()
    day = on or clock.local_day(now, Zone.WIB)
    found = unit_in_register(code=unit, on=day)
    if found is None:
        raise ApiProblem(Code.NOT_FOUND, title="Tidak ada unit dengan kode itu pada hari itu.")
    history = [_spell(row) for row in history_of(place_id=found.place_id)]
    return {**_unit(found), "history": history, "on": day, "as_of": stamp(now)}


def _unit(row: Tenure) -> dict[str, object]:
    province = row.place.province
    assert province is not None, "the database: a unit has a province"
    return {
        "code": row.place.code,
        "name": row.name,
        "kind": row.kind,
        "unit_class": row.unit_class or None,
        "kanwil": _kanwil(row),
        "province": {"code": province.code, "name": province.name},
        "city": row.place.city or None,
        "zone": province.zone,
    }


def _spell(row: Tenure) -> dict[str, object]:
    last = row.during.upper
    return {
        "name": row.name,
        "kind": row.kind,
        "unit_class": row.unit_class or None,
        "kanwil": _kanwil(row),
        "first_day": row.during.lower,
        "last_day": last - dt.timedelta(days=1) if last else None,
        "source": row.source,
    }


def _kanwil(row: Tenure) -> dict[str, object]:
    named = vars(row)  # what the register added to the row
    return {"code": named["kanwil_code"], "name": named["kanwil_name"] or ""}
