"""Recording sales from another program, by a token of the unit; nothing here is public."""

import datetime as dt
from http import HTTPStatus
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Header, Router, Schema, Status
from pydantic import ConfigDict, Field

from bekal.accounts.gate import ByToken, TokenRequest
from bekal.accounts.rules import Permission
from bekal.catalogue import queries as catalogue
from bekal.catalogue.rules import CODE_LENGTH
from bekal.foundation import codes
from bekal.foundation.actions import keep_conflict
from bekal.foundation.api.problems import BY_TOKEN, WRITING, ApiProblem, Code
from bekal.foundation.api.values import WHOLE, Day, Instant, Key, ProductCode, Slug
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.formats import LARGEST_RUPIAH
from bekal.foundation.refusals import KeyReused
from bekal.places.queries import PlaceNow
from bekal.sales import actions, queries
from bekal.sales.api_answers import SaleAnswer, SaleRecorded, told
from bekal.sales.models import Sale
from bekal.sales.rules import (
    MOST_LINES,
    BuyerClass,
    Channel,
    NewSale,
    PaymentKind,
    SaleItem,
    SaleRefused,
)

router = Router(tags=["Penjualan"])
_BY_TOKEN = ByToken(Permission.RECORD_SALE)
_MOST_PIECES = 999_999
IdempotencyKey = Annotated[
    Key,
    Header(
        alias="Idempotency-Key",
        description="UUID (v4 atau v7) yang dibuat program Anda, satu untuk setiap kejadian. "
        "Kirim ulang dengan kunci dan isi yang sama aman: jawabannya sama.",
    ),
]


HandChannel = Literal[Channel.WORKSHOP, Channel.EXHIBITION, Channel.CONSIGNMENT, Channel.ORDER]


class ItemAsked(Schema):
    """So many pieces of a product; without `unit_price` at the price of the sheet on that day."""

    model_config = ConfigDict(extra="forbid")

    product: Annotated[ProductCode, Field(description="Kode produk unit ini.")]
    pieces: Annotated[int, Field(ge=1, le=_MOST_PIECES), WHOLE]
    unit_price: Annotated[
        Annotated[int, Field(ge=1, le=LARGEST_RUPIAH), WHOLE] | None,
        Field(description="Rupiah untuk satu buah bila bukan harga daftar."),
    ] = None


class SaleAsked(Schema):
    """A sale as it happened."""

    model_config = ConfigDict(extra="forbid")

    sold_on: Annotated[Day, Field(description="Hari penjualan menurut jam setempat.")]
    sold_at: Annotated[
        Instant | None, Field(description="Saat penjualan, dengan zona waktunya, bila diketahui.")
    ] = None
    channel: HandChannel
    buyer_class: BuyerClass
    payment: PaymentKind
    items: Annotated[list[ItemAsked], Field(min_length=1, max_length=MOST_LINES)]


@router.post(
    "/units/{unit}/sales",
    auth=_BY_TOKEN,
    response={201: SaleRecorded, 200: SaleRecorded, **WRITING},
    operation_id="recordSale",
    summary="Catat penjualan",
)
def record(
    request: TokenRequest,
    *,
    response: HttpResponse,
    unit: Slug,
    idempotency_key: IdempotencyKey,
    sale: SaleAsked,
) -> object:
    """201 untuk catatan baru; 200 dan `is_repeat` bila sudah tercatat; 409 bila isinya berbeda."""
    place = request.scope.unit(unit)
    new = _new_sale(sale, place=place, key=idempotency_key, now=request.now)
    try:
        recorded = actions.record_sale(sale=new, by=request.actor, now=request.now)
    except KeyReused:
        _keep(new, "sales.record", place=place, request=request)
        raise ApiProblem(Code.KEY_REUSED, field=("header", "Idempotency-Key")) from None
    return _recorded(response, place, recorded.sale_id, is_repeat=recorded.is_repeat)


@router.get(
    "/units/{unit}/sales/{sale}",
    auth=_BY_TOKEN,
    response={200: SaleAnswer, **BY_TOKEN},
    operation_id="getSale",
    summary="Baca penjualan yang tercatat",
)
def read(request: TokenRequest, unit: Slug, sale: Key) -> object:
    """Penjualan unit dari kunci Anda, dengan apa yang sudah kembali."""
    place = request.scope.unit(unit)
    return told(_the_sale(place, sale), place)


@router.post(
    "/units/{unit}/sales/{sale}/void",
    auth=_BY_TOKEN,
    response={201: SaleRecorded, 200: SaleRecorded, **WRITING},
    operation_id="voidSale",
    summary="Batalkan catatan yang salah, dalam 10 menit",
)
def void(
    request: TokenRequest,
    *,
    response: HttpResponse,
    unit: Slug,
    sale: Key,
    idempotency_key: IdempotencyKey,
) -> object:
    """Seluruh nota dibatalkan sebagai salah catat. Sesudah 10 menit, minta bendahara unit."""
    place = request.scope.unit(unit)
    found = _the_sale(place, sale)
    is_repeat = any(refund.pk == idempotency_key for refund in found.refunds.all())
    try:
        actions.void_sale(key=idempotency_key, sale_id=found.pk, by=request.actor, now=request.now)
    except KeyReused:
        left = {line.id: line.left for line in queries.refundable_lines(sale_id=found.pk)}
        asked = actions.NewRefund.of_a_void(idempotency_key, found.pk, left)
        _keep(asked, "sales.refund", place=place, request=request)
        raise ApiProblem(Code.KEY_REUSED, field=("header", "Idempotency-Key")) from None
    return _recorded(response, place, found.pk, is_repeat=is_repeat)


def _keep(
    asked: NewSale | actions.NewRefund, door: str, *, place: PlaceNow, request: TokenRequest
) -> None:
    """A used key with other content is a task for a person of the unit."""
    keep_conflict(
        key=asked.key,
        door=door,
        scope=f"place:{place.id}",
        body=asked.frozen(),
        by=request.actor,
        now=request.now,
    )


def _new_sale(sale: SaleAsked, *, place: PlaceNow, key: UUID, now: dt.datetime) -> NewSale:
    return NewSale(
        key=key,
        unit_id=place.id,
        items=_items(sale, place=place),
        channel=sale.channel,
        buyer_class=sale.buyer_class,
        payment=sale.payment,
        sold_on=sale.sold_on,
        sold_at=_instant(sale, zone=place.zone or Zone.WIB, now=now),
    )


def _instant(sale: SaleAsked, *, zone: Zone, now: dt.datetime) -> dt.datetime | None:
    if sale.sold_at is None:
        return None
    if local_day(sale.sold_at, zone) != sale.sold_on:
        raise SaleRefused(
            f"Saat penjualan tidak jatuh pada hari penjualan menurut jam {zone}.", field="sold_at"
        )
    return sale.sold_at.astimezone(dt.UTC)


def _items(sale: SaleAsked, *, place: PlaceNow) -> tuple[SaleItem, ...]:
    written = [_written(item.product) for item in sale.items]
    rows = catalogue.rows_by_code(unit_id=place.id, codes_wanted=written, on=sale.sold_on)
    for index, code in enumerate(written):
        if code not in rows:
            raise ApiProblem(
                Code.REFUSED,
                title="Produk ini tidak ada di katalog unit. Periksa kodenya.",
                field=("body", "items", index, "product"),
            )
    return tuple(
        SaleItem(rows[code].id, item.pieces, item.unit_price)
        for code, item in zip(written, sale.items, strict=True)
    )


def _written(code: str) -> str:
    """A code however it was typed, as it is stored; one that cannot be a code stays itself."""
    try:
        return codes.encode(codes.decode(code), length=CODE_LENGTH)
    except codes.CodeMistyped:
        return code


def _the_sale(place: PlaceNow, sale_id: UUID) -> Sale:
    found = queries.receipt(unit_id=place.id, sale_id=sale_id)
    if found is None:
        raise ApiProblem(Code.NOT_FOUND, title="Unit ini tidak punya penjualan dengan id itu.")
    return found


def _recorded(
    response: HttpResponse, place: PlaceNow, sale_id: UUID, *, is_repeat: bool
) -> Status[dict[str, object]]:
    response["Location"] = f"/api/v1/units/{place.code}/sales/{sale_id}"
    answer = {**told(_the_sale(place, sale_id), place), "is_repeat": is_repeat}
    return Status(HTTPStatus.OK if is_repeat else HTTPStatus.CREATED, answer)
