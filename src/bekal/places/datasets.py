"""The units as a public table: what each was called, of which class and under whom, and when."""

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext_lazy as _

from bekal.foundation.datasets import Asked, Cell, Column, Dataset, Kind, yes_no

_UNITS = """
select p.code, t.name, t.kind, t.unit_class, k.code, above.name, pr.code, pr.name, pr.zone,
  lower(t.during * coalesce(above.during, t.during)),
  upper(t.during * coalesce(above.during, t.during)) - 1,
  t.during * coalesce(above.during, t.during) @> %(on)s::date
from places_tenure t
join places_place p on p.id = t.place_id and p.level = 'unit'
join places_province pr on pr.code = p.province_id
left join places_place k on k.id = t.parent_id
left join places_tenure above on above.place_id = k.id and above.during && t.during
order by p.code, 10 nulls first, k.code
"""


def _rows(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, {"on": asked.on})
        for *cells, is_open in cursor.fetchall():
            yield (*cells, yes_no(is_open))


UNITS = Dataset(
    name="unit",
    title=_("Unit pemasyarakatan"),
    about=_(
        "Setiap lapas, rutan, LPKA dan bapas dalam daftar, sekarang dan dahulu. Satu baris untuk "
        "setiap masa dengan nama, kelas dan kanwil yang sama; unit yang berpindah kanwil punya "
        "beberapa baris."
    ),
    topics=("places",),
    columns=(
        Column("kode", Kind.TEXT, _("Kode unit; tetap sama walau namanya berganti.")),
        Column("nama", Kind.TEXT, _("Nama unit dalam masa itu.")),
        Column("jenis", Kind.TEXT, _("Jenis unit: Lapas, Rutan, LPKA, Bapas dan lainnya.")),
        Column("kelas", Kind.TEXT, _("Kelas unit: I, IIA, IIB, III.")),
        Column("kanwil_kode", Kind.TEXT, _("Kode kantor wilayah yang membawahi unit.")),
        Column(
            "kanwil", Kind.TEXT, _("Nama kantor wilayah itu. Kanwil tidak sama dengan provinsi.")
        ),
        Column("provinsi_kode", Kind.TEXT, _("Kode provinsi menurut Kemendagri.")),
        Column("provinsi", Kind.TEXT, _("Nama provinsi tempat unit berada.")),
        Column("zona", Kind.TEXT, _("Zona waktu unit: WIB, WITA atau WIT.")),
        Column("sejak", Kind.DAY, _("Hari pertama masa itu. Kosong: sejak sebelum sumber kami.")),
        Column("sampai", Kind.DAY, _("Hari terakhir masa itu. Kosong: masih berlaku.")),
        Column(
            "berlaku_hari_ini", Kind.TEXT, _("Apakah masa itu berlaku pada hari berkas dibuat.")
        ),
    ),
    key=(),
    rows=_rows,
    method="susunan",
    api="/api/v1/units",
)
