"""A page that is sent faster than a person reads, or that nobody opened, is no person's."""

import datetime as dt

import pytest

from bekal.ui.strangers import is_too_fast, seal, unseal

NOON = dt.datetime(2026, 4, 27, 3, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("seconds", "is_fast"), [(-5, True), (0, True), (3.9, True), (4, False), (86_400, False)]
)
def test_four_seconds_are_enough_and_a_day_is_too_long(seconds, is_fast):
    assert is_too_fast(NOON - dt.timedelta(seconds=seconds), now=NOON) is is_fast
    assert is_too_fast(NOON - dt.timedelta(seconds=86_401), now=NOON)
    assert is_too_fast(None, now=NOON)


@pytest.mark.parametrize("text", ["", "x", "x:y", "é" * 50])
def test_what_no_page_sealed_is_nothing(text):
    assert unseal(text) == ("", None)
    assert unseal(seal("kunci", opened_at=NOON) + "x") == ("", None)


def test_what_a_page_sealed_comes_back():
    assert unseal(seal("kunci", opened_at=NOON)) == ("kunci", NOON)
