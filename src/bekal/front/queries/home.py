"""What home tells: the catalogue in brief, where the money of one piece goes, who counts today."""

import datetime as dt
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import Example, FrontPage, Maker
from bekal.front.queries.workshops import rule_of
from bekal.ledger.queries import PUBLIC_LABELS
from bekal.ledger.rules import SplitRule, split

NEWEST = 8


@dataclass(frozen=True)
class Divided:
    """One piece of a product, taken apart by the rule in force: labels with whole rupiah."""

    product: Example
    rule: SplitRule
    parts: list[tuple[StrOrPromise, int]]


@dataclass(frozen=True)
class Home:
    """The parts of home that come from the books; those that nothing is known of are None."""

    catalogue: FrontPage
    story: Maker | None
    divided: Divided | None


def home(*, on: dt.date) -> Home:
    """Read what home shows on a day; two statements, seven when all is new."""
    found = catalogue.front_page(on=on, newest=NEWEST)
    busiest = found.busiest
    return Home(
        catalogue=found,
        story=busiest if busiest and busiest.real else None,
        divided=_divided(found.example, on=on) if found.example else None,
    )


def _divided(product: Example, *, on: dt.date) -> Divided | None:
    rule = rule_of(unit_id=product.unit.id, on=on, category=product.category_code)
    if rule is None:
        return None
    result = split(rule, unit_price=product.price, pieces=1, unit_cost=product.cost)
    return Divided(
        product, rule, [(PUBLIC_LABELS[part.account], part.amount) for part in result.parts]
    )
