"""Every public dataset, put together from the rooms, with that of the claims, which is ours."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bekal.catalogue import queries as catalogue
from bekal.foundation.datasets import Asked, Cell, Column, Dataset, Kind, yes_no
from bekal.ledger import queries as ledger
from bekal.opendata.models import Claim
from bekal.opendata.pages import plain
from bekal.opendata.queries import claims
from bekal.places import queries as places
from bekal.turnover import queries as turnover


@dataclass(frozen=True)
class Licence:
    """Under which conditions the data may be used."""

    code: str
    name: str
    path: str


LICENCE = Licence(
    "CC-BY-4.0",
    "Creative Commons Attribution 4.0",
    "https://creativecommons.org/licenses/by/4.0/",
)


def claim_rows(found: Iterable[Claim]) -> Iterator[tuple[Cell, ...]]:
    """Claims as rows of their file."""
    for claim in found:
        yield (
            claim.key,
            claim.theme,
            claim.event or None,
            claim.subject,
            claim.subject_kind,
            claim.place.code if claim.place else None,
            claim.wording,
            claim.wording_en,
            *(_cell(number) for number in (claim.low, claim.high, claim.whole)),
            claim.measure,
            claim.base or None,
            claim.qualifier or None,
            claim.first_day,
            claim.last_day,
            claim.precision,
            yes_no(claim.is_about),
            claim.period_words,
            claim.measure_words,
            claim.remark or None,
            claim.differs or None,
            claim.source,
        )


def _cell(number: object) -> Cell:
    text = plain(number) if number is not None else None  # type: ignore[arg-type]
    return text if text is None or isinstance(text, int) else f"{text:f}"


def _all_claims(_asked: Asked) -> Iterator[tuple[Cell, ...]]:
    return claim_rows(claims())


CLAIMS = Dataset(
    name="riwayat",
    title=_("Riwayat angka menurut sumber"),
    about=_(
        "Angka yang pernah diberitakan atau diumumkan, masing-masing dengan waktu, kata dasar dan "
        "sumbernya. Belum diperiksa Bekal dan tidak pernah masuk jumlah mana pun."
    ),
    topics=("opendata", "places"),
    columns=(
        Column("kunci", Kind.TEXT, _("Kunci tetap pernyataan ini.")),
        Column("tema", Kind.TEXT, _("Tema: odopp, penjualan, pnbp, premi, pameran dan lainnya.")),
        Column("acara", Kind.TEXT, _("Acara yang disebut, misalnya pun atau ippa-2025-08.")),
        Column("subjek", Kind.TEXT, _("Siapa yang dibicarakan.")),
        Column("jenis_subjek", Kind.TEXT, _("unit, kanwil, nation, event atau several.")),
        Column("unit_kode", Kind.TEXT, _("Kode unit bila subjeknya satu unit dalam daftar.")),
        Column("pernyataan", Kind.TEXT, _("Apa yang dinyatakan, dalam bahasa Indonesia.")),
        Column("pernyataan_en", Kind.TEXT, _("Apa yang dinyatakan, dalam bahasa Inggris.")),
        Column("nilai_rendah", Kind.NUMBER, _("Angkanya, atau batas bawah rentangnya.")),
        Column(
            "nilai_tinggi", Kind.NUMBER, _("Batas atas; sama dengan batas bawah bila satu angka.")
        ),
        Column("dari_keseluruhan", Kind.NUMBER, _("Keseluruhan bila angkanya suatu bagian.")),
        Column("satuan", Kind.TEXT, _("Satuan angka.")),
        Column("kata_dasar", Kind.TEXT, _("Kata yang dipakai sumber: omzet, keuntungan, PNBP.")),
        Column("kata_kira", Kind.TEXT, _("hampir, kira-kira, lebih dari atau paling sedikit.")),
        Column("hari_pertama", Kind.DAY, _("Awal masa. Kosong: sejak awal.")),
        Column("hari_terakhir", Kind.DAY, _("Akhir masa.")),
        Column("ketepatan", Kind.TEXT, _("Setepat apa sumbernya: day, month atau year.")),
        Column("kira_kira", Kind.TEXT, _("ya: waktunya hanya kira-kira.")),
        Column("waktu_sumber", Kind.TEXT, _("Waktu seperti tertulis dalam catatan sumber.")),
        Column(
            "satuan_sumber", Kind.TEXT, _("Satuan dan keterangan seperti dalam catatan sumber.")
        ),
        Column("catatan", Kind.TEXT, _("Keterangan tambahan.")),
        Column("berbeda", Kind.TEXT, _("Bila sumber lain menyebut lain.")),
        Column("sumber", Kind.TEXT, _("Alamat sumber.")),
    ),
    key=("kunci",),
    rows=_all_claims,
    method="riwayat",
)

DATASETS: tuple[Dataset, ...] = (
    catalogue.PRODUCTS,
    places.UNITS,
    turnover.BY_DAY,
    turnover.BY_KIND,
    turnover.BY_UNIT,
    ledger.IN_BOOK,
    ledger.DOCUMENTED,
    CLAIMS,
)
TOPICS = tuple(sorted({topic for dataset in DATASETS for topic in dataset.topics}))
