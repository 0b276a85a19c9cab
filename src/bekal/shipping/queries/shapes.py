"""What the queries of shipping answer with."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bekal.shipping.rules import Manner, NoQuote, State, Step, Terms


@dataclass(frozen=True, slots=True)
class Destination:
    """A kecamatan to which a parcel may go."""

    code: str
    name: str
    regency: str
    province: str

    @property
    def label(self) -> str:
        """How people read it: "Mantikulore, Kota Palu, Sulawesi Tengah"."""
        return f"{self.name}, {self.regency}, {self.province}"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a unit would send: grams, and cubic centimetres where the sizes are known."""

    unit_id: int
    weight_g: int
    volume_cm3: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What a service takes for a parcel; `rate_id` is the row of the table that says so.

    `label` is courier and service, such as "JNE REG". `terms` are the numbers of the row.
    """

    service_id: int
    label: str
    fee: int
    days_min: int
    days_max: int
    rate_id: int
    is_sample: bool
    terms: Terms


@dataclass(frozen=True, slots=True)
class Offer:
    """What a unit offers for a parcel, the cheapest first; `problem` says why there is nothing."""

    quotes: tuple[Quote, ...] = ()
    problem: NoQuote | None = None


class Rows(StrEnum):
    """Which rows of a table are shown; the values stand in the address of the page."""

    IN_FORCE = "berlaku"
    AHEAD = "akan berlaku"
    ALL = "semua baris"


class Sort(StrEnum):
    """How a table is ordered; the values stand in the address of the page."""

    AREA = "tujuan"
    CHEAPEST = "termurah"
    DEAREST = "termahal"
    NEWEST = "terbaru"


@dataclass(frozen=True, slots=True)
class RateFilters:
    """What a person narrows a table to."""

    service_id: int | None = None
    text: str = ""
    rows: Rows = Rows.IN_FORCE
    sort: Sort = Sort.AREA
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.service_id or self.text or self.rows is not Rows.IN_FORCE)


@dataclass(frozen=True, slots=True)
class RateRow:
    """A row of a table; without terms the service does not go there. `state`: see rules.State."""

    id: int
    service_id: int
    service: str
    is_sample: bool
    area_code: str
    area: str
    terms: Terms | None
    valid_from: dt.date
    state: State
    set_by: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service of a unit with how it counts, and how many areas its table has."""

    id: int
    courier: str
    name: str
    is_sample: bool
    manner: Manner
    stopped_on: dt.date | None
    areas: int

    @property
    def label(self) -> str:
        """Courier and service: "JNE REG"."""
        return f"{self.courier} {self.name}"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a sheet beside what it speaks of; without a problem it can be written.

    `standing` are the terms that hold for this service and area now.
    """

    line: int
    service: str
    area: str
    service_id: int
    area_code: str
    terms: Terms | None
    problem: str = ""
    standing: Terms | None = None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a service answers for a parcel, and why: the row that decides, and the arithmetic."""

    service: str
    is_sample: bool
    fee: int | None
    problem: NoQuote | None
    area: str
    terms: Terms | None
    valid_from: dt.date | None
    steps: tuple[Step, ...]
