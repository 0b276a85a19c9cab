"""Public questions about turnover: the nation, a kanwil, the provinces, a unit."""

import datetime as dt
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from bekal.foundation import clock
from bekal.foundation.api.problems import READING_ONE, ApiProblem, Code
from bekal.foundation.api.reading import AsOf, reads, stamp
from bekal.foundation.api.values import Slug
from bekal.foundation.clock import Period, Zone
from bekal.foundation.periods import EARLIEST, period_problem
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level
from bekal.turnover import public
from bekal.turnover.public import PublicRow

router = Router(tags=["Omzet"])
METHOD = "/data/metode/"
_MONTH_OR_DAY = "^20[0-9]{2}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$"
_ASKED = "Bulan (2026-04) atau hari (2026-04-27). Kosong: bulan ini."
Asked = Annotated[str | None, Query(alias="period", pattern=_MONTH_OR_DAY, description=_ASKED)]


class Coverage(Schema):
    """Of how many units a record is expected, and how many have one."""

    expected: Annotated[int, Field(ge=0)]
    reported: Annotated[int, Field(ge=0)]
    silent: Annotated[int, Field(ge=0)]


class Figures(Schema):
    """Sums in whole rupiah and pieces; null where `is_hidden`."""

    is_hidden: Annotated[
        bool,
        Field(description="Disembunyikan: kurang dari 5 nota, atau agar yang lain tak terhitung."),
    ]
    gross: Annotated[int | None, Field(description="Omzet kotor.")]
    returned: Annotated[int | None, Field(description="Dikembalikan.")]
    net: Annotated[int | None, Field(description="Omzet bersih: kotor dikurangi dikembalikan.")]
    pieces: Annotated[int | None, Field(description="Barang terjual, dikurangi yang kembali.")]
    receipts: Annotated[int | None, Field(description="Banyaknya nota.")]
    sample_gross: Annotated[
        int | None, Field(description="Bagian omzet kotor yang merupakan data contoh.")
    ]


class Row(Figures):
    """The sums of one place, province, month or day."""

    key: Annotated[str, Field(description="Kode tempat atau provinsi, bulan, atau hari.")]
    name: str
    coverage: Coverage | None


class PeriodTold(AsOf):
    """Which days an answer speaks of, and how its numbers are made."""

    first_day: dt.date
    last_day: dt.date
    is_over: Annotated[bool, Field(description="Apakah semua hari periode ini sudah lewat.")]
    method: Annotated[str, Field(description="Halaman yang menjelaskan arti setiap angka.")]


class Place(Schema):
    """A place by the name that it bore on the last day of the period."""

    code: str
    name: str
    level: Level


class TurnoverAnswer(PeriodTold):
    """The turnover of one place."""

    place: Place
    figures: Row


class TurnoverList(PeriodTold):
    """The turnover of several places, provinces, months or days, which add up to one."""

    items: list[Row]


class TurnoverBelow(TurnoverList):
    """The places directly below one."""

    place: Place


@router.get(
    "/turnover/provinces",
    response={200: TurnoverList, **READING_ONE},
    operation_id="listTurnoverOfProvinces",
    summary="Omzet menurut provinsi",
)
@reads("sales", "places", "catalogue")
def of_provinces(request: HttpRequest, period: Asked = None) -> object:
    """Setiap provinsi yang punya unit, menurut nama."""
    now = clock.now()
    asked = _read(period, now=now)
    rows = public.provinces(period=asked, on=_today(now))
    return {**_told(asked, now=now), "items": [_figures(row) for row in rows]}


@router.get(
    "/turnover/{place}",
    response={200: TurnoverAnswer, **READING_ONE},
    operation_id="getTurnover",
    summary="Omzet nasional, satu kanwil, atau satu unit",
)
@reads("sales", "places", "catalogue")
def of_place(request: HttpRequest, place: Slug, period: Asked = None) -> object:
    """Kode `nasional` untuk seluruh Indonesia. Satu unit hanya menurut bulan."""
    now = clock.now()
    asked = _read(period, now=now)
    found = _place(place, asked, now=now)
    if found.level is Level.UNIT and not public.is_month(asked):
        raise _bad_period("Omzet satu unit hanya menurut bulan. Tulis misalnya 2026-04.")
    row = public.row_of(found, period=asked, on=_today(now))
    return {**_told(asked, now=now), "place": found, "figures": _figures(row)}


@router.get(
    "/turnover/{area}/below",
    response={200: TurnoverBelow, **READING_ONE},
    operation_id="listTurnoverBelow",
    summary="Omzet kanwil-kanwil, atau unit-unit satu kanwil",
)
@reads("sales", "places", "catalogue")
def below(request: HttpRequest, area: Slug, period: Asked = None) -> object:
    """Semua yang berada tepat di bawahnya pada periode itu. Unit hanya menurut bulan."""
    now = clock.now()
    asked = _read(period, now=now)
    found = _place(area, asked, now=now)
    if found.level is Level.UNIT:
        raise ApiProblem(Code.NOT_FOUND, title="Di bawah sebuah unit tidak ada tempat lain.")
    if found.level is Level.KANWIL and not public.is_month(asked):
        raise _bad_period("Omzet unit hanya menurut bulan. Tulis misalnya 2026-04.")
    rows = public.rows_below(found.id, period=asked, on=_today(now))
    return _listed(rows, found, asked=asked, now=now)


@router.get(
    "/turnover/{area}/days",
    response={200: TurnoverBelow, **READING_ONE},
    operation_id="listTurnoverDays",
    summary="Omzet per hari dalam satu bulan, nasional atau satu kanwil",
)
@reads("sales", "places", "catalogue")
def days(
    request: HttpRequest,
    area: Slug,
    month: Annotated[
        str | None, Query(pattern="^20[0-9]{2}-(0[1-9]|1[0-2])$", description="Kosong: bulan ini.")
    ] = None,
) -> object:
    """Setiap hari sampai hari ini, juga yang tanpa penjualan."""
    now = clock.now()
    asked = _read(month, now=now, field="month")
    found = _not_a_unit(_place(area, asked, now=now))
    rows = public.days_of(found.id, period=asked, on=_today(now))
    return _listed(rows, found, asked=asked, now=now)


@router.get(
    "/turnover/{area}/months",
    response={200: TurnoverBelow, **READING_ONE},
    operation_id="listTurnoverMonths",
    summary="Omzet per bulan dalam satu tahun, nasional atau satu kanwil",
)
@reads("sales", "places", "catalogue")
def months(
    request: HttpRequest,
    area: Slug,
    year: Annotated[int | None, Query(ge=2000, le=2099, description="Kosong: tahun ini.")] = None,
) -> object:
    """Setiap bulan sampai bulan ini."""
    now = clock.now()
    asked = public.year_of(year or _today(now).year)
    _check(asked, now=now, field="year")
    found = _not_a_unit(_place(area, asked, now=now))
    rows = public.months_of(found.id, year=asked.first.year, on=_today(now))
    return _listed(rows, found, asked=asked, now=now)


def _listed(
    rows: list[PublicRow], place: PlaceNow, *, asked: Period, now: dt.datetime
) -> dict[str, object]:
    """The sums of a place's parts or days, beneath the place itself."""
    return {**_told(asked, now=now), "place": place, "items": [_figures(row) for row in rows]}


def _today(now: dt.datetime) -> dt.date:
    # The day begins in Papua: a sale of this morning there must not lie in the future.
    return clock.local_day(now, Zone.WIT)


def _read(text: str | None, *, now: dt.datetime, field: str = "period") -> Period:
    if text is None:
        return clock.month_of(_today(now))
    try:
        asked = public.read_period(text)
    except ValueError:
        raise _bad_period("Tanggal itu tidak ada. Periksa harinya.", field) from None
    _check(asked, now=now, field=field)
    return asked


def _check(asked: Period, *, now: dt.datetime, field: str) -> None:
    problem = period_problem(asked, latest=_today(now))
    if problem:
        raise _bad_period(problem, field)


def _bad_period(sentence: str, field: str = "period") -> ApiProblem:
    """There is no such turnover: not yet, on no calendar, or not in public."""
    return ApiProblem(Code.NOT_FOUND, title=sentence, field=("query", field))


def _place(code: str, asked: Period, *, now: dt.datetime) -> PlaceNow:
    """The place as it was called on the last day asked for that has come."""
    on = max(min(asked.last, _today(now)), EARLIEST)
    found = places.place_by_then(code=code, on=on)
    if found is None:
        raise ApiProblem(Code.NOT_FOUND, title="Tidak ada tempat dengan kode itu pada periode itu.")
    return found


def _not_a_unit(place: PlaceNow) -> PlaceNow:
    if place.level is Level.UNIT:
        title = "Deret waktu satu unit tidak dibuka. Tanyakan omzetnya bulan demi bulan."
        raise ApiProblem(Code.NOT_FOUND, title=title)
    return place


def _told(asked: Period, *, now: dt.datetime) -> dict[str, object]:
    return {
        "first_day": asked.first,
        "last_day": asked.last,
        "is_over": public.is_over(asked, on=_today(now)),
        "method": METHOD,
        "as_of": stamp(now),
    }


def _figures(row: PublicRow) -> dict[str, object]:
    total = row.total
    sums = {
        "gross": total.gross,
        "returned": total.returned,
        "net": total.net,
        "pieces": total.net_pieces,
        "receipts": total.receipts,
        "sample_gross": total.sample_gross,
    }
    shown = dict.fromkeys(sums) if row.is_hidden else sums
    return {
        "key": row.key,
        "name": row.name,
        "coverage": row.coverage,
        "is_hidden": row.is_hidden,
        **shown,
    }
