"""The chart of accounts in words: addresses, meanings, and which side is up. Pure."""

from dataclasses import dataclass

from bekal.ledger.rules.accounts import AccountKind


@dataclass(frozen=True)
class Meaning:
    """An account in words, apart from its name, which is in ACCOUNT_LABELS.

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
        "selisih-kas", "Uang yang lebih (atau kurang) saat kas dihitung, sampai diselesaikan."
    ),
    AccountKind.PNBP_OVERPAID: Meaning(
        "lebih-setor",
        "PNBP yang telanjur disetor atas barang yang kembali, sampai diperhitungkan.",
        is_money=True,
    ),
}
