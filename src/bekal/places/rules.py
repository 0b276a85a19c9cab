"""Levels, kinds and classes of places, and what a change of the tree must obey. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import slugify

from bekal.foundation.refusals import Refused


class Level(StrEnum):
    """Where a place stands in the tree."""

    CENTRE = "centre"
    KANWIL = "kanwil"
    UNIT = "unit"


PARENT_LEVEL: dict[Level, Level | None] = {
    Level.CENTRE: None,
    Level.KANWIL: Level.CENTRE,
    Level.UNIT: Level.KANWIL,
}
CENTRE_CODE = "nasional"
# The ministers of the new cabinet were sworn in on this day (reference/domain.md 1.1).
REFORM_ON = dt.date(2024, 10, 20)
# What is known of each tenure and what is not: shown beside it, at most 200 letters.
_REFORM_SOURCE = (
    "Kabinet baru 20 Okt 2024: Kemenimipas (news.detik.com, berita 8103932); 33 kanwil menurut "
    "daftar nasional UPT 2026. Tanggal tiap kantor mulai bertugas tidak ada dalam sumber kami."
)
_BEFORE_SOURCE = (
    "Sebelum kabinet 20 Okt 2024 di bawah Kemenkumham (The President Post 2018, Vibizmedia 2021, "
    "Antara 2022). Tanggal tiap kantor beralih tidak ada dalam sumber kami."
)
_UNIT_BEFORE_SOURCE = (
    "Induk: Kanwil Kemenkumham sewilayah, sampai kabinet 20 Okt 2024. Nama dan kelas dari daftar "
    "2026; nama dan kelas terdahulu serta tanggal beralih tidak ada dalam sumber kami."
)


class PlaceRefused(Refused):
    """A change that would break the tree of places or its history."""


def check_parent(*, level: Level, parent_level: Level | None) -> None:
    """A unit stands under a kanwil, a kanwil under the centre, the centre under nobody.

    As every step goes up one level, obeying this makes a circle impossible. Raises PlaceRefused.
    """
    if parent_level == PARENT_LEVEL[level]:
        return
    words = {
        Level.CENTRE: "Kantor pusat tidak berada di bawah tempat lain.",
        Level.KANWIL: "Kanwil harus berada langsung di bawah kantor pusat.",
        Level.UNIT: "UPT harus berada langsung di bawah sebuah kanwil.",
    }
    raise PlaceRefused(words[level], field="parent")


def check_next_day(*, since: dt.date | None, until: dt.date | None, day: dt.date) -> None:
    """A change takes hold after the first day of the tenure it ends, which must still be open.

    `since` None means since before our sources. Raises PlaceRefused.
    """
    if until is not None:
        raise PlaceRefused("Tempat ini sudah ditutup. Pilih tempat yang masih berjalan.")
    if since is not None and day <= since:
        raise PlaceRefused(
            "Tanggal berlaku harus sesudah perubahan terakhir tempat ini. Pilih tanggal lain.",
            field="on",
        )


def check_covers(*, since: dt.date | None, until: dt.date | None, day: dt.date) -> None:
    """From `day` on, the parent with the life [since, until) is always there.

    Raises PlaceRefused where a child would be left without it for even one day.
    """
    if until is not None or (since is not None and since > day):
        raise PlaceRefused(
            "Induk belum ada atau sudah ditutup pada tanggal itu. Pilih induk atau tanggal lain.",
            field="parent",
        )


@dataclass(frozen=True)
class RowProblem:
    """A row of a file that could not be used, and why. `row` counts from 1, the heading."""

    row: int
    name: str
    reason: str


@dataclass(frozen=True)
class UnitRow:
    """A usable row of units.csv."""

    code: str
    name: str
    kind: str
    unit_class: str
    kanwil: str
    province_code: str
    city: str
    source: str


@dataclass(frozen=True)
class Spell:
    """A tenure to be: name, parent and days [since, until); None is open."""

    name: str
    parent_code: str | None
    since: dt.date | None
    until: dt.date | None
    source: str


@dataclass(frozen=True)
class Opening:
    """A place to be, with its spells in order."""

    code: str
    level: Level
    kind: str
    unit_class: str
    province_code: str | None
    city: str
    source: str
    spells: tuple[Spell, ...]


def read_units(
    rows: Iterable[Mapping[str, str | None]], *, provinces: Mapping[str, str]
) -> tuple[list[UnitRow], list[RowProblem]]:
    """Sort rows of units.csv into usable ones and problems.

    `provinces` maps names to codes. Every row ends up in exactly one of the two lists.
    """
    units: list[UnitRow] = []
    problems: list[RowProblem] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        cells = {key: " ".join((value or "").split()) for key, value in row.items()}
        code = slugify(cells.get("name", ""))
        reason = _row_reason(cells, code=code, provinces=provinces, seen=seen)
        if reason:
            problems.append(RowProblem(number, cells.get("name", ""), reason))
            continue
        seen[code] = number
        units.append(_unit_row(cells, code=code, province_code=provinces[cells["province"]]))
    return units, problems


def _unit_row(cells: Mapping[str, str], *, code: str, province_code: str) -> UnitRow:
    return UnitRow(
        code=code,
        name=cells["name"],
        kind=cells["kind"],
        unit_class=cells["class"],
        kanwil=cells["kanwil"],
        province_code=province_code,
        city=cells["city"],
        source=cells["source"],
    )


def _row_reason(
    cells: Mapping[str, str], *, code: str, provinces: Mapping[str, str], seen: Mapping[str, int]
) -> str:
    needed = ("name", "kind", "kanwil", "province", "source")
    missing = [name for name in needed if not cells.get(name)]
    if missing or not code:
        return f"kolom kosong: {', '.join(missing or ['name'])}"
    if cells["province"] not in provinces:
        return f"provinsi tidak dikenal: {cells['province']}"
    if code in seen:
        return f"nama sama dengan baris {seen[code]}"
    return ""


def openings(units: Iterable[UnitRow]) -> list[Opening]:
    """The whole tree that units.csv implies: the centre, the kanwil before and after, the units."""
    units = list(units)
    kanwil = sorted({unit.kanwil for unit in units})
    return [
        _centre_opening(),
        *(_kanwil_before(name) for name in kanwil),
        *(_kanwil_after(name) for name in kanwil),
        *(_unit_opening(unit) for unit in units),
    ]


def _centre_opening() -> Opening:
    name = "Direktorat Jenderal Pemasyarakatan"
    return Opening(
        code=CENTRE_CODE,
        level=Level.CENTRE,
        kind="Ditjenpas",
        unit_class="",
        province_code=None,
        city="",
        source=_REFORM_SOURCE,
        spells=(
            Spell(f"{name}, Kemenkumham", None, None, REFORM_ON, _BEFORE_SOURCE),
            Spell(f"{name}, Kemenimipas", None, REFORM_ON, None, _REFORM_SOURCE),
        ),
    )


def _kanwil_before(name: str) -> Opening:
    spell = Spell(f"Kanwil Kemenkumham {name}", CENTRE_CODE, None, REFORM_ON, _BEFORE_SOURCE)
    return Opening(
        code=slugify(spell.name),
        level=Level.KANWIL,
        kind="Kanwil Kemenkumham",
        unit_class="",
        province_code=None,
        city="",
        source=_BEFORE_SOURCE,
        spells=(spell,),
    )


def _kanwil_after(name: str) -> Opening:
    spell = Spell(f"Kanwil Ditjenpas {name}", CENTRE_CODE, REFORM_ON, None, _REFORM_SOURCE)
    return Opening(
        code=slugify(f"Kanwil {name}"),
        level=Level.KANWIL,
        kind="Kanwil Ditjenpas",
        unit_class="",
        province_code=None,
        city="",
        source=_REFORM_SOURCE,
        spells=(spell,),
    )


def _unit_opening(unit: UnitRow) -> Opening:
    before = slugify(f"Kanwil Kemenkumham {unit.kanwil}")
    after = slugify(f"Kanwil {unit.kanwil}")
    return Opening(
        code=unit.code,
        level=Level.UNIT,
        kind=unit.kind,
        unit_class=unit.unit_class,
        province_code=unit.province_code,
        city=unit.city,
        source=unit.source,
        spells=(
            Spell(unit.name, before, None, REFORM_ON, _UNIT_BEFORE_SOURCE),
            Spell(unit.name, after, REFORM_ON, None, _REFORM_SOURCE),
        ),
    )
