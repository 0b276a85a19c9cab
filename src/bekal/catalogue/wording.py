"""What a visitor types, as words to look for: synonyms, near misses, queries for PostgreSQL. Pure.

The reading of the packaged synonyms excepted.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

SYNONYMS = Path(__file__).parent / "data" / "synonyms.csv"
MOST_WORDS = 8
LONGEST_WORD = 40
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = (
    "dan atau dari di ke untuk dengan yang oleh buatan per and or of from in for with the by"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_SUFFIXES = ("an", "nya")
SHORTEST_STEM = 4
SHORT, LONG = 5, 8


def words_of(text: str) -> list[str]:
    """The words of a text in their order, each once, without the small ones where others stand."""
    folded = unicodedata.normalize("NFKC", text[:400]).casefold()
    words = list(dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(folded)))
    large = [word for word in words if word not in _SMALL]
    return (large or words)[:MOST_WORDS]


@cache
def _groups() -> dict[str, frozenset[str]]:
    with SYNONYMS.open(encoding="utf-8", newline="") as lines:
        rows = [frozenset(row["words"].split()) for row in csv.DictReader(lines)]
    return {
        word: frozenset().union(*(row for row in rows if word in row))
        for word in set().union(*rows)
    }


def alternatives(word: str) -> list[str]:
    """The word itself, what means the same, and its forms with and without a suffix."""
    same = {word, *_groups().get(word, frozenset())}
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_STEM:
            same.add(word.removesuffix(suffix))
    if len(word) >= SHORTEST_STEM and not word.endswith("an"):
        same.add(f"{word}an")
    return sorted(same)


def typed_query(words: Sequence[str]) -> str:
    """Any of the words, as they are."""
    return _any(words)


def exact_query(words: Sequence[str]) -> str:
    """Every word, or what means the same."""
    return " & ".join(f"({_any(alternatives(word))})" for word in words)


def begun_query(words: Sequence[str]) -> str:
    """Every word as `exact_query` has it; the last may be the beginning of a word."""
    *whole, last = words
    begun = f"({_any(alternatives(last))} | {last}:*)"
    return " & ".join([*(f"({_any(alternatives(word))})" for word in whole), begun])


def any_query(words: Iterable[str]) -> str:
    """Any of the words, or what means the same."""
    return _any(sorted({each for word in words for each in alternatives(word)}))


def stems_query(words: Sequence[str]) -> str:
    """Every word as it is; PostgreSQL takes the stems."""
    return " & ".join(words)


def _any(words: Iterable[str]) -> str:
    return " | ".join(words)


def meant(word: str, near: Sequence[str]) -> str | None:
    """What a mistyped word was meant to be, of some words like it; None when none is near enough.

    A word of three or four signs may differ in one place, longer ones in two, from eight on in
    three; signs left out or swapped are likelier than wrong ones. Of equals the first of `near` is
    taken. Two words may have run together.
    """
    most = 1 if len(word) < SHORT else 2 if len(word) < LONG else 3
    fits = [(d, not _is_slip(word, each), each) for each in near if (d := distance(word, each))]
    best = min(fits, key=lambda fit: fit[:2], default=None)
    if best is not None and best[0] <= most:
        return best[2]
    pairs = (f"{each} {word.removeprefix(each)}" for each in near if word.startswith(each))
    return next((pair for pair in pairs if pair.split(" ")[1] in near), None)


def _is_slip(typed: str, word: str) -> bool:
    """Whether what was typed is the word with signs left out, or with its signs out of order."""
    rest = iter(word)
    return all(sign in rest for sign in typed) or sorted(typed) == sorted(word)


def distance(one: str, other: str) -> int:
    """How many signs must be put in, left out, changed or swapped with a neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, sign in enumerate(one, start=1):
        row = [i]
        for j, sign2 in enumerate(other, start=1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (sign != sign2))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == sign2:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


def name_words(name: str) -> list[str]:
    """The words of a name by which products like it are found; none where none is long enough."""
    return [word for word in words_of(name) if word.isalpha() and len(word) >= SHORTEST_STEM - 1]
