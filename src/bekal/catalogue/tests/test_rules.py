"""What a price means, which days it may begin on, and what no spreadsheet runs."""

import datetime as dt

import pytest

from bekal.catalogue import rules
from bekal.catalogue.rules import Sheet, State, Status

TODAY = dt.date(2026, 4, 27)
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("price", "low", "is_published", "lacks", "status"),
    [
        (5000, None, True, 0, Status.SHOWN),
        (5000, 1000, True, 1, Status.STOPPED),
        (5000, None, False, 0, Status.HIDDEN),
        (5000, None, False, 4, Status.HIDDEN),
        (None, None, True, 0, Status.AWAITED),
        (None, 1000, False, 3, Status.RANGE),
    ],
)
def test_a_product_has_one_status(*, price, low, is_published, lacks, status):
    found = rules.status_of(price=price, source_low=low, is_published=is_published, lacks=lacks)
    assert found is status


def test_a_price_reads_as_the_price_the_range_or_the_wait():
    assert rules.price_text(price=5000, source_low=1, source_high=2) == "Rp5.000"
    assert (
        rules.price_text(price=None, source_low=15_000, source_high=800_000)
        == "Rp15.000 sampai Rp800.000"
    )
    assert rules.price_text(price=None, source_low=None, source_high=None) == "harga menyusul"


@pytest.mark.parametrize(
    ("price", "cost", "can_split", "sentence"),
    [
        (None, 4000, True, "Belum bisa dijual. Isi harganya"),
        (5000, None, False, "Belum bisa dijual. Bagi hasil unit ini dihitung setelah biaya"),
        (5000, None, True, "Bisa dijual: bagi hasil unit ini dihitung dari harga jual (bruto)."),
        (5000, 0, True, "Bisa dijual."),
    ],
)
def test_the_page_says_whether_its_units_own_rule_lets_a_product_be_sold(
    *, price, cost, can_split, sentence
):
    assert rules.selling_text(price=price, cost=cost, can_split=can_split).startswith(sentence)


@pytest.mark.parametrize("sheet", list(Sheet))
@pytest.mark.parametrize(
    ("valid_from", "in_force_since", "is_allowed"),
    [
        (TODAY, None, True),
        (TODAY, YESTERDAY, True),
        (TODAY + dt.timedelta(days=366), YESTERDAY, True),
        (TODAY + dt.timedelta(days=367), None, False),
        (YESTERDAY, None, True),
        (YESTERDAY, TODAY, True),
        (YESTERDAY, YESTERDAY, False),
        (rules.FIRST_DAY, None, True),
        (rules.FIRST_DAY - dt.timedelta(days=1), None, False),
        (dt.date.min, None, False),
        (dt.date.max, None, False),
    ],
)
def test_what_was_in_force_on_a_past_day_stays(*, sheet, valid_from, in_force_since, is_allowed):
    days = {"valid_from": valid_from, "today": TODAY, "in_force_since": in_force_since}
    if is_allowed:
        rules.check_day(sheet=sheet, **days)
    else:
        with pytest.raises(rules.DayRefused) as refused:
            rules.check_day(sheet=sheet, **days)
        assert refused.value.field == "valid_from"


def test_the_states_of_a_sheet():
    days = [dt.date(2026, 6, 1), TODAY, TODAY, YESTERDAY, rules.FIRST_DAY]
    assert rules.states_of(valid_from=days, on=TODAY) == [
        State.AHEAD,
        State.IN_FORCE,
        State.PUT_RIGHT,
        State.PAST,
        State.PAST,
    ]
    assert rules.states_of(valid_from=[], on=TODAY) == []


def test_names_are_tidied():
    assert rules.tidy("  Keripik\n\tpisang \x00\u200b ") == "Keripik pisang"


def test_only_web_pages_are_linked():
    assert rules.web_address("https://a.id/x") == "https://a.id/x"
    assert rules.web_address("javascript:alert(1)") == ""
    assert rules.web_address("Brosur 2019") == ""
