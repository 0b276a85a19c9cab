"""Sheets of sales: what each row would become, and what it became."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Q

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import ProductFilters, SaleTerms
from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.ledger import queries as ledger
from bekal.sales.models import SalesSheet, SheetRow
from bekal.sales.rules import (
    Channel,
    NewSale,
    SaleItem,
    SaleRefused,
    check_day,
    read_sheet_day,
)
from bekal.sales.sheet import BUYERS, PAYMENTS, key_of

_T = TypeVar("_T")


@dataclass(frozen=True)
class Checked:
    """A row with the sale that it would be (None: it cannot be), what is wrong and what is odd.

    `is_doubtful` says that it may be double: it waits until somebody is sure.
    """

    row: SheetRow
    sale: NewSale | None
    problem: str = ""
    notes: tuple[str, ...] = ()
    is_doubtful: bool = False


@dataclass(frozen=True)
class Progress:
    """How far a sheet is, in rows."""

    waiting: int
    recorded: int
    refused: int

    @property
    def rows(self) -> int:
        """All of them."""
        return self.waiting + self.recorded + self.refused


@dataclass
class _Ground:
    """What the rows of one unit are read against; terms of a day are asked for once."""

    unit_id: int
    today: dt.date
    closed: dt.date | None
    codes: dict[str, int]
    names: dict[str, int]
    terms: dict[dt.date, dict[int, SaleTerms]] = field(default_factory=dict)

    def product(self, written: str) -> int:
        """The product of a code or a name. Raises SaleRefused."""
        found = self.codes.get(written.upper()) or self.names.get(written.lower())
        if found is None:
            raise SaleRefused(f"Produk \u201c{written}\u201d tidak ada di unit ini.")
        return found

    def term(self, product: int, on: dt.date) -> SaleTerms | None:
        """What a sale needs to know of a product on a day."""
        if on not in self.terms:
            self.terms[on] = catalogue.sale_terms(product_ids=self.codes.values(), on=on)
        return self.terms[on].get(product)


def sheet_of(*, unit_id: int, sheet_id: UUID) -> SalesSheet | None:
    """A sheet of a unit."""
    return SalesSheet.objects.filter(pk=sheet_id, unit_id=unit_id).first()


def sheets_of(*, unit_id: int) -> list[SalesSheet]:
    """The last sheets of a unit, the newest first, with `recorded` and `waiting` rows counted."""
    counted = SalesSheet.objects.filter(unit_id=unit_id).annotate(
        all_rows=Count("rows"),
        recorded=Count("rows", filter=Q(rows__state="recorded")),
    )
    return list(counted.order_by("-taken_at", "id")[:20])


def progress_of(*, sheet_id: UUID) -> Progress:
    """How far a sheet is; one statement."""
    rows = SheetRow.objects.filter(sheet_id=sheet_id).values_list("state")
    found: dict[str, int] = dict(rows.annotate(n=Count("id")).order_by("state"))
    return Progress(found.get("waiting", 0), found.get("recorded", 0), found.get("refused", 0))


def rows_of(*, sheet_id: UUID, first: int = 0, most: int | None = None) -> list[SheetRow]:
    """The rows of a sheet in their order."""
    rows = SheetRow.objects.filter(sheet_id=sheet_id).order_by("line", "id")
    return list(rows[first : first + most] if most else rows)


def waiting_rows(*, sheet_id: UUID, most: int) -> list[SheetRow]:
    """The first rows that nothing has become of yet."""
    rows = SheetRow.objects.filter(sheet_id=sheet_id, state="waiting")
    return list(rows.order_by("line", "id")[:most])


def started_sheets() -> list[SalesSheet]:
    """The sheets whose good rows are being recorded and are not done."""
    waiting = SheetRow.objects.filter(state="waiting", sheet__started_at__isnull=False)
    found = SalesSheet.objects.filter(pk__in=waiting.values("sheet_id").distinct())
    return list(found.order_by("started_at", "id"))


def check_rows(*, unit_id: int, rows: Sequence[SheetRow], today: dt.date) -> list[Checked]:
    """What rows of one sheet would become today; writes nothing.

    Six statements and one for each day that is named.
    """
    ground = _ground(unit_id, rows, today=today)
    twins = _twins(unit_id, rows)
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        seen[row.twin] += bool(row.twin)
        found.append(_checked(row, ground, double=row.twin in twins or seen[row.twin] > 1))
    return found


def twin_of(cells: Mapping[str, str]) -> str:
    """A digest of a row with a note number; empty where it has none."""
    if not cells["nota"]:
        return ""
    said = [cells[name].lower() for name in ("nota", "tanggal", "produk", "jumlah")]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def _ground(unit_id: int, rows: Iterable[SheetRow], *, today: dt.date) -> _Ground:
    del rows
    products = catalogue.every_product_of(unit_id=unit_id, filters=ProductFilters(), on=today)
    names = Counter(product.name.lower() for product in products)
    return _Ground(
        unit_id,
        today,
        ledger.closed_through(unit_id=unit_id),
        {product.code.upper(): product.id for product in products},
        {p.name.lower(): p.id for p in products if names[p.name.lower()] == 1},
    )


def _twins(unit_id: int, rows: Sequence[SheetRow]) -> set[str]:
    """The rows with the same note that other sheets of the unit have made sales of."""
    known = {row.twin for row in rows if row.twin}
    sheets = {row.sheet_id for row in rows}
    others = SheetRow.objects.filter(
        twin__in=known, state="recorded", sheet__unit_id=unit_id
    ).exclude(sheet_id__in=sheets)
    return set(others.values_list("twin", flat=True)) if known else set()


def _checked(row: SheetRow, ground: _Ground, *, double: bool) -> Checked:
    try:
        sale, notes = _read(row, ground)
    except Refused as refused:
        return Checked(row, None, refused.message)
    if double:
        notes = ("Mungkin ganda: nota, hari, dan produk yang sama sudah ada.", *notes)
    return Checked(row, sale, "", notes, double)


def _read(row: SheetRow, ground: _Ground) -> tuple[NewSale, tuple[str, ...]]:
    cells: dict[str, str] = row.cells
    day = read_sheet_day(cells["tanggal"])
    check_day(day, today=ground.today)
    if not cells["produk"]:
        raise SaleRefused("Isi kode atau nama produk.")
    product = ground.product(cells["produk"])
    terms = ground.term(product, day)
    pieces = formats.read_count(cells["jumlah"])
    if pieces < 1:
        raise SaleRefused("Jumlah barang paling sedikit 1.")
    price = formats.read_rupiah(cells["harga"]) if cells["harga"] else None
    listed = terms.price if terms else None
    if listed is None:
        raise SaleRefused("Produk ini belum mempunyai harga di daftar pada hari itu.")
    notes = []
    if price is not None and price != listed:
        notes.append(f"Harga berbeda dari daftar ({formats.rupiah(listed)}).")
    if ground.closed is not None and day <= ground.closed:
        notes.append("Pembukuan hari itu sudah ditutup: dibukukan pada hari terbuka pertama.")
    sale = NewSale(
        key=key_of(row.sheet_id, row.line),
        unit_id=ground.unit_id,
        items=(SaleItem(product, pieces, price),),
        channel=Channel.WORKSHOP,
        buyer_class=_word(BUYERS, cells["pembeli"], "Pembeli: tulis umum, pegawai, atau lembaga."),
        payment=_word(PAYMENTS, cells["bayar"], "Bayar: tulis tunai, qris, transfer, atau tempo."),
        sold_on=day,
    )
    return sale, tuple(notes)


def _word(known: Mapping[str, _T], written: str, problem: str) -> _T:
    if written.lower() not in known:
        raise SaleRefused(problem)
    return known[written.lower()]
