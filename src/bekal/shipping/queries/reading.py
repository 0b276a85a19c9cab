"""A sheet of rates read against a unit's services and the areas that are known."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from bekal.shipping import rules
from bekal.shipping.models import Area, Rate
from bekal.shipping.queries.shapes import ReadRow, ServiceRow
from bekal.shipping.queries.tables import area_label, services_of, terms_of
from bekal.shipping.rules import NATION, Terms
from bekal.shipping.sheet_file import SheetRow
from bekal.shipping.wording import KINDS, plain

_ALL = {"semua", "nasional", "indonesia", "seluruh indonesia"}


class Areas:
    """Every area, found by its code or by its name as people write it."""

    def __init__(self) -> None:
        """Read them all. One statement."""
        self.by_code = {area.code: area for area in Area.objects.select_related("province")}
        self._by_name: dict[str, set[str]] = {}
        for area in self.by_code.values():
            for name in _names(area):
                self._by_name.setdefault(name, set()).add(area.code)

    def code_of(self, text: str) -> str:
        """The code of the area that is meant. Raises AreaUnknown, saying what may be meant."""
        if text in self.by_code:
            return text
        name = plain(text).replace("kabupaten ", "kab ")
        if name in _ALL and NATION in self.by_code:
            return NATION
        codes = self._by_name.get(name, set())
        if len(codes) > 1:
            meant = " atau ".join(sorted(self.by_code[code].name for code in codes))
            raise rules.AreaUnknown(f"Tulis lengkap: {meant}.")
        if not codes:
            raise rules.AreaUnknown
        return next(iter(codes))

    def label(self, code: str) -> str:
        """How an area is read."""
        return area_label(self.by_code[code])


def _names(area: Area) -> set[str]:
    """By what it is found: "Kota Palu" also as "palu" and as "kota palu sulawesi tengah"."""
    name = plain(area.name)
    first, _, rest = name.partition(" ")
    names = {name, plain(area_label(area))}
    return names | {rest} if first in KINDS and rest else names


def read_rates(*, unit_id: int, rows: Sequence[SheetRow], on: dt.date) -> list[ReadRow]:
    """Each row of a sheet beside the service and area that it names, and what holds on a day.

    A row that names none, or the same as a row above it, says so. Three statements.
    """
    running = [one for one in services_of(unit_id=unit_id) if _runs(one, on=on)]
    services = {plain(one.label): one for one in running}
    areas, standing = Areas(), _standing(running, on=on)
    seen: dict[tuple[int, str], int] = {}
    read = []
    for row in rows:
        one = _read(row, services=services, areas=areas, standing=standing)
        way = (one.service_id, one.area_code)
        if not one.problem and way in seen:
            one = _left_out(row, f"Layanan dan tujuan ini sudah ada di baris {seen[way]}.")
        elif not one.problem:
            seen[way] = row.line
        read.append(one)
    return read


def _runs(service: ServiceRow, *, on: dt.date) -> bool:
    return service.stopped_on is None or service.stopped_on > on


def _standing(services: Iterable[ServiceRow], *, on: dt.date) -> dict[tuple[int, str], Rate]:
    rows = Rate.objects.filter(service__in=[one.id for one in services], valid_from__lte=on)
    latest = rows.order_by("service", "area", "-valid_from", "-id").distinct("service", "area")
    return {(row.service_id, row.area_id): row for row in latest}


def _read(
    row: SheetRow,
    *,
    services: Mapping[str, ServiceRow],
    areas: Areas,
    standing: Mapping[tuple[int, str], Rate],
) -> ReadRow:
    service = services.get(plain(row.service))
    if row.problem or service is None:
        unknown = "Layanan ini belum ada di unit Anda, atau sudah dihentikan."
        return _left_out(row, row.problem or unknown)
    try:
        code = areas.code_of(row.area)
    except rules.AreaUnknown as refused:
        return _left_out(row, refused.message)
    old: Terms | None = None
    if (service.id, code) in standing:
        old = terms_of(standing[service.id, code])
    return ReadRow(
        row.line, service.label, areas.label(code), service.id, code, row.terms, standing=old
    )


def _left_out(row: SheetRow, problem: str) -> ReadRow:
    return ReadRow(row.line, row.service, row.area, 0, "", row.terms, problem)
