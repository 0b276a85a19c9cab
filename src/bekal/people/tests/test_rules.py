"""Rules of makers, without a database."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.foundation.codes import ALPHABET, CodeMistyped
from bekal.people.rules import (
    LONGEST_CONSENT,
    MOVES,
    ConsentRefused,
    KnownFact,
    NewConsent,
    PeopleRefused,
    Purpose,
    Requirement,
    Status,
    check_consent,
    check_fact,
    check_move,
    clean_number,
    judge,
    new_code,
    read_code,
)

TODAY = dt.date(2026, 4, 27)
DAY = dt.timedelta(days=1)
FITNESS = Requirement("fitness", "Sehat", "Sehat.", "Mandela 96", False, True)
TPP = Requirement("tpp", "TPP", "Disetujui TPP.", "SK", True, False)


def a_fact(code="fitness", **changes):
    values = {"holds": True, "number": "", "known_on": TODAY - DAY, "until": TODAY + DAY}
    return KnownFact(code, **{**values, **changes})


def reasons(*facts, requirements=(FITNESS,), on=TODAY):
    found = judge(requirements=requirements, facts=facts, on=on)
    return [failure.reason for failure in found.failures]


class TestCodes:
    def test_codes_are_random_and_none_comes_twice(self):
        codes = {new_code() for _ in range(500)}
        assert len(codes) == 500
        assert all(code[:3] == "PB-" and len(code) == 12 for code in codes)

    def test_a_code_is_read_however_it_is_typed(self):
        code = new_code()
        for typed in (code.lower(), code.replace("-", ""), f" {code[3:]} ", code.replace("-", " ")):
            assert read_code(typed) == code

    @given(place=st.sampled_from([3, 4, 5, 6, 8, 9, 10, 11]), sign=st.sampled_from(ALPHABET))
    def test_no_single_slip_of_the_pen_leads_to_somebody_else(self, place, sign):
        code = new_code()
        slipped = code[:place] + sign + code[place + 1 :]
        if slipped != code:
            with pytest.raises(CodeMistyped):
                read_code(slipped)


class TestStatus:
    @pytest.mark.parametrize("old", Status)
    @pytest.mark.parametrize("new", Status)
    def test_there_is_a_way_or_there_is_none(self, old, new):
        if new in MOVES[old]:
            check_move(old=old, new=new)
        else:
            with pytest.raises(PeopleRefused):
                check_move(old=old, new=new)


class TestNumbers:
    @given(
        parts=st.lists(st.text("0123456789ABab", min_size=2, max_size=5), min_size=2, max_size=5)
    )
    def test_the_same_number_is_the_same_however_it_is_parted(self, parts):
        plain = clean_number("".join(parts))
        for parted in "./- ":
            assert clean_number(parted.join(parts)) == plain == plain.upper()

    @pytest.mark.parametrize("typed", ["", " ", "12", "A" * 41, "nomor?", "1234\x00"])
    def test_what_is_no_number_is_refused_at_its_field(self, typed):
        with pytest.raises(PeopleRefused) as refused:
            clean_number(typed)
        assert refused.value.field == "number"


class TestEligibility:
    def test_without_requirements_nobody_may_work(self):
        assert not judge(requirements=(), facts=(a_fact(),), on=TODAY).is_eligible

    def test_each_lack_is_named_with_its_ground(self):
        (failure,) = judge(requirements=(FITNESS,), facts=(), on=TODAY).failures
        assert (failure.reason, failure.citation) == ("belum dicatat", "Mandela 96")

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"holds": False}, "tidak terpenuhi menurut catatan 26 April 2026"),
            ({"until": TODAY - DAY}, "habis 26 April 2026"),
            ({"until": None}, "masa berlaku belum dicatat"),
            ({"known_on": TODAY + DAY}, "belum dicatat"),
        ],
    )
    def test_what_fails_says_why(self, changes, reason):
        assert reasons(a_fact(**changes)) == [reason]

    def test_a_decision_of_the_tpp_needs_its_number(self):
        without, with_it = a_fact("tpp", until=None), a_fact("tpp", until=None, number="12")
        assert reasons(without, requirements=[TPP]) == ["nomor keputusan belum dicatat"]
        assert reasons(with_it, requirements=[TPP]) == []

    @given(length=st.integers(0, 400), at=st.integers(-5, 405))
    def test_a_fact_counts_from_its_day_to_its_last_and_on_no_other(self, length, at):
        fact = a_fact(known_on=TODAY, until=TODAY + length * DAY)
        found = judge(requirements=[FITNESS], facts=[fact], on=TODAY + at * DAY)
        assert found.is_eligible is (0 <= at <= length)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"known_on": TODAY + DAY}, "known_on"),
        ({"until": None}, "until"),
        ({"until": TODAY - 9 * DAY}, "until"),
        ({"until": dt.date(2062, 1, 1)}, "until"),
        ({"number": "9" * 61}, "number"),
    ],
)
def test_a_fact_that_says_too_little_is_refused_at_its_field(changes, field):
    with pytest.raises(PeopleRefused) as refused:
        check_fact(a_fact(**changes), requirement=FITNESS, today=TODAY)
    assert refused.value.field == field


def test_what_is_not_met_needs_no_number_and_no_end():
    fact = a_fact(holds=False, until=None)
    check_fact(fact, requirement=FITNESS, today=TODAY)
    check_fact(fact, requirement=TPP, today=TODAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"given_on": TODAY + DAY}, "given_on"),
        ({"until": TODAY - DAY}, "until"),
        ({"until": TODAY + LONGEST_CONSENT + DAY}, "until"),
        ({"form_number": ""}, "form_number"),
    ],
)
def test_a_consent_ends_within_a_year_and_stands_on_paper(changes, field):
    last = TODAY + LONGEST_CONSENT
    values: dict[str, Any] = {"given_on": TODAY, "until": last, "form_number": "F-01"}
    check_consent(NewConsent(Purpose.QUOTE, **values), today=TODAY)
    with pytest.raises(ConsentRefused) as refused:
        check_consent(NewConsent(Purpose.QUOTE, **{**values, **changes}), today=TODAY)
    assert refused.value.field == field
