"""The public cards of the catalogue as a table."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.db import connection
from django.utils.translation import gettext_lazy as _

from bekal.foundation.datasets import Asked, Cell, Column, Dataset, Kind, yes_no

_PRODUCTS = """
select p.code, p.name, p.category_id, c.name, unit.code, called.name, pr.name,
  price.amount, price.valid_from, p.source_price_low, p.source_price_high, p.is_sample, p.source
from catalogue_product p
join catalogue_category c on c.code = p.category_id
join catalogue_seller s on s.id = p.seller_id
join places_place unit on unit.id = s.unit_id
join places_province pr on pr.code = unit.province_id
join places_tenure called on called.place_id = unit.id and called.during @> %(on)s::date
left join lateral (
  select amount, valid_from from catalogue_price
  where product_id = p.id and valid_from <= %(on)s
  order by valid_from desc, id desc limit 1
) price on true
order by p.code
"""


def _rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_PRODUCTS, {"on": asked.on})
        for *cells, is_sample, source in cursor.fetchall():
            yield (*cells, yes_no(is_sample), _site(source))


def _site(source: str) -> str | None:
    """The site of a source alone: the rest of an address may carry a person's name."""
    return urlsplit(source).hostname or None


PRODUCTS = Dataset(
    name="produk",
    title=_("Produk dalam katalog"),
    about=_(
        "Setiap barang dan jasa yang tampil di katalog, dengan unit pembuatnya. Nama pembuat tidak "
        "ada dalam data ini."
    ),
    topics=("catalogue", "places"),
    columns=(
        Column("kode", Kind.TEXT, _("Kode pendek produk, seperti pada label harga.")),
        Column("nama", Kind.TEXT, _("Nama produk.")),
        Column("kategori_kode", Kind.TEXT, _("Kode kategori.")),
        Column("kategori", Kind.TEXT, _("Nama kategori menurut sumbernya.")),
        Column("unit_kode", Kind.TEXT, _("Kode unit pembuat, sama dengan kumpulan data unit.")),
        Column("unit", Kind.TEXT, _("Nama unit pembuat hari ini.")),
        Column("provinsi", Kind.TEXT, _("Provinsi tempat unit berada.")),
        Column("harga", Kind.WHOLE, _("Harga jual satu buah. Kosong: menyusul."), _("rupiah")),
        Column("harga_sejak", Kind.DAY, _("Sejak kapan harga itu berlaku.")),
        Column("sumber_terendah", Kind.WHOLE, _("Harga terendah menurut sumber."), _("rupiah")),
        Column("sumber_tertinggi", Kind.WHOLE, _("Harga tertinggi menurut sumber."), _("rupiah")),
        Column("data_contoh", Kind.TEXT, _("ya: produk buatan untuk peragaan.")),
        Column("situs_sumber", Kind.TEXT, _("Situs tempat produk ini diberitakan.")),
    ),
    key=("kode",),
    rows=_rows,
    method="produk",
    api="/api/v1/products",
)
