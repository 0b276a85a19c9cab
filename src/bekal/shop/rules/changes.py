"""What became otherwise since a buyer last looked: told line by line, never changed in silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from bekal.foundation.refusals import Refused
from bekal.ui.filters import rupiah


class ChangeKind(StrEnum):
    """What is not as it was."""

    PRICE = "price"
    GONE = "gone"
    SHORT = "short"
    FULL = "full"
    PAUSED = "paused"
    LIMIT = "limit"
    MIXED = "mixed"
    FEE = "fee"
    NO_COURIER = "no_courier"


@dataclass(frozen=True)
class Change:
    """One thing that is not as the buyer saw it, at a product or at the part of a unit.

    `was` and `now` are rupiah of a price or fee; of what is short or limited, `now` is how many
    pieces may be had. `said` is the sentence of somebody else: a pause, a courier.
    """

    kind: ChangeKind
    product_id: int | None = None
    unit_id: int | None = None
    was: int = 0
    now: int = 0
    said: str = ""

    @property
    def is_only_money(self) -> bool:
        """Whether looking at the new sum is all that is needed to go on."""
        return self.kind in {ChangeKind.PRICE, ChangeKind.FEE}

    @property
    def sentence(self) -> str:
        """What the buyer reads: what happened, and what to do."""
        return _sentence(self)


class OrderChanged(Refused):
    """The order is not what the buyer saw any more; nothing of it was placed."""

    def __init__(self, changes: Iterable[Change]) -> None:
        """Keep what changed, in the order of the lines."""
        super().__init__(_("Ada yang berubah sejak Anda melihatnya. Periksa lagi sebelum memesan."))
        self.changes = tuple(changes)


def _sentence(change: Change) -> str:
    if change.is_only_money:
        return _money(change)
    if change.kind is ChangeKind.SHORT:
        return _short(change.now)
    if change.kind is ChangeKind.LIMIT:
        return _limit(change.now)
    if change.said:
        return change.said
    return {
        ChangeKind.GONE: _("Barang ini tidak dijual lagi. Keluarkan dari keranjang."),
        ChangeKind.FULL: _("Bengkel sedang penuh. Kurangi jumlahnya, atau coba lain hari."),
        ChangeKind.MIXED: _(
            "Barang contoh tidak bisa sepesanan dengan barang sungguhan. Keluarkan salah satu."
        ),
    }.get(change.kind, _("Barang ini belum bisa dipesan sekarang."))


def _money(change: Change) -> str:
    sums = {"was": rupiah(change.was), "now": rupiah(change.now)}
    if change.kind is ChangeKind.FEE:
        return _("Ongkos kirim berubah dari %(was)s menjadi %(now)s.") % sums
    return _("Harganya berubah dari %(was)s menjadi %(now)s.") % sums


def _short(left: int) -> str:
    if not left:
        return _("Barang ini baru saja habis. Keluarkan dari keranjang.")
    return _("Stok tinggal %(left)s. Kurangi jumlahnya.") % {"left": left}


def _limit(left: int) -> str:
    if not left:
        return _("Anda sudah membeli sebanyak batasnya dalam 30 hari terakhir. Keluarkan dahulu.")
    said = _("Setiap pembeli paling banyak %(left)s lagi dalam 30 hari. Kurangi jumlahnya.")
    return said % {"left": left}
