"""What the queries of shipping answer with."""

from dataclasses import dataclass

from bekal.shipping.rules import NoQuote, Terms


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
