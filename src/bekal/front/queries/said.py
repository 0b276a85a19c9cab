"""What Bekal says of itself: the rule of splitting in principle, and the data about persons."""

import datetime as dt
from dataclasses import dataclass

from django.apps import apps
from django_stubs_ext import StrOrPromise

from bekal.foundation.personal import PersonalData
from bekal.front.queries.workshops import RuleShown, rule_of, rule_shown
from bekal.ledger import queries as ledger
from bekal.places import queries as places


@dataclass(frozen=True)
class Reported:
    """A split that a source reports, and whether a unit can choose it (`gap` says why not)."""

    name: str
    citation: str
    source: str
    gap: str

    @property
    def link(self) -> str:
        """The source when it is a web page, else nothing."""
        return self.source if self.source.startswith(("https://", "http://")) else ""


@dataclass(frozen=True)
class Principle:
    """The rule that holds where a unit has none of its own, and the splits that sources report."""

    rule: RuleShown | None
    reported: list[Reported]


@dataclass(frozen=True)
class Declared:
    """A field about a person, by its name for people."""

    name: StrOrPromise
    what: PersonalData


def principle(*, on: dt.date) -> Principle:
    """How money is split where nothing else was decided, as it is on a day; three statements."""
    top = places.centre(on=on)
    rule = rule_of(unit_id=top.id, on=on) if top else None
    reported = [
        Reported(split.name, split.citation, split.source, split.gap)
        for split in ledger.documented_splits()
    ]
    return Principle(rule_shown(rule) if rule else None, reported)


def declared_personal_data() -> list[Declared]:
    """Every field that a model declares to be about a person, in the order of declaration."""
    return [
        Declared(what.label or name, what)
        for model in apps.get_models()
        for name, what in getattr(model, "personal_data", {}).items()
    ]
