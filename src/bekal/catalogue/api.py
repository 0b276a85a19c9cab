"""Public questions about products and their kinds."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import override
from ninja import Query, Router, Schema
from pydantic import Field

from bekal.catalogue import queries, suggested
from bekal.catalogue.queries import (
    Card,
    PriceRange,
    ShowcaseFilters,
    ShowcasePage,
    ShowcaseSort,
    Stock,
)
from bekal.foundation import clock
from bekal.foundation.api.pages import Paged, Ways, paged
from bekal.foundation.api.problems import READING, READING_ONE, ApiProblem, Code
from bekal.foundation.api.reading import AsOf, reads, stamp
from bekal.foundation.api.values import Mark, Page, ProductCode, Rupiah, Slug, Text
from bekal.foundation.clock import Zone

router = Router(tags=["Katalog"])


class Category(Schema):
    """A kind of products and how many of them are public today."""

    code: str
    name: str
    products: Annotated[int, Field(ge=0)]


class Categories(AsOf):
    """Every kind, in the order of the catalogue."""

    items: list[Category]


class Maker(Schema):
    """The unit whose workshop makes a product."""

    code: str
    name: str
    province: str


class SourcePrice(Schema):
    """What the source of a product says of its price: no price to buy at."""

    low: Rupiah
    high: Rupiah


class Product(Schema):
    """A product on today's list."""

    code: Annotated[str, Field(description="Kode pendek pada label barang.")]
    name: str
    category: Annotated[str, Field(description="Kode kategori.")]
    unit: Maker
    price: Annotated[
        int | None, Field(description="Rupiah bulat untuk satu buah. null: harga menyusul.")
    ]
    source_price: SourcePrice | None
    is_sample: Annotated[bool, Field(description="Data contoh, bukan barang sungguhan.")]


class Suggestion(Schema):
    """A kind, a unit or a product that probably was meant."""

    type: Literal["kind", "unit", "product"]
    label: str
    note: str
    url: Annotated[str, Field(description="Alamat halamannya di situs ini.")]


class Suggested(AsOf):
    """What probably was meant: kinds, then products and units, the likelier of them first."""

    items: list[Suggestion]


class SuggestionsAsked(Schema):
    """What was typed, and the language of the answer."""

    q: Annotated[Text, Field(description="Yang sudah diketik.")] = ""
    lang: Annotated[Literal["id", "en"], Field(description="Bahasa jawaban.")] = "id"


class Price(Schema):
    """A price and the first day on which it holds, until the next one."""

    amount: Rupiah
    valid_from: dt.date


class ProductAnswer(Product, AsOf):
    """A product with all prices that held up to today, the latest first."""

    kanwil: str | None
    source: Annotated[str | None, Field(description="Situs atau terbitan sumber data produk.")]
    prices: list[Price]


class Products(Paged, AsOf):
    """A page of products."""

    items: list[Product]


class ProductsAsked(Schema):
    """What narrows the list of products."""

    text: Annotated[Text, Field(description="Kata yang dicari.")] = ""
    category: Annotated[Slug | None, Field(description="Kode kategori.")] = None
    province: Annotated[
        str | None, Field(pattern="^[0-9]{2}$", description="Kode provinsi Kemendagri.")
    ] = None
    kanwil: Annotated[Slug | None, Field(description="Kode kanwil.")] = None
    unit: Annotated[Slug | None, Field(description="Kode unit.")] = None
    price: Annotated[PriceRange | None, Field(description="Rentang harga.")] = None
    stock: Annotated[Stock | None, Field(description="Siap kirim, atau dibuat sesuai pesanan.")] = (
        None
    )
    halal: Annotated[
        Literal["ya"] | None, Field(description="Sertifikat halal berlaku hari ini.")
    ] = None
    new: Annotated[Literal["ya"] | None, Field(description="Ditambahkan dalam 30 hari.")] = None
    sort: Annotated[
        ShowcaseSort,
        Field(description="Urutan. `cocok` tanpa kata: yang bisa dibeli dulu, lalu yang terbaru."),
    ] = ShowcaseSort.BEST
    page: Page = 1
    after: Annotated[Mark | None, Field(description="Mulai sesudah ini, dari `next`.")] = None
    before: Annotated[Mark | None, Field(description="Sampai sebelum ini, dari `previous`.")] = None


@router.get(
    "/categories",
    response={200: Categories, **READING},
    operation_id="listCategories",
    summary="Kategori produk",
)
@reads("catalogue", "places", "ledger")
def categories(request: HttpRequest) -> object:
    """Semua kategori dengan banyaknya produk."""
    now = clock.now()
    found = queries.category_counts(on=_today(now))
    items = [{"code": each.code, "name": each.name, "products": each.count} for each in found]
    return {"items": items, "as_of": stamp(now)}


@router.get(
    "/suggestions",
    response={200: Suggested, **READING},
    operation_id="listSuggestions",
    summary="Saran selagi mengetik",
)
@reads("catalogue", "places", "ledger")
def suggestions(request: HttpRequest, asked: Annotated[SuggestionsAsked, Query()]) -> object:
    """Jenis, unit, dan produk yang namanya mulai seperti yang diketik; paling banyak sepuluh."""
    del request
    now = clock.now()
    found = queries.suggestions(text=asked.q, on=_today(now))
    with override(asked.lang):
        return {"items": suggested.items(found), "as_of": stamp(now)}


@router.get(
    "/products",
    response={200: Products, **READING},
    operation_id="listProducts",
    summary="Produk, dengan saringan dan pencarian",
)
@reads("catalogue", "places", "ledger")
def products(
    request: HttpRequest, response: HttpResponse, asked: Annotated[ProductsAsked, Query()]
) -> object:
    """24 per halaman. Dengan `next` tidak ada yang terlewat atau berulang saat daftar bertambah.

    Pencarian memahami imbuhan dan salah ketik, sama dengan halaman katalog.
    """
    now = clock.now()
    filters = _filters(asked)
    found = queries.showcase(filters=filters, on=_today(now))
    # The catalogue's own page shows the last page to whoever asks for one beyond it.
    is_beyond = filters.mark is None and asked.page > found.pages
    cards = [] if is_beyond else found.cards
    pages = paged(
        request,
        response,
        page=asked.page if is_beyond else found.page,
        pages=found.pages,
        total=found.total,
        ways=_ways(filters, found, cards),
    )
    return {**pages, "items": [_product(card) for card in cards], "as_of": stamp(now)}


@router.get(
    "/products/{code}",
    response={200: ProductAnswer, **READING_ONE},
    operation_id="getProduct",
    summary="Satu produk dengan riwayat harganya",
)
@reads("catalogue", "places", "ledger")
def product(request: HttpRequest, code: ProductCode) -> object:
    """Kode boleh diketik dengan huruf kecil; O dibaca 0, I dan L dibaca 1."""
    now = clock.now()
    found = queries.showcase_product(code=code, on=_today(now))
    if found is None:
        raise ApiProblem(Code.NOT_FOUND, title="Tidak ada produk dengan kode itu.")
    prices = queries.price_history(product_id=found.card.id, on=_today(now))
    return {
        **_product(found.card),
        "kanwil": found.kanwil.code if found.kanwil else None,
        "source": found.source_name or None,
        "prices": [{"amount": amount, "valid_from": day} for day, amount in prices],
        "as_of": stamp(now),
    }


def _today(now: dt.datetime) -> dt.date:
    return clock.local_day(now, Zone.WIB)


def _filters(asked: ProductsAsked) -> ShowcaseFilters:
    return ShowcaseFilters(
        text=asked.text.strip(),
        category=asked.category or "",
        province=asked.province or "",
        kanwil=asked.kanwil or "",
        unit=asked.unit or "",
        price=asked.price,
        stock=asked.stock,
        is_halal=asked.halal is not None,
        is_new=asked.new is not None,
        sort=asked.sort,
        page=asked.page,
        mark=queries.read_mark(after=asked.after or "", before=asked.before or ""),
    )


def _ways(filters: ShowcaseFilters, found: ShowcasePage, cards: Sequence[Card]) -> Ways:
    """By marks where there are products to name; a page beyond the end leads back to the last."""
    if not cards:
        return Ways(on=None, back={} if found.total else None)
    before, after = queries.marks(found, filters)
    return Ways(
        on={"after": after.text} if after else None,
        back={"before": before.text} if before else {} if found.has_before else None,
    )


def _product(card: Card) -> dict[str, object]:
    source = {"low": card.source_low, "high": card.source_high or card.source_low}
    return {
        "code": card.code,
        "name": card.name,
        "category": card.kind,
        "unit": {"code": card.unit_code, "name": card.unit_name, "province": card.province},
        "price": card.price,
        "source_price": source if card.source_low is not None else None,
        "is_sample": card.is_sample,
    }
