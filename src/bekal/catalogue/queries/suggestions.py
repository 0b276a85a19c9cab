"""What visitors probably mean while they type: kinds, workshops, products."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import override

from bekal.catalogue import kinds, wording
from bekal.catalogue.kinds import Kind
from bekal.catalogue.queries.cards import Card, cards_by_ids
from bekal.catalogue.queries.ground import Ground, ground
from bekal.catalogue.queries.search import search
from bekal.catalogue.queries.showcase_shapes import Filters, ShowcaseFilters
from bekal.places.queries import PlaceNow

FEWEST_LETTERS = 2
MOST_KINDS, MOST_UNITS, MOST_PRODUCTS = 2, 3, 5
_RANKED = 240
_LANGUAGES = ("id", "en")


@dataclass(frozen=True)
class Suggestions:
    """What fits, the likeliest first; kinds with how many products each has.

    `is_of_unit`: the words are those of a unit rather than of a product.
    """

    kinds: Sequence[tuple[Kind, int]] = ()
    units: Sequence[PlaceNow] = ()
    products: Sequence[Card] = ()
    is_of_unit: bool = False


def suggestions(*, text: str, on: dt.date) -> Suggestions:
    """Public kinds, units and products whose words begin as the text has them, or mean the same.

    Mistyped words count as what they were meant to be. Products are those that the list of these
    words shows first. Three statements, four when no product has the words as typed; none for less
    than two letters.
    """
    words = wording.words_of(text)
    if sum(map(len, words)) < FEWEST_LETTERS:
        return Suggestions()
    floor = ground(on=on)
    found = search(ShowcaseFilters(text=text), floor=floor, on=on, most=_RANKED)
    cards = cards_by_ids(found.ids[:MOST_PRODUCTS], units=floor.units, on=on)
    words = wording.words_of(found.said) or words
    return Suggestions(
        kinds=_kinds(words, floor)[:MOST_KINDS],
        units=_units(words, floor)[:MOST_UNITS],
        products=cards,
        is_of_unit=not any(_begin(words[:1], wording.words_of(card.name)) for card in cards),
    )


def _kinds(words: Sequence[str], floor: Ground) -> list[tuple[Kind, int]]:
    counts = floor.counts(Filters()).kinds
    return [
        (kind, counts[kind.code])
        for kind in kinds.KINDS
        if counts.get(kind.code) and _begin(words, _words_of(kind))
    ]


def _words_of(kind: Kind) -> set[str]:
    """The words of a kind's name in every language, and of its categories."""
    names = [category.replace("-", " ") for category in kind.categories]
    for language in _LANGUAGES:
        with override(language):
            names.append(str(kind.name))
    return {word for name in names for word in wording.words_of(name)}


def _units(words: Sequence[str], floor: Ground) -> list[PlaceNow]:
    fits = [unit for unit, called in floor.makers if _begin(words, called)]
    return sorted(fits, key=lambda unit: (len(unit.name), unit.name, unit.id))


def _begin(words: Iterable[str], called: Iterable[str]) -> bool:
    """Whether every word is the beginning of one of these."""
    return all(any(each.startswith(word) for each in called) for word in words)
