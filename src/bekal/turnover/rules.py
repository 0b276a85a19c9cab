"""What a turnover is made of, how far it can be trusted, and what each number means. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

from bekal.ledger.rules import ACCOUNT_LABELS, AccountKind
from bekal.places.rules import Level

# Units of these kinds guide people outside or heal them, and have no workshop (domain.md 1.1).
KINDS_WITHOUT_WORKSHOP = ("Bapas", "Rumah Sakit")


class Basis(StrEnum):
    """By which tree a total is summed: that of each fact's own day, or that of today."""

    AS_IT_WAS = "waktu-itu"
    AS_IT_IS_NOW = "sekarang"


class Dimension(StrEnum):
    """By what a total can be taken apart."""

    CATEGORY = "kategori"
    CHANNEL = "saluran"
    BUYER = "pembeli"


@dataclass(frozen=True)
class Total:
    """Sums in rupiah and pieces. The six parts are net of what was taken back; they sum to net.

    `sample_gross` is the part of gross that is simulated ("data contoh").
    """

    gross: int = 0
    returned: int = 0
    pieces: int = 0
    pieces_returned: int = 0
    receipts: int = 0
    refunds: int = 0
    pnbp: int = 0
    premi: int = 0
    cost_recovery: int = 0
    capital: int = 0
    operating: int = 0
    partner: int = 0
    sample_gross: int = 0

    @property
    def net(self) -> int:
        """Gross less what was taken back."""
        return self.gross - self.returned

    @property
    def net_pieces(self) -> int:
        """Pieces sold less those that came back."""
        return self.pieces - self.pieces_returned

    @property
    def is_nothing(self) -> bool:
        """Whether neither a sale nor a refund counts here."""
        return self == Total()

    def __add__(self, other: "Total") -> "Total":
        return Total(*(getattr(self, name) + getattr(other, name) for name in COLUMNS))


COLUMNS = tuple(field.name for field in fields(Total))
"""The names of the sums, in the order of Total."""


def added(totals: Iterable[Total]) -> Total:
    """The sum of several totals; nothing sums to zero."""
    return sum(totals, Total())


@dataclass(frozen=True)
class Coverage:
    """Of how many units a record is expected, and how many have one."""

    expected: int
    reported: int

    @property
    def silent(self) -> int:
        """Expected units without any record."""
        return self.expected - self.reported

    @property
    def permille(self) -> int:
        """Reported units in thousandths of the expected, 0 when none is expected."""
        return 1000 * self.reported // self.expected if self.expected else 0


@dataclass(frozen=True)
class Node:
    """A place as it was called in the period of the question."""

    id: int
    code: str
    level: Level
    name: str
    kind: str


@dataclass(frozen=True)
class NodeTotal:
    """What a place sold, and how many of its units stand behind the number."""

    node: Node
    total: Total
    coverage: Coverage


def share_parts(total: Total) -> list[tuple[str, int]]:
    """Where net turnover went, in rupiah, in the order of the law; parts of nothing left out."""
    parts = [
        (AccountKind.PNBP_PAYABLE, total.pnbp),
        (AccountKind.PREMI_UNALLOCATED, total.premi),
        (AccountKind.COST_RECOVERY, total.cost_recovery),
        (AccountKind.CAPITAL, total.capital),
        (AccountKind.OPERATING, total.operating),
        (AccountKind.PARTNER_PAYABLE, total.partner),
    ]
    return [(ACCOUNT_LABELS[account], amount) for account, amount in parts if amount]


@dataclass(frozen=True)
class Definition:
    """A word of the pages and what it means, in Indonesian."""

    term: str
    meaning: str


_OTHER_SHARES = (
    AccountKind.COST_RECOVERY,
    AccountKind.CAPITAL,
    AccountKind.OPERATING,
    AccountKind.PARTNER_PAYABLE,
)
DEFINITIONS = (
    Definition(
        "Omzet kotor",
        "Jumlah harga semua barang dan jasa pada nota, sebelum dikurangi barang yang kembali. "
        "Dihitung pada tanggal penjualan menurut jam setempat.",
    ),
    Definition(
        "Dikembalikan",
        "Nilai barang yang kembali, dihitung pada hari barang itu kembali, dan nilai catatan yang "
        "dibatalkan karena salah, dihitung pada hari penjualannya.",
    ),
    Definition("Omzet bersih", "Omzet kotor dikurangi yang dikembalikan."),
    Definition(
        "Barang terjual",
        "Banyaknya barang atau jasa pada nota, dikurangi yang kembali.",
    ),
    Definition("Nota", "Banyaknya catatan penjualan, termasuk yang kemudian dikembalikan."),
    Definition(
        ACCOUNT_LABELS[AccountKind.PNBP_PAYABLE],
        "Bagian negara menurut aturan bagi hasil yang berlaku saat barang dijual, sudah dikurangi "
        "bagian dari barang yang kembali. Ini kewajiban, bukan jumlah yang sudah disetor.",
    ),
    Definition(
        ACCOUNT_LABELS[AccountKind.PREMI_UNALLOCATED],
        "Bagian pembuat menurut aturan bagi hasil yang berlaku saat barang dijual, sudah dikurangi "
        "bagian dari barang yang kembali. Premi bukan upah.",
    ),
    Definition(
        ", ".join(ACCOUNT_LABELS[account] for account in _OTHER_SHARES),
        "Bagian lain dari omzet bersih menurut aturan yang sama. Semua bagian berjumlah tepat "
        "sama dengan omzet bersih.",
    ),
    Definition(
        "Cakupan",
        "Berapa unit yang mencatat dari yang diharapkan. Unit mencatat bila punya paling sedikit "
        "satu nota atau satu laporan hari (juga laporan nihil) dalam periode. Yang diharapkan: "
        "semua unit yang berdiri dalam periode, kecuali Bapas dan Rumah Sakit, ditambah unit mana "
        "pun yang ternyata mencatat. Unit yang diam bukan berarti nihil.",
    ),
    Definition(
        "Menurut susunan saat itu",
        "Setiap penjualan masuk ke kantor wilayah yang membawahi unit pada hari penjualan. Bila "
        "unit berpindah dalam periode, kantor lama dan kantor baru sama-sama tampil.",
    ),
    Definition(
        "Menurut susunan sekarang",
        "Setiap penjualan masuk ke kantor wilayah yang membawahi unit hari ini. Unit yang sudah "
        "ditutup dihitung pada induknya yang terakhir.",
    ),
    Definition(
        "Data contoh",
        "Penjualan buatan untuk peragaan. Bukan penjualan sungguhan, dan selalu ditandai.",
    ),
)
"""What every number of the pages means; told once, here."""
