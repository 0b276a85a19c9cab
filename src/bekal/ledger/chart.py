"""The chart of accounts as people read it: addresses, names, meanings, and which side is up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bekal.ledger.queries import Balance
from bekal.ledger.rules import ACCOUNT_LABELS, AccountKind


@dataclass(frozen=True)
class Meaning:
    """An account in words, apart from its name, which is in rules.ACCOUNT_LABELS.

    `is_money`: it holds money; else it says whose the money is.
    """

    slug: str
    text: str
    is_money: bool = False


CHART: dict[AccountKind, Meaning] = {
    AccountKind.CASH: Meaning(
        "kas", "Uang tunai hasil penjualan yang dipegang unit.", is_money=True
    ),
    AccountKind.BANK: Meaning("bank", "Pembayaran lewat transfer ke rekening unit.", is_money=True),
    AccountKind.QRIS: Meaning(
        "qris",
        "Pembayaran QRIS dan pembayaran daring yang belum dicocokkan dengan rekening.",
        is_money=True,
    ),
    AccountKind.RECEIVABLE: Meaning(
        "piutang", "Penjualan tempo yang belum dibayar pembeli.", is_money=True
    ),
    AccountKind.SETTLEMENT: Meaning(
        "titipan",
        "Barang satu unit yang terjual di meja unit lain; tercatat di buku keduanya.",
        is_money=True,
    ),
    AccountKind.PNBP_PAYABLE: Meaning(
        "pnbp", "Bagian negara dari penjualan, yang harus disetor ke kas negara."
    ),
    AccountKind.PREMI_UNALLOCATED: Meaning(
        "premi",
        "Bagian para pembuat, yang belum dibagi kepada masing-masing.",
    ),
    AccountKind.COST_RECOVERY: Meaning("bahan", "Pengganti bahan dan biaya barang yang terjual."),
    AccountKind.CAPITAL: Meaning("dana-penunjang", "Modal kerja bengkel untuk pembinaan."),
    AccountKind.OPERATING: Meaning("operasional", "Bagian untuk biaya menjalankan kegiatan."),
    AccountKind.PARTNER_PAYABLE: Meaning(
        "mitra", "Bagian mitra dari penjualan, yang belum dibayarkan."
    ),
    AccountKind.SHIPPING: Meaning(
        "ongkos-kirim", "Ongkos kirim dari pembeli, yang dibayarkan kepada kurir."
    ),
    AccountKind.ORDER_ADVANCE: Meaning(
        "uang-muka",
        "Uang pembeli untuk pesanan yang belum menjadi penjualan atau belum dikembalikan.",
    ),
    AccountKind.UNAPPLIED_RECEIPT: Meaning(
        "belum-dikenali", "Uang yang masuk dan belum diketahui untuk pesanan yang mana."
    ),
    AccountKind.PREMI_PAYABLE: Meaning(
        "premi-terutang", "Premi yang sudah menjadi bagian seorang pembuat dan belum dibayarkan."
    ),
    AccountKind.PREMI_SAVED: Meaning(
        "tabungan", "Premi seorang pembuat yang disimpan sampai ia bebas."
    ),
    AccountKind.CASH_DIFFERENCE: Meaning(
        "selisih-kas", "Uang yang lebih (atau kurang) saat kas dihitung, sampai dijelaskan."
    ),
    AccountKind.PNBP_OVERPAID: Meaning(
        "lebih-setor",
        "PNBP yang telanjur disetor atas barang yang kembali, sampai diperhitungkan.",
        is_money=True,
    ),
}


@dataclass(frozen=True)
class Held:
    """An account as a page shows it: `amount` is positive when all is as its side expects.

    Money accounts show what is there; all others what is owed or set aside, the book's credit.
    """

    id: int
    slug: str
    name: str
    text: str
    amount: int
    is_money: bool
    sign: int


def held(balance: Balance, *, other: tuple[str, str] | None = None) -> Held:
    """A balance in words; `other` is code and name of the other unit of a settlement."""
    meaning = CHART[balance.account]
    slug, name, is_money = meaning.slug, ACCOUNT_LABELS[balance.account], meaning.is_money
    if other is not None:
        is_money = balance.amount >= 0
        slug = f"{slug}-{other[0]}"
        name = f"{'Titipan pada' if is_money else 'Utang titipan kepada'} {other[1]}"
    if balance.maker:
        slug, name = f"{slug}-{balance.maker.lower()}", f"{name} {balance.maker}"
    sign = 1 if is_money else -1
    return Held(balance.id, slug, name, meaning.text, sign * balance.amount, is_money, sign)


def all_held(balances: Iterable[Balance], others: Mapping[int, tuple[str, str]]) -> list[Held]:
    """Balances in words, in the order of the chart; `others` are code and name by id of unit."""
    order = list(CHART)
    ordered = sorted(balances, key=lambda b: (order.index(b.account), b.id))
    return [
        held(b, other=others.get(b.counterpart_id, (str(b.counterpart_id), "unit lain")))
        if b.counterpart_id is not None
        else held(b)
        for b in ordered
    ]
