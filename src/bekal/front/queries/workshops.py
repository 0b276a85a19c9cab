"""The workshops as visitors see them: the list of those that make something, and one of them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import Card, Maker, Reach
from bekal.foundation.clock import Period, Zone, local_day
from bekal.ledger import queries as ledger
from bekal.ledger.rules import Base, Form, NoRule, SplitRule
from bekal.places import queries as places
from bekal.places.queries import PlaceNow, TenureLine
from bekal.places.rules import Level
from bekal.production import queries as production
from bekal.turnover import queries as turnover
from bekal.turnover.queries import DayTotal
from bekal.turnover.rules import Basis, added

CARDS = 8


@dataclass(frozen=True)
class Sold:
    """What a unit sold in a period, net of what came back, in rupiah.

    `days` are those of which it recorded anything, `sample` the simulated part of the gross. A sum
    that `is_withheld` is not told: it stands for so few receipts that a purchase could be guessed,
    or would let the sum of such a neighbour be found by subtraction.
    """

    period: Period
    days: int
    receipts: int
    gross: int
    returned: int
    sample: int
    is_withheld: bool

    @property
    def net(self) -> int:
        """Gross less what came back."""
        return self.gross - self.returned


@dataclass(frozen=True)
class Workshop:
    """All that the page of a unit tells. `kanwil` is None when it does not stand any more.

    `pause` says why it takes no orders for now; nothing where it does, or is closed.
    """

    unit: PlaceNow
    is_open: bool
    kanwil: PlaceNow | None
    made: Maker
    cards: list[Card]
    sold: Sold
    rule: SplitRule | None
    history: list[TenureLine]
    reach: Reach
    pause: str

    @property
    def closed_on(self) -> dt.date | None:
        """The last day of a unit that has been closed."""
        return None if self.is_open or not self.history else self.history[0].last

    @property
    def earlier(self) -> list[TenureLine]:
        """What it was before it became what it is."""
        return self.history[1:]


def sift_makers(
    found: Iterable[Maker], *, text: str, kanwil: str, province: str, kind: str
) -> list[Maker]:
    """Those whose name, province or kanwil has every word, of these codes; "" leaves none out."""
    words = text.casefold().split()
    return [
        each
        for each in found
        if kanwil in {"", each.kanwil.code if each.kanwil else ""}
        and province in {"", each.unit.province_code}
        and kind in {"", each.unit.kind}
        and all(word in _searched(each) for word in words)
    ]


def choices_of(found: Sequence[Maker]) -> dict[str, Mapping[str, str]]:
    """What the list can be narrowed to: kanwil and provinces by code, kinds of units; by name."""
    kanwil = {each.kanwil.code: each.kanwil.name for each in found if each.kanwil}
    provinces = {each.unit.province_code or "": each.unit.province or "" for each in found}
    kinds = {each.unit.kind: each.unit.kind for each in found}
    named = {"kanwil": kanwil, "provinces": provinces, "kinds": kinds}
    return {
        name: dict(sorted(values.items(), key=lambda one: one[1])) for name, values in named.items()
    }


def _searched(maker: Maker) -> str:
    above = maker.kanwil.name if maker.kanwil else ""
    return f"{maker.unit.name} {maker.unit.province} {above}".casefold()


def workshop(*, code: str, at: dt.datetime) -> Workshop | None:
    """The unit with this code, open or closed; None when there never was one. Twelve statements."""
    on = local_day(at, Zone.WIB)
    now = places.place_on(code=code, on=on)
    unit = now or places.place_by_then(code=code, on=on)
    if unit is None or unit.level is not Level.UNIT:
        return None
    line = places.line_of(place_id=unit.id, on=on)
    return Workshop(
        unit=unit,
        is_open=now is not None,
        kanwil=next((place for place in line if place.level is Level.KANWIL), None),
        made=catalogue.maker(unit=unit, on=on),
        cards=catalogue.cards_of_unit(unit_id=unit.id, on=on, count=CARDS) if now else [],
        sold=sold_this_year(unit=unit, on=on),
        rule=rule_of(unit_id=unit.id, on=on) if now else None,
        history=places.history_of(place_id=unit.id),
        reach=_reach(unit) if now else Reach(),
        pause=_pause(unit, at=at) if now else "",
    )


def _reach(unit: PlaceNow) -> Reach:
    return catalogue.reach_of(unit_ids=[unit.id]).get(unit.id, Reach())


def _pause(unit: PlaceNow, *, at: dt.datetime) -> str:
    return production.pauses(unit_ids=[unit.id], now=at).get(unit.id, "")


def sold_this_year(*, unit: PlaceNow, on: dt.date) -> Sold:
    """What a unit sold since the first of January; two statements."""
    year = Period(on.replace(month=1, day=1), on)
    days = turnover.days(place_id=unit.id, period=year, basis=Basis.AS_IT_WAS, on=on)
    total = added(day.total for day in days)
    return Sold(
        period=year,
        days=len(days),
        receipts=total.receipts,
        gross=total.gross,
        returned=total.returned,
        sample=total.sample_gross,
        is_withheld=turnover.is_small(total.receipts)
        or turnover.is_small(_in_small_months(days))
        or _is_withheld(unit, year, on=on),
    )


def _in_small_months(days: Sequence[DayTotal]) -> int:
    """Receipts of the months that the API hides: the year less the others would tell them."""
    months: Counter[int] = Counter()
    for day in days:
        months[day.day.month] += day.total.receipts
    return sum(count for count in months.values() if turnover.is_small(count))


def _is_withheld(unit: PlaceNow, period: Period, *, on: dt.date) -> bool:
    """Whether the sum of a neighbour could be found by subtracting this one from the kanwil's."""
    if unit.parent_id is None:
        return False
    near = turnover.children(place_id=unit.parent_id, period=period, basis=Basis.AS_IT_WAS, on=on)
    hidden = turnover.hidden_of([each.total.receipts for each in near])
    return any(near[index].node.id == unit.id for index in hidden)


def rule_of(*, unit_id: int, on: dt.date, category: str = "") -> SplitRule | None:
    """The rule by which a unit's sales are split on a day; one statement."""
    try:
        return ledger.rules_in_force(unit_id=unit_id, activities=[category], on=on)[category]
    except NoRule:
        return None


@dataclass(frozen=True)
class ShareShown:
    """Who gets a share: of percent, of rupiah a piece (`value`), or what is left."""

    label: StrOrPromise
    form: Form
    value: int

    @property
    def percent(self) -> float:
        """The share in percent; basis points are too fine for people."""
        return self.value / 100


@dataclass(frozen=True)
class RuleShown:
    """A rule for visitors: who gets which share, of what, and where that is written."""

    is_after_cost: bool
    shares: list[ShareShown]
    citation: str
    source: str

    @property
    def link(self) -> str:
        """The source when it is a web page, else nothing."""
        return self.source if self.source.startswith(("https://", "http://")) else ""


def rule_shown(rule: SplitRule) -> RuleShown:
    """A rule in the language of the page."""
    shares = [
        ShareShown(ledger.PUBLIC_LABELS[share.account], share.form, share.value)
        for share in rule.shares
    ]
    return RuleShown(rule.base is Base.AFTER_COST, shares, rule.citation, rule.source)
