"""What each number of a live page means, in a sentence or two, in the active language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Meaning:
    """A definition: its name (for addresses), what its button says, its words."""

    name: str
    head: str
    words: str


def meanings() -> dict[str, Meaning]:
    """The definitions of the live page by the name of their part."""
    head = _("Arti angka ini")
    return {name: Meaning(name, head, words) for name, words in (_numbers() | _lists()).items()}


def _numbers() -> dict[str, str]:
    return {
        "total": _(
            "Jumlah bersih: nilai semua penjualan yang dicatat bengkel untuk hari-hari kampanye, "
            "dikurangi penjualan yang batal dan barang yang dikembalikan. Persentase "
            "membandingkannya dengan target kampanye."
        ),
        "last_year": _(
            "Jumlah bersih kampanye sebelumnya pada hari kampanye dan jam penuh yang sama."
        ),
        "stats": _(
            "Transaksi adalah nota penjualan. Barang terjual dihitung sesudah dikurangi yang "
            "kembali. Bengkel mencatat adalah unit yang sudah melaporkan hari itu atau mencatat "
            "penjualan, dari unit yang diharapkan. Provinsi menurut letak bengkel."
        ),
        "hours": _(
            "Jumlah bersih menurut jam penjualan dalam WIB. Penjualan tanpa jam ada di tabel. "
            "Jam yang sedang berjalan bergaris."
        ),
        "map": _(
            "Jumlah bersih menurut provinsi letak bengkel. Kotak bergaris tepi berarti belum ada "
            "bengkel di provinsi itu yang mencatat; itu tidak sama dengan nol."
        ),
    }


def _lists() -> dict[str, str]:
    return {
        "top": _(
            "Produk dengan barang terjual terbanyak hari itu, sesudah dikurangi yang kembali."
        ),
        "latest": _(
            "Nota terbaru: produk terbesarnya dan bengkelnya. Nama bengkel diganti provinsinya "
            "bila notanya begitu sedikit sehingga pembeli dapat ditebak."
        ),
        "buyers": _(
            "Bagian dari jumlah bersih menurut golongan pembeli: umum, pegawai Pemasyarakatan, "
            "dan lembaga. Pembelian selalu sukarela, karena itu bagiannya selalu ditampilkan."
        ),
    }
