"""The sheets by which a unit's goods go to other channels: which columns, and what is missing.

Where the columns come from, looked up in November 2026:

- Government e-catalogue: LKPP publishes no form of a file to upload; suppliers type their goods in
  ("User Guide Pra Katalog, Katalog Elektronik, Penyedia", LKPP, 18 August 2021, section 4.5.2,
  https://id.scribd.com/document/550861512). So this is a neutral sheet with the facts that its
  product pages show under the names that they use there.
- Tokopedia: the "ISI Template Impor Produk" sheet of its mass upload, as the open exporter
  `MassUploadTemplateSheet` (PHP, 23 columns, three heading rows) has it.
- Shopee: the "Template" sheet of the Indonesian basic template of Seller Centre (six heading rows,
  43 columns in 2026; "Panduan Fitur Mass Upload", Shopee Indonesia,
  https://fdokumen.com/document/panduan-fitur-mass-upload.html). Weights there are kilograms.

Columns for variants, couriers and the marketplaces' own codes stay empty: only they know them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bekal.catalogue.queries import Sheeted
from bekal.catalogue.rules import Making, PermitKind

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A product as a line of a sheet: of which unit, how many lie there, which site shows it.

    `stock` is None when nobody can say: it is made to order, in `days` days.
    """

    goods: Sheeted
    unit: str
    unit_code: str
    province: str
    stock: int | None
    days: int | None
    site: str

    @property
    def is_made(self) -> bool:
        """Whether it is made in so many days; how many are taken on at once its unit writes in."""
        return self.goods.making is Making.ORDER and self.days is not None

    @property
    def name(self) -> str:
        """What it is called; what is simulated says so."""
        return f"CONTOH {self.goods.name}" if self.goods.is_sample else self.goods.name


@dataclass(frozen=True)
class Column:
    """A column, what fills it, and what to say to an officer when it must not stay empty."""

    heading: str
    cell: Callable[[Line], Cell]
    lacking: str = ""
    theirs: bool = False


@dataclass(frozen=True)
class Channel:
    """A sheet: its address, its name, what to know before using it, its columns."""

    slug: str
    name: str
    about: str
    origin: str
    columns: tuple[Column, ...]

    @property
    def heading(self) -> tuple[str, ...]:
        """The first row."""
        return tuple(column.heading for column in self.columns)

    @property
    def left_to_fill(self) -> tuple[str, ...]:
        """The columns that only the channel has the words for."""
        return tuple(column.heading for column in self.columns if column.theirs)

    def cells(self, line: Line) -> tuple[Cell, ...]:
        """A product's row."""
        return tuple(column.cell(line) for column in self.columns)

    def missing(self, line: Line) -> tuple[str, ...]:
        """What a product lacks for this sheet, each once; none when its row is complete."""
        found = [] if line.goods.is_permitted else ["izin yang masih berlaku"]
        if line.goods.is_permitted and not line.goods.is_orderable:
            found.append("harga pokok")
        for column in self.columns:
            is_lacking = column.lacking and column.cell(line) in {None, ""}
            if is_lacking and not (line.is_made and column.lacking == _STOCK):
                found.append(column.lacking)
        return tuple(dict.fromkeys(found))


def _empty(_line: Line) -> Cell:
    return None


def _theirs(heading: str) -> Column:
    return Column(heading, _empty, theirs=True)


def _unused(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading, _empty) for heading in headings)


def _always(heading: str, value: Cell) -> Column:
    return Column(heading, lambda _line: value)


def _photo(line: Line, place: int) -> Cell:
    photos = line.goods.photos
    return line.site + photos[place] if place < len(photos) else None


def _photo_column(heading: str, place: int, lacking: str = "") -> Column:
    return Column(heading, lambda line: _photo(line, place), lacking)


def _permit(*kinds: PermitKind) -> Callable[[Line], Cell]:
    def numbers(line: Line) -> Cell:
        return ", ".join(line.goods.permits[kind] for kind in kinds if kind in line.goods.permits)

    return numbers


def _specification(line: Line) -> Cell:
    """What it is made of and how large it is, before its description."""
    goods = line.goods
    said = (
        f"Bahan: {goods.material}." if goods.material else "",
        f"Ukuran: {goods.measure}." if goods.measure else "",
        f"Isi bersih: {goods.net_content}." if goods.net_content else "",
        goods.description,
    )
    return "\n".join(text for text in said if text)


def _kilograms(line: Line) -> Cell:
    """As Indonesian spreadsheets write it: "1,42"."""
    return f"{line.goods.weight_g / 1000:.2f}".replace(".", ",")


def _days(line: Line) -> Cell:
    return line.days if line.goods.making is Making.ORDER else None


_NAME = "nama"
_PRICE = "harga"
_STOCK = "jumlah yang bisa dijual"
_PHOTO = "foto yang sudah diperiksa"
_SIZES: Mapping[str, Callable[[Line], Cell]] = {
    "Panjang": lambda line: line.goods.length_cm,
    "Lebar": lambda line: line.goods.width_cm,
    "Tinggi": lambda line: line.goods.height_cm,
}

E_CATALOGUE = Channel(
    slug="katalog-elektronik",
    name="Katalog Elektronik pemerintah",
    about=(
        "LKPP tidak menerbitkan bentuk berkas unggah: barang diisikan satu per satu oleh "
        "penyedianya. Ini lembar netral dengan isian yang tampil di halaman produk Katalog "
        "Elektronik, siap disalin. Yang terdaftar di sana sebagai penyedia adalah badan usaha."
    ),
    origin="User Guide Pra Katalog, Katalog Elektronik, Penyedia, LKPP, 18 Agustus 2021",
    columns=(
        Column("Nama Produk", lambda line: line.name, _NAME),
        Column("Kategori di Bekal", lambda line: line.goods.category),
        Column("Merek", _permit(PermitKind.BRAND)),
        Column("No. Produk Penyedia", lambda line: line.goods.code),
        _always("Unit Pengukuran", "buah"),
        _always("Asal Negara", "Indonesia"),
        _theirs("Kode KBKI"),
        _theirs("Nilai TKDN (%)"),
        _theirs("Masa Berlaku Produk"),
        Column("No. SNI", _permit(PermitKind.SNI)),
        Column("Izin Edar", _permit(PermitKind.PIRT, PermitKind.BPOM)),
        Column("Sertifikat Halal", _permit(PermitKind.HALAL)),
        Column("Spesifikasi Produk", _specification, "keterangan"),
        Column("Stok", lambda line: line.stock, _STOCK),
        Column("Hari Pembuatan", _days),
        Column("Harga Satuan (Rp)", lambda line: line.goods.price, _PRICE),
        Column("Berat (gram)", lambda line: line.goods.weight_g, "berat kirim"),
        *(Column(f"{name} (cm)", cell, "ukuran kemasan") for name, cell in _SIZES.items()),
        Column("Pembuat", lambda line: line.unit),
        Column("Provinsi", lambda line: line.province),
        *(_photo_column(f"Foto {n}", n - 1, _PHOTO if n == 1 else "") for n in range(1, 6)),
    ),
)
TOKOPEDIA = Channel(
    slug="tokopedia",
    name="Tokopedia",
    about=(
        "Kolom dan urutannya sama dengan lembar ISI Template Impor Produk. Unduh template "
        "terbaru dari Seller Center, lalu tempelkan baris ini di bawah judul kolomnya; bila "
        "judulnya sudah berubah, ikuti yang di sana."
    ),
    origin="Lembar ISI Template Impor Produk, 23 kolom",
    columns=(
        *_unused("Pesan Error"),
        Column("Nama Produk*", lambda line: line.name, _NAME),
        Column("Deskripsi Produk", _specification, "keterangan"),
        _theirs("Kode Kategori*"),
        Column("Berat* (Gram)", lambda line: line.goods.weight_g, "berat kirim"),
        _always("Minimum Pemesanan*", 1),
        _theirs("Nomor Etalase"),
        Column("Waktu Proses Preorder", _days),
        _always("Kondisi*", "Baru"),
        _photo_column("Foto Produk 1*", 0, _PHOTO),
        *(_photo_column(f"Foto Produk {n}", n - 1) for n in range(2, 6)),
        *_unused("URL Video Produk 1", "URL Video Produk 2", "URL Video Produk 3"),
        Column("SKU Name", lambda line: line.goods.code),
        _always("Status*", "Aktif"),
        Column("Jumlah Stok*", lambda line: line.stock, _STOCK),
        Column("Harga (Rp)*", lambda line: line.goods.price, _PRICE),
        _theirs("Kurir Pengiriman*"),
        _theirs("Asuransi Pengiriman*"),
    ),
)
SHOPEE = Channel(
    slug="shopee",
    name="Shopee",
    about=(
        "Kolom dan urutannya sama dengan lembar Template pada Template Dasar. Template Shopee "
        "terikat pada toko: unduh dari Seller Centre, lalu tempelkan baris ini mulai baris "
        "ketujuh; bila judul kolomnya sudah berubah, ikuti yang di sana. Berat dalam kilogram."
    ),
    origin="Template Dasar Mass Upload Shopee Indonesia, 43 kolom, 2026",
    columns=(
        _theirs("Kategori"),
        Column("Nama Produk", lambda line: line.name, _NAME),
        Column("Deskripsi Produk", _specification, "keterangan"),
        *_unused("Maks. Jumlah Pembelian", "Maks. Jumlah Pembelian - Tanggal Mulai"),
        *_unused("Maks. Jumlah Pembelian - Jumlah Hari"),
        *_unused("Maks. Jumlah Pembelian - Tanggal Berakhir", "Min. Jumlah Pembelian"),
        Column("SKU Induk", lambda line: line.goods.code),
        *_unused("Produk Berbahaya", "Kode Integrasi Variasi", "Nama Variasi 1"),
        *_unused("Varian untuk Variasi 1", "Foto Produk per Varian", "Nama Variasi 2"),
        *_unused("Varian untuk Variasi 2"),
        Column("Harga", lambda line: line.goods.price, _PRICE),
        Column("Stok", lambda line: line.stock, _STOCK),
        *_unused("Kode Variasi", "Template Panduan Ukuran", "Foto Panduan Ukuran", "GTIN"),
        _photo_column("Foto Sampul", 0, _PHOTO),
        *(_photo_column(f"Foto Produk {n}", n) for n in range(1, 9)),
        Column("Berat", _kilograms, "berat kirim"),
        *(Column(name, cell) for name, cell in _SIZES.items()),
        *map(_theirs, ("Same Day", "Next Day", "Reguler (Cashless)", "Hemat Kargo")),
        *map(_theirs, ("Instant", "Instant Prioritas")),
        Column("Dikirim Dalam Pre-order", _days),
        *_unused("Alasan Gagal"),
    ),
)
CHANNELS: Mapping[str, Channel] = {
    channel.slug: channel for channel in (E_CATALOGUE, TOKOPEDIA, SHOPEE)
}
