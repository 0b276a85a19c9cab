"""The page of one sale between two looks: what it offers, what was typed, what it comes to.

Everything travels in the form itself: a search, a check and a way back lose nothing.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.forms import BoundField
from django.urls import reverse

from bekal.catalogue import queries as catalogue
from bekal.catalogue import rules as catalogue_rules
from bekal.catalogue.queries import ProductFilters, SaleTerms, Sort
from bekal.foundation import formats
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.ledger.rules import NeedsCost, NoRule
from bekal.places.queries import PlaceNow
from bekal.sales import queries
from bekal.sales.forms import SaleForm, names_of, read_day
from bekal.sales.rules import (
    BUYER_LABELS,
    HAND_CHANNELS,
    OLDEST_SALE,
    PAYMENT_LABELS,
    Channel,
)

LAST_USED = 8
MOST_FOUND = 12
MOST_OFFERED = 200
_PIECES = re.compile(r"pieces_(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Item:
    """One product as the page shows it; without `pieces` it cannot be chosen yet."""

    terms: SaleTerms
    href: str
    pieces: BoundField | None
    price: BoundField | None

    @property
    def hint(self) -> str:
        """Price and code, as they stand below the name."""
        price = "harga menyusul" if self.terms.price is None else formats.rupiah(self.terms.price)
        return f"{price}, {self.terms.code}"

    @property
    def is_repriced(self) -> bool:
        """Whether the price field needs to be seen: it says something else, or is wrong."""
        if self.price is None:
            return False
        return bool(self.price.errors) or _rupiah(str(self.price.value())) != self.terms.price


@dataclass(frozen=True)
class Section:
    """Some products under a heading; `id` is where a search leads to."""

    id: str
    heading: str
    items: list[Item]
    none: str = ""


@dataclass(frozen=True)
class Entry:
    """The page of one sale; `sent` is what was typed, with prices of the day that was chosen."""

    place: PlaceNow
    sent: Mapping[str, str]
    text: str
    day: dt.date
    form: SaleForm
    chosen: list[int]
    found: list[int]
    recent: list[int]

    @property
    def key(self) -> str:
        """The key of the sale: the one that came, or a new one."""
        sent = str(self.sent.get("key", ""))
        return sent if sent and "key" not in self.form.errors else str(uuid7())

    def sections(self) -> Iterator[Section]:
        """What was found, what was chosen, and what was sold last; each product once."""
        rest = [pk for pk in self.form.offers if pk not in {*self.chosen, *self.found}]
        fresh = [pk for pk in self.found if pk not in self.chosen]
        if self.text:
            none = "" if self.found else "Tidak ada produk yang cocok. Periksa ejaannya."
            none = none or ("" if fresh else "Yang cocok sudah Anda pilih, lihat di bawah.")
            yield Section(
                "hasil", f"Hasil pencarian \u201c{self.text}\u201d", self._of(fresh), none
            )
        if self.chosen:
            yield Section("dipilih", "Dipilih", self._of(self.chosen))
        recent = [pk for pk in rest if pk in self.recent]
        if recent:
            yield Section("terakhir", "Terakhir dijual", self._of(recent))
        if others := [pk for pk in rest if pk not in self.recent]:
            yield Section("lainnya", "Produk unit ini", self._of(others))

    def _of(self, product_ids: list[int]) -> list[Item]:
        offers = self.form.offers
        return [self._item(offers[pk]) for pk in product_ids if pk in offers]

    def _item(self, terms: SaleTerms) -> Item:
        pieces, price = names_of(terms.product_id)
        href = reverse("catalogue:detail", args=[self.place.code, terms.code])
        if pieces not in self.form.fields:
            return Item(terms, href, None, None)
        return Item(terms, href, self.form[pieces], self.form[price])

    def sums(self) -> tuple[int, int]:
        """Pieces and rupiah of what can be read so far."""
        pieces = total = 0
        for pk in self.chosen:
            count, price = (_number(self.sent.get(name, ""), name) for name in names_of(pk))
            terms = self.form.offers.get(pk)
            pieces += count
            total += count * (price or (terms and terms.price) or 0)
        return pieces, total

    def mends(self, refused: Refused) -> list[tuple[str, str]]:
        """Where a refusal can be mended: (what to do, address)."""
        if isinstance(refused, NoRule):
            return [("Buka aturan bagi hasil", reverse("ledger:rules", args=[self.place.code]))]
        if not isinstance(refused, NeedsCost):
            return []
        return [
            (
                f"Isi harga pokok {terms.name}",
                reverse("catalogue:cost", args=[self.place.code, terms.code]),
            )
            for pk in self.chosen
            if (terms := self.form.offers.get(pk)) and terms.cost is None
        ]


def first_look(*, place: PlaceNow, today: dt.date, asked: Mapping[str, str]) -> Entry:
    """A page without goods; the address may carry what the sale before it was like.

    `asked`: `tanggal`, `saluran`, `pembeli`, `bayar`, as the address of "Catat lagi" has them.
    """
    day = _day(asked.get("tanggal", ""), today=today)
    begun = {
        "key": str(uuid7()),
        "sold_on": day.isoformat(),
        "channel": _one_of(HAND_CHANNELS, asked.get("saluran", "")) or Channel.WORKSHOP.value,
        "buyer_class": _one_of(BUYER_LABELS, asked.get("pembeli", "")),
        "payment": _one_of(PAYMENT_LABELS, asked.get("bayar", "")),
    }
    return look_again(place=place, today=today, sent=begun, is_sent=False)


def look_again(*, place: PlaceNow, today: dt.date, sent: Mapping[str, str], is_sent: bool) -> Entry:
    """The page with what was typed; `is_sent` when it is to be checked, not only shown."""
    day = _day(sent.get("sold_on", ""), today=today)
    text = catalogue_rules.tidy(sent.get("cari", ""))[: catalogue_rules.NAME_LENGTH]
    chosen = _chosen(sent)
    found = _found(place, text, day)
    recent = queries.last_sold(unit_id=place.id, limit=LAST_USED)
    wanted = dict.fromkeys([*chosen, *found, *recent, *_filling(place, day, recent)])
    terms = catalogue.sale_terms(product_ids=wanted, on=day)
    offers = [terms[pk] for pk in wanted if pk in terms and terms[pk].unit_id == place.id]
    typed = _priced_for(day, offers=offers, sent=sent)
    form = SaleForm(
        typed if is_sent else None, offers=offers, chosen=chosen, today=today, initial=typed
    )
    return Entry(place, typed, text, day, form, chosen, found, recent)


def _day(text: str, *, today: dt.date) -> dt.date:
    """The day whose prices are shown: the typed one where a sale can be, or today."""
    day = read_day(text)
    return day if day and today - OLDEST_SALE <= day <= today else today


def _one_of(labels: Collection[str], text: str) -> str:
    return text if text in labels else ""


def _chosen(sent: Mapping[str, str]) -> list[int]:
    """The products with something typed as their pieces, in the order of the page."""
    asked = [(match[1], sent[name]) for name in sent if (match := _PIECES.fullmatch(name))]
    return [int(pk) for pk, text in asked if text.strip() not in {"", "0"}][:MOST_OFFERED]


def _found(place: PlaceNow, text: str, day: dt.date) -> list[int]:
    if not text:
        return []
    page = catalogue.products_of(unit_id=place.id, filters=ProductFilters(text=text), on=day)
    return [row.id for row in page.object_list][:MOST_FOUND]


def _filling(place: PlaceNow, day: dt.date, recent: list[int]) -> list[int]:
    """Something to begin with where little was sold yet: what has a price comes first."""
    if len(recent) >= LAST_USED:
        return []
    filters = ProductFilters(sort=Sort.CHEAPEST)
    page = catalogue.products_of(unit_id=place.id, filters=filters, on=day)
    others = [row.id for row in page.object_list if row.id not in recent]
    return others[: LAST_USED - len(recent)]


def _priced_for(
    day: dt.date, *, offers: list[SaleTerms], sent: Mapping[str, str]
) -> dict[str, str]:
    """What was typed, with prices that were left as the price sheet had them brought to `day`.

    `priced_on` is the day whose prices the page showed. Who changed only the day means that day's
    prices; who changed a price means that price.
    """
    typed = {name: value for name, value in sent.items() if name != "act"}
    shown_on = read_day(typed.get("priced_on", ""))
    if shown_on and shown_on != day:
        ids = [offer.product_id for offer in offers]
        before = catalogue.sale_terms(product_ids=ids, on=shown_on)
        for offer in offers:
            name = names_of(offer.product_id)[1]
            was = before[offer.product_id].price
            if offer.price is not None and was and _rupiah(typed.get(name, "")) == was:
                typed[name] = formats.thousands(offer.price)
    typed["priced_on"] = day.isoformat()
    return typed


def _rupiah(text: str) -> int | None:
    try:
        return formats.read_rupiah(text)
    except Refused:
        return None


def _number(text: str, name: str) -> int:
    read = formats.read_count if name.startswith("pieces") else formats.read_rupiah
    try:
        return read(text)
    except Refused:
        return 0
