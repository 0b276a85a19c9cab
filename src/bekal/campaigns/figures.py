"""The numbers of a live page as a file, so that a journalist can count for himself."""

from collections.abc import Iterator

from bekal.campaigns.meanings import meanings
from bekal.campaigns.queries import LivePicture
from bekal.foundation.clock import Zone
from bekal.foundation.exports import csv_lines
from bekal.sales.rules import BuyerClass

_BUYERS = {
    BuyerClass.PUBLIC: "umum",
    BuyerClass.OFFICER: "pegawai",
    BuyerClass.INSTITUTION: "lembaga",
}
_DEFINED = {
    "total": "kampanye",
    "stats": "jumlah",
    "hours": "jam",
    "map": "provinsi",
    "buyers": "pembeli",
}
"""Which part of the file each definition of the page is about."""
HEADING = ("bagian", "kode", "nama", "rupiah", "jumlah")


def figure_lines(picture: LivePicture) -> Iterator[str]:
    """Total and coverage, hours of the day shown, provinces, classes of buyers, definitions.

    `rupiah` is net; `jumlah` counts things. A province that is silent has no number, not zero.
    """
    return csv_lines(HEADING, _rows(picture))


def _rows(picture: LivePicture) -> Iterator[tuple[object, ...]]:
    at = picture.as_of.astimezone(Zone.WIB.info).isoformat(timespec="seconds")
    yield "kampanye", picture.campaign.slug, picture.campaign.name, picture.total, None
    yield "data", "keadaan", at, None, None
    yield "data", "contoh", "bagian dari omzet yang merupakan data contoh", picture.sample, None
    yield "data", "target", "target kampanye", picture.campaign.target, None
    yield "jumlah", "transaksi", "nota penjualan", None, picture.receipts
    yield "jumlah", "barang", "barang terjual", None, picture.pieces
    yield "jumlah", "batal", "pengembalian", picture.refunded, picture.refunds
    yield "jumlah", "bengkel", "bengkel mencatat", None, picture.units_reported
    yield "jumlah", "bengkel-diharapkan", "bengkel diharapkan", None, picture.units_expected
    for bar in picture.hours:
        yield "jam", f"{bar.hour:02d}", f"{picture.today} {bar.hour:02d}.00 WIB", bar.total, None
    yield "jam", "", f"{picture.today} tanpa jam", picture.hourless, None
    for tile in picture.provinces:
        yield "provinsi", tile.code, tile.name, tile.total, None
    for share in picture.buyers:
        yield "pembeli", share.buyer_class.value, _BUYERS[share.buyer_class], share.total, None
    for name, meaning in meanings().items():
        if name in _DEFINED:
            yield "definisi", _DEFINED[name], meaning.words, None, None
