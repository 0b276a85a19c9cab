"""Who may work in a workshop: requirements are rows with their legal ground, facts answer them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bekal.foundation import formats
from bekal.people.rules.standing import PeopleRefused

CONVICTED = "convicted"
ADULT = "adult"
"""The two that are asked when somebody is first written down: without them nothing is kept."""
DECISION_LENGTH = 60
LONGEST_YEARS = 5
_NO_RULES = "Belum ada syarat kerja yang berlaku. Minta Ditjenpas menetapkannya di Bekal."


@dataclass(frozen=True)
class Requirement:
    """What must be so for work, why, and what its fact must name."""

    code: str
    label: str
    sentence: str
    citation: str
    needs_number: bool
    needs_until: bool


@dataclass(frozen=True)
class NewRequirement(Requirement):
    """A requirement from a day on, with where it is known from."""

    source: str
    valid_from: dt.date


@dataclass(frozen=True)
class KnownFact:
    """What was last recorded of a maker under a requirement's code."""

    code: str
    holds: bool
    number: str
    known_on: dt.date
    until: dt.date | None


NewFact = KnownFact


@dataclass(frozen=True)
class Failure:
    """A requirement that is not met: which, what is missing, and its legal ground."""

    code: str
    label: str
    reason: str
    sentence: str
    citation: str


@dataclass(frozen=True)
class Eligibility:
    """Whether somebody may work on a day, and all that speaks against it."""

    on: dt.date
    failures: tuple[Failure, ...]

    @property
    def is_eligible(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.failures


def judge(
    *, requirements: Iterable[Requirement], facts: Iterable[KnownFact], on: dt.date
) -> Eligibility:
    """Hold the last facts against the requirements of a day; without any, nobody is eligible."""
    known = {fact.code: fact for fact in facts}
    asked = list(requirements)
    if not asked:
        return Eligibility(on, (Failure("", "Syarat kerja", _NO_RULES, _NO_RULES, ""),))
    found = (
        (one, _missing(one, known.get(one.code), on=on))
        for one in sorted(asked, key=lambda one: one.code)
    )
    return Eligibility(
        on,
        tuple(
            Failure(one.code, one.label, reason, one.sentence, one.citation)
            for one, reason in found
            if reason
        ),
    )


def _missing(requirement: Requirement, fact: KnownFact | None, *, on: dt.date) -> str:
    """What a fact lacks of a requirement, in a few words; nothing when it is met."""
    if fact is None or fact.known_on > on:
        return "belum dicatat"
    if not fact.holds:
        return f"tidak terpenuhi menurut catatan {formats.date(fact.known_on)}"
    if fact.until is not None and fact.until < on:
        return f"habis {formats.date(fact.until)}"
    lacks_number = requirement.needs_number and not fact.number
    lacks_until = requirement.needs_until and fact.until is None
    lacking = ["nomor keputusan"] * lacks_number + ["masa berlaku"] * lacks_until
    return f"{' dan '.join(lacking)} belum dicatat" if lacking else ""


def check_fact(fact: NewFact, *, requirement: Requirement, today: dt.date) -> None:
    """Refuse a fact that says too little of what it must. Raises PeopleRefused with the field."""
    if fact.known_on > today:
        raise PeopleRefused(
            "Tanggal ini belum tiba. Pilih hari ini atau sebelumnya.", field="known_on"
        )
    if len(fact.number) > DECISION_LENGTH:
        raise PeopleRefused(f"Nomor paling panjang {DECISION_LENGTH} huruf.", field="number")
    if requirement.needs_number and fact.holds and not fact.number:
        raise PeopleRefused("Isi nomor keputusannya.", field="number")
    if requirement.needs_until and fact.holds and fact.until is None:
        raise PeopleRefused("Isi sampai kapan berlaku.", field="until")
    if fact.until is None:
        return
    if fact.until < fact.known_on:
        raise PeopleRefused("Masa berlaku berakhir sesudah tanggal catatannya.", field="until")
    if fact.until.year - fact.known_on.year > LONGEST_YEARS:
        raise PeopleRefused(f"Paling lama {LONGEST_YEARS} tahun. Periksa tahunnya.", field="until")
