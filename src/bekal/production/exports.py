"""The stock and the materials of a unit, what was made, and who works there, as files."""

from collections.abc import Iterable
from decimal import Decimal

from bekal.foundation.clock import Zone, local_day
from bekal.foundation.exports import Table, csv_lines
from bekal.production.models import ToolFact
from bekal.production.queries import (
    Assigned,
    BatchRow,
    HarvestRow,
    MaterialRow,
    PlotRow,
    PricedRow,
    PurchaseRow,
    StockRow,
    TransferRow,
)
from bekal.production.rules import MODEL_LABELS
from bekal.production.rules.land import FATE_LABELS, Weighed
from bekal.production.rules.materials import ONE
from bekal.production.rules.tools import CONDITION_LABELS, Condition

HEADING = (
    "kode",
    "nama",
    "kategori",
    "stok",
    "dipesan",
    "bebas",
    "batas_menipis",
    "keadaan",
    "dihitung_sejak",
)


def as_csv(rows: Iterable[StockRow]) -> str:
    """The rows as CSV text; what nobody counts has no numbers."""
    return "".join(csv_lines(HEADING, (_cells(row) for row in rows)))


def _cells(row: StockRow) -> tuple[object, ...]:
    is_counted = row.on_hand is not None
    return (
        row.code,
        row.name,
        row.category,
        row.on_hand,
        row.held if is_counted else None,
        row.free,
        row.low_mark if is_counted else None,
        row.standing,
        row.since,
    )


WORK_HEADING = ("kode", "bengkel", "mulai", "sampai", "menit_sehari", "hari_seminggu")


def work_as_csv(rows: Iterable[Assigned]) -> str:
    """Who works where as CSV text, by code."""
    cells = (
        (row.maker, row.workshop, row.first, row.until, row.minutes_a_day, row.days_a_week)
        for row in rows
    )
    return "".join(csv_lines(WORK_HEADING, cells))


def amount_of(thousandths: int) -> Decimal:
    """A quantity as a spreadsheet counts it."""
    return Decimal(thousandths) / ONE


_MATERIALS = ("bahan", "satuan", "ada", "nilai_rupiah", "harga_rata_rata", "keadaan")
_PURCHASES = (
    "tanggal",
    "dari",
    "nota",
    "rupiah",
    "dana",
    "dari_kas_atau_bank",
    "catatan",
    "dibatalkan",
    "nomor",
)
_PRICED = ("kode", "nama", "harga", "harga_pokok", "untung", "lembar_mulai", "keadaan")


def of_priced(rows: Iterable[PricedRow]) -> Table:
    """Products with price, cost and where their price sheet stands."""
    cells = [
        (row.code, row.name, row.price, row.cost, row.margin, row.sheet_from, row.standing)
        for row in rows
    ]
    return Table("Lembar harga", _PRICED, cells)


def of_materials(rows: Iterable[MaterialRow]) -> Table:
    """Materials with what is there and what it is worth."""
    cells = [
        (
            row.name,
            row.measure,
            amount_of(row.quantity),
            row.value,
            row.rate.of_one if row.rate.is_known else None,
            row.standing,
        )
        for row in rows
    ]
    return Table("Bahan", _MATERIALS, cells)


def of_purchases(rows: Iterable[PurchaseRow]) -> Table:
    """Purchases, one each row; an undone one says why."""
    cells = [
        (
            row.bought_on,
            row.supplier,
            row.receipt,
            row.total,
            row.fund_label,
            row.paid_from_label,
            row.note,
            row.undone,
            row.id,
        )
        for row in rows
    ]
    return Table("Pembelian", _PURCHASES, cells)


_PLOTS = (
    "lahan",
    "jenis",
    "luas_m2",
    "tanaman",
    "keadaan",
    "menganggur_sejak",
    "kg_setahun",
)
_HARVESTS = (
    "tanggal",
    "tanaman",
    "lahan",
    "jumlah",
    "satuan",
    "untuk",
    "penerima",
    "catatan",
    "dibatalkan",
)


def of_plots(rows: Iterable[PlotRow]) -> Table:
    """Plots with what grows there and what they yielded in a year."""
    cells = [
        (
            row.name,
            row.kind_label,
            row.area,
            row.crops,
            row.state,
            row.idle_since,
            amount_of(row.grams),
        )
        for row in rows
    ]
    return Table("Lahan", _PLOTS, cells)


def of_harvests(rows: Iterable[HarvestRow]) -> Table:
    """Harvests and where they went; one that was taken back says why."""
    cells = [
        (
            row.harvested_on,
            row.crop,
            row.plot,
            amount_of(row.quantity) if row.weighed is Weighed.GRAM else row.quantity,
            "kg" if row.weighed is Weighed.GRAM else "buah",
            FATE_LABELS[row.fate],
            row.recipient,
            row.note,
            row.undone,
        )
        for row in rows
    ]
    return Table("Panen", _HARVESTS, cells)


_TOOLS = ("alat", "jumlah", "keadaan", "sejak", "catatan")


def of_tools(facts: Iterable[ToolFact]) -> Table:
    """The tools of a workshop as they were said last."""
    cells = [
        (
            fact.tool.name,
            fact.count,
            CONDITION_LABELS[Condition(fact.condition)],
            fact.since,
            fact.note,
        )
        for fact in facts
    ]
    return Table("Alat", _TOOLS, cells)


_BATCHES = (
    "nomor",
    "tanggal",
    "kode",
    "produk",
    "bengkel",
    "model",
    "jadi",
    "gagal",
    "menit_kerja",
    "pembuat",
    "kedaluwarsa",
)


def of_batches(rows: Iterable[BatchRow]) -> Table:
    """What was made; makers are counted, not named."""
    cells = [
        (
            row.number,
            row.made_on,
            row.code,
            row.product,
            row.workshop,
            MODEL_LABELS[row.model],
            row.good,
            row.rejected,
            row.minutes,
            row.makers,
            row.expires_on,
        )
        for row in rows
    ]
    return Table("Hasil produksi", _BATCHES, cells)


_TRANSFERS = (
    "dikirim",
    "pengirim",
    "penerima",
    "kode",
    "produk",
    "dikirim_buah",
    "nilai_rupiah",
    "surat_jalan",
    "keadaan",
    "selesai",
    "sampai_atau_kembali_buah",
    "bahan",
    "jumlah_bahan",
    "satuan",
    "keterangan",
    "nomor",
)


def of_transfers(rows: Iterable[TransferRow], *, zone: Zone) -> Table:
    """Transfers with what became of them; days of the unit's zone."""
    cells = [
        (
            local_day(row.recorded_at, zone),
            row.sender,
            row.receiver,
            row.product_code,
            row.product,
            row.pieces,
            row.value,
            row.letter,
            row.standing,
            local_day(row.ended_at, zone) if row.ended_at else None,
            row.came,
            row.material,
            None if row.quantity is None else amount_of(row.quantity),
            row.measure,
            row.remark,
            row.id,
        )
        for row in rows
    ]
    return Table("Transfer", _TRANSFERS, cells)
