"""What the questions of campaigns answer with. Whole rupiah; net is gross less what came back."""

import datetime as dt
from dataclasses import dataclass

from bekal.campaigns.rules import State
from bekal.foundation.clock import Period
from bekal.sales.rules import BuyerClass


@dataclass(frozen=True)
class CampaignNow:
    """A campaign as its latest definition has it.

    `definition_id` and `number` tell which; `number` above 1 means that it was corrected.
    """

    id: int
    slug: str
    is_sample: bool
    definition_id: int
    number: int
    name: str
    hbp_number: int | None
    first_day: dt.date
    last_day: dt.date
    target: int
    declared_at: dt.datetime

    @property
    def period(self) -> Period:
        """Its days, both ends included."""
        return Period(self.first_day, self.last_day)


@dataclass(frozen=True)
class Declared:
    """One definition of a campaign: what, of how many units, why, and who declared it when."""

    number: int
    name: str
    period: Period
    target: int
    units: int
    reason: str
    on: dt.date
    at: dt.datetime
    by: str


@dataclass(frozen=True)
class ProvinceTile:
    """A province on the map; `total` is None where no unit of it has recorded anything yet."""

    code: str
    name: str
    letters: str
    column: int
    row: int
    island: str
    total: int | None
    step: int


@dataclass(frozen=True)
class HourBar:
    """An hour of today in WIB; less than zero where more came back than was sold."""

    hour: int
    total: int
    is_now: bool


@dataclass(frozen=True)
class TopProduct:
    """What sold best today, in pieces less those that came back; `drawing` is of its category."""

    name: str
    unit_name: str
    pieces: int
    drawing: str


@dataclass(frozen=True)
class TickerLine:
    """A receipt, or what came back of one; never who bought.

    `name` is its largest product and `others` how many more it has. `place` is the unit, and only
    the province where the unit has so few receipts on that day that a buyer could be guessed.
    """

    at: dt.datetime
    name: str
    pieces: int
    amount: int
    place: str
    is_refund: bool
    others: int = 0


@dataclass(frozen=True)
class BuyerShare:
    """What one class of buyers bought, net; `percent` of the total, rounded down, 0 to 100."""

    buyer_class: BuyerClass
    total: int
    percent: int


@dataclass(frozen=True)
class LastYear:
    """What the campaign before this one had come to at the same day and full hour, `at`."""

    total: int
    at: dt.datetime


@dataclass(frozen=True)
class LivePicture:
    """All that the live page of a campaign shows at one instant.

    `total` is the net of the campaign's days, and equals the sum of the provinces that are not
    None and the sum of the buyers. `hours`, `hourless` (records whose hour is not known) and `top`
    are of the day `today`. `limits` are the four lower ends of the steps 2 to 5 of the map.
    `sample` is the part of the total that is simulated.
    """

    campaign: CampaignNow
    revision: int
    as_of: dt.datetime
    state: State
    total: int
    receipts: int
    pieces: int
    refunds: int
    refunded: int
    units_reported: int
    units_expected: int
    provinces_reported: int
    provinces: list[ProvinceTile]
    limits: tuple[int, ...]
    hours: list[HourBar]
    hourless: int
    top: list[TopProduct]
    latest: list[TickerLine]
    buyers: list[BuyerShare]
    target_percent: int
    last_year: LastYear | None
    sample: int
    today: dt.date
