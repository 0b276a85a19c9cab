"""The doors at which a message may come twice with other content, and what then. Pure."""

from dataclasses import dataclass

from bekal.accounts.rules import Permission


@dataclass(frozen=True)
class Door:
    """A kind of message: its name, whose task its conflicts are, and what they then do.

    `leads_to` is the name in front.links of the page where it is done anew.
    """

    label: str
    task_of: Permission
    advice: str
    leads_to: str


DOORS = {
    "sales.record": Door(
        "Penjualan",
        Permission.RECORD_SALE,
        "Kalau kiriman kedua yang benar, catat sebagai penjualan baru, lalu batalkan nota yang "
        "pertama.",
        "record",
    ),
    "sales.refund": Door(
        "Pengembalian",
        Permission.REFUND_SALE,
        "Kalau kiriman kedua juga benar, buka notanya, lalu catat barang yang belum dikembalikan.",
        "receipts",
    ),
    "ledger.adopt_rule": Door(
        "Aturan bagi hasil",
        Permission.CHOOSE_RULE,
        "Kalau kiriman kedua yang benar, pilih aturan itu sekali lagi, berlaku mulai hari "
        "sesudah yang pertama.",
        "rules",
    ),
    "production.move": Door(
        "Barang masuk atau keluar",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua yang benar, hitung stok barangnya sekali lagi.",
        "stock",
    ),
    "production.count": Door(
        "Hitung stok",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua yang benar, hitung stok barangnya sekali lagi.",
        "stock",
    ),
    "production.purchase": Door(
        "Pembelian bahan",
        Permission.PREPARE_MONEY,
        "Kalau kiriman kedua yang benar, catat pembeliannya sekali lagi, lalu mintalah bendahara "
        "membatalkan yang pertama.",
        "stock",
    ),
    "production.planting": Door(
        "Tanaman",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua yang benar, catat tanamannya sekali lagi.",
        "stock",
    ),
    "production.harvest": Door(
        "Panen",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua juga benar, catat panennya sekali lagi.",
        "stock",
    ),
    "production.batch_materials": Door(
        "Bahan terpakai",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua yang benar, ubah bahan terpakainya sekali lagi.",
        "stock",
    ),
    "production.cost_sheet": Door(
        "Lembar harga",
        Permission.SET_PRICE,
        "Kalau kiriman kedua yang benar, tulis lembar harganya sekali lagi.",
        "products",
    ),
    "production.material": Door(
        "Bahan keluar",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua yang benar, hitung bahannya sekali lagi.",
        "stock",
    ),
    "production.material_count": Door(
        "Hitung bahan",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua yang benar, hitung bahannya sekali lagi.",
        "stock",
    ),
    "production.transfer": Door(
        "Transfer ke unit lain",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua juga benar, kirim sekali lagi. Kalau hanya yang kedua yang benar, "
        "tarik kembali yang pertama dahulu.",
        "transfers",
    ),
    "production.receive_transfer": Door(
        "Penerimaan transfer",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua yang benar, hitung bahannya sekali lagi.",
        "transfers",
    ),
    "production.take_back_transfer": Door(
        "Transfer yang ditarik kembali",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua yang benar, hitung stok barangnya sekali lagi.",
        "transfers",
    ),
    "production.batch": Door(
        "Hasil produksi",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua juga benar, catat sebagai hasil baru. Kalau hanya jumlahnya berbeda, "
        "koreksi hasil yang pertama.",
        "stock",
    ),
    "production.batch_fix": Door(
        "Koreksi hasil produksi",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua yang benar, buka hasilnya, lalu koreksi sekali lagi.",
        "stock",
    ),
    "production.quality": Door(
        "Pemeriksaan mutu",
        Permission.KEEP_STOCK,
        "Kalau kiriman kedua yang benar, buka hasilnya, lalu periksa sekali lagi.",
        "stock",
    ),
    "catalogue.set_price": Door(
        "Harga",
        Permission.SET_PRICE,
        "Kalau kiriman kedua yang benar, buka produknya, lalu ubah harganya sekali lagi.",
        "products",
    ),
    "catalogue.set_cost": Door(
        "Harga pokok",
        Permission.SET_PRICE,
        "Kalau kiriman kedua yang benar, buka produknya, lalu ubah harga pokoknya sekali lagi.",
        "products",
    ),
    "shipping.add_service": Door(
        "Layanan kurir",
        Permission.SET_SHIPPING,
        "Kalau kiriman kedua yang benar, tambahkan layanan itu, lalu hentikan yang pertama.",
        "shipping",
    ),
    "shipping.set_rate": Door(
        "Tarif kirim",
        Permission.SET_SHIPPING,
        "Kalau kiriman kedua yang benar, isi tarifnya sekali lagi.",
        "shipping",
    ),
    "shipping.import_rates": Door(
        "Impor tarif kirim",
        Permission.SET_SHIPPING,
        "Kalau kiriman kedua yang benar, impor lembarnya sekali lagi.",
        "shipping",
    ),
    "catalogue.import_amounts": Door(
        "Impor harga",
        Permission.SET_PRICE,
        "Kalau kiriman kedua yang benar, impor lembarnya sekali lagi.",
        "products",
    ),
    "institutions.answer": Door(
        "Jawaban permintaan lembaga",
        Permission.HANDLE_ORDERS,
        "Kalau kiriman kedua yang benar, buka permintaannya, lalu jawab sekali lagi.",
        "requests",
    ),
    "institutions.set_resale_terms": Door(
        "Syarat untuk pengecer",
        Permission.SET_PRICE,
        "Kalau kiriman kedua yang benar, isi syaratnya sekali lagi.",
        "resale",
    ),
    "institutions.agree_supply": Door(
        "Kesepakatan pasokan",
        Permission.HANDLE_ORDERS,
        "Kalau kiriman kedua yang benar, catat kesepakatannya sekali lagi.",
        "supply",
    ),
    "institutions.reply": Door(
        "Jawaban ke luar negeri",
        Permission.ANSWER_ENQUIRIES,
        "Kalau kiriman kedua yang benar, buka pertanyaannya, lalu jawab sekali lagi.",
        "enquiries",
    ),
}

DOORS |= {
    "treasury.premi_run": Door(
        "Pembayaran premi",
        Permission.PREPARE_MONEY,
        "Kalau kiriman kedua yang benar, batalkan pembayaran yang pertama, lalu siapkan lagi.",
        "premi_runs",
    ),
    "treasury.savings": Door(
        "Tabungan premi",
        Permission.KEEP_MONEY,
        "Periksa halaman pembuatnya: tabungan hanya keluar satu kali.",
        "premi",
    ),
}

_MONEY_AGAIN = "Kalau kiriman kedua juga benar, catat sekali lagi dari halamannya."
DOORS |= {
    f"payments.{name}": Door(label, Permission.HANDLE_PAYMENTS, _MONEY_AGAIN, leads_to)
    for name, label, leads_to in (
        ("receive", "Uang masuk", "money_in"),
        ("apply_receipt", "Pencocokan uang", "money_in"),
        ("unapply", "Pencocokan dibatalkan", "money_in"),
        ("owe_back", "Pengembalian uang", "money_out"),
        ("pay_out", "Pembayaran pengembalian", "money_out"),
        ("settle_units", "Setoran antarunit", "money_out"),
    )
}
DOORS |= {
    f"treasury.{name}": Door(label, task_of, _MONEY_AGAIN, "pnbp")
    for name, label, task_of in (
        ("bill_deposit", "Setoran PNBP", Permission.KEEP_MONEY),
        ("pay_deposit", "NTPN setoran", Permission.KEEP_MONEY),
        ("set_off", "Lebih setor diperhitungkan", Permission.KEEP_MONEY),
        ("set_target", "Target PNBP", Permission.APPROVE_MONEY),
    )
}
DOORS |= {
    "treasury.count_cash": Door(
        "Hitungan kas",
        Permission.PREPARE_MONEY,
        "Kalau kiriman kedua yang benar, buka hitungan itu, lalu hitung ulang.",
        "money",
    ),
    "treasury.propose_clearing": Door(
        "Usul penyelesaian selisih kas",
        Permission.CLEAR_CASH,
        "Kalau kiriman kedua yang benar, mintalah kepala menolak yang pertama, lalu usulkan lagi.",
        "money",
    ),
    "treasury.decide_clearing": Door(
        "Putusan selisih kas",
        Permission.APPROVE_MONEY,
        "Periksa usulnya di daftar selisih kas: satu usul diputuskan satu kali.",
        "money",
    ),
    "treasury.propose_overpaid": Door(
        "Usul penyelesaian kelebihan premi",
        Permission.CLEAR_CASH,
        "Kalau kiriman kedua yang benar, mintalah kepala menolak yang pertama, lalu usulkan lagi.",
        "premi",
    ),
    "treasury.decide_overpaid": Door(
        "Putusan kelebihan premi",
        Permission.APPROVE_MONEY,
        "Periksa usulnya di daftar kelebihan bayar: satu usul diputuskan satu kali.",
        "premi",
    ),
    "treasury.ask_fund": Door(
        "Permintaan dana penunjang", Permission.PREPARE_MONEY, _MONEY_AGAIN, "money"
    ),
    "treasury.pay_fund": Door(
        "Pembayaran dana penunjang", Permission.KEEP_MONEY, _MONEY_AGAIN, "money"
    ),
    "treasury.return_change": Door(
        "Uang belanja yang kembali", Permission.KEEP_MONEY, _MONEY_AGAIN, "money"
    ),
    "payments.split_line": Door(
        "Mutasi bank yang dipecah", Permission.HANDLE_PAYMENTS, _MONEY_AGAIN, "money"
    ),
    "treasury.settle_qris": Door("Pencairan QRIS", Permission.KEEP_MONEY, _MONEY_AGAIN, "money"),
    "treasury.prepare_closing": Door(
        "Permintaan tutup buku",
        Permission.KEEP_MONEY,
        "Kalau kiriman kedua yang benar, mintalah kepala menolak yang pertama, lalu kirim lagi.",
        "money",
    ),
}
