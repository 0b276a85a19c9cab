"""What became otherwise since a buyer last looked: told line by line, never changed in silence."""

from collections.abc import Collection, Iterable
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
    pieces may be had. Where one buyer may have no more than `limit`, `was` is what they bought of
    it already. `said` is the sentence of somebody else: a pause, a courier.
    """

    kind: ChangeKind
    product_id: int | None = None
    unit_id: int | None = None
    was: int = 0
    now: int = 0
    limit: int = 0
    said: str = ""

    @property
    def is_only_money(self) -> bool:
        """Whether looking at the new sum is all that is needed to go on."""
        return self.kind in {ChangeKind.PRICE, ChangeKind.FEE}

    @property
    def sentence(self) -> str:
        """What the buyer reads: what happened, and what to do."""
        return _sentence(self)

    @property
    def for_officer(self) -> str:
        """What the person of the unit who is to take the order on reads, and what to do."""
        return _for_officer(self)


class OrderChanged(Refused):
    """The order is not what the buyer saw any more; nothing of it was placed."""

    def __init__(self, changes: Iterable[Change]) -> None:
        """Keep what changed, in the order of the lines."""
        self.changes = tuple(changes)
        super().__init__(_happened(self.changes))


def _happened(changes: Collection[Change]) -> str:
    """What is said above the changes: a limit did not change, the buyer just meets it now."""
    if all(change.kind is ChangeKind.LIMIT for change in changes):
        return _("Jumlahnya lebih dari yang boleh untuk satu pembeli.")
    return _("Ada yang berubah sejak Anda melihatnya. Periksa lagi sebelum memesan.")


def _sentence(change: Change) -> str:
    if change.is_only_money:
        return _money(change)
    if change.kind is ChangeKind.SHORT:
        return _short(change.now)
    if change.kind is ChangeKind.LIMIT:
        return _limit(change)
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


def _limit(change: Change) -> str:
    if not change.now:
        return _("Anda sudah membeli sebanyak batasnya dalam 30 hari terakhir. Keluarkan dahulu.")
    if not change.was:
        said = _("Setiap pembeli paling banyak %(limit)s dalam 30 hari. Kurangi jumlahnya.")
        return said % {"limit": change.limit}
    said = _("Setiap pembeli paling banyak %(left)s lagi dalam 30 hari. Kurangi jumlahnya.")
    return said % {"left": change.now}


def limit_with_basket(limit: int, here: int) -> str:
    """What is said of more pieces than one buyer may have, when `here` lie in the basket."""
    if not here:
        return _("Setiap pembeli paling banyak %(limit)s dalam 30 hari.") % {"limit": limit}
    said = _(
        "Setiap pembeli paling banyak %(limit)s dalam 30 hari, dan di keranjang sudah ada %(here)s."
    )
    return said % {"limit": limit, "here": here}


def _for_officer(change: Change) -> str:
    if change.kind is ChangeKind.LIMIT:
        return _limit_for_officer(change)
    if change.kind is ChangeKind.SHORT:
        if not change.now:
            return "Stoknya habis. Tambah stoknya, atau tolak pesanan ini."
        return f"Stoknya tinggal {change.now}. Kurangi jumlahnya, atau tambah stoknya."
    return {
        ChangeKind.GONE: "Barang ini tidak dijual lagi. Tayangkan lagi, atau tolak pesanan ini.",
        ChangeKind.FULL: "Jam kerja bengkel sudah penuh. Kurangi jumlahnya, tunggu, atau tolak "
        "pesanan ini.",
    }.get(change.kind, change.sentence)


def _limit_for_officer(change: Change) -> str:
    had = f"; nomor atau alamat ini sudah membeli {change.was}" if change.was else ""
    act = f"Kurangi menjadi {change.now}" if change.now else "Tolak pesanan ini"
    return (
        f"Batas satu pembeli {change.limit} dalam 30 hari{had}. {act}, atau naikkan batasnya di "
        "halaman barang."
    )
