import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.foundation import formats
from bekal.foundation.clock import Period, Zone
from bekal.foundation.formats import LARGEST_COUNT, LARGEST_RUPIAH, Unreadable

NONSENSE = [
    "",
    " ",
    "abc",
    "Rp",
    "48,5",
    "48.5",
    "4.80",
    "1.2345",
    ".500",
    "48..000",
    "-48000",
    "+48000",
    "4e4",
    "0x10",
    "1_000",
    "٤٨٠٠٠",
    "４８０００",
    "4\x008",
    "\x00",
    "48000\x00",
    "48000; drop table",
    "½",
    "9" * 5_000,
    "1" + ".000" * 5_000,
    "x" * 100_000,
]


def test_long_words_may_break_and_others_stay_as_they_are():
    assert formats.breakable("Rina Wulandari, Jalan Merdeka 5") == "Rina Wulandari, Jalan Merdeka 5"
    assert formats.breakable("x" * 45) == "\u200b".join(["x" * 20, "x" * 20, "x" * 5])


@given(st.integers(0, LARGEST_RUPIAH))
def test_rupiah_is_read_back_as_it_was_written(amount):
    assert formats.read_rupiah(formats.rupiah(amount)) == amount


@pytest.mark.parametrize(
    "text",
    [
        "48000",
        "48.000",
        "Rp 48.000",
        "rp48.000",
        "Rp. 48.000",
        "Rp48.000,00",
        "Rp48.000,-",
        " 48 000 ",
        "Rp\N{NO-BREAK SPACE}48.000",
        "00048000",
    ],
)
def test_money_is_read_the_ways_people_write_it(text):
    assert formats.read_rupiah(text) == 48_000


@pytest.mark.parametrize("text", NONSENSE, ids=lambda text: repr(text[:12]))
def test_nonsense_is_no_money(text):
    with pytest.raises(Unreadable):
        formats.read_rupiah(text)


@pytest.mark.parametrize("text", NONSENSE, ids=lambda text: repr(text[:12]))
def test_nonsense_is_no_count(text):
    with pytest.raises(Unreadable):
        formats.read_count(text)


def read_or_refused(text):
    try:
        return formats.read_rupiah(text)
    except Unreadable as refused:
        return refused.message


@given(st.text(max_size=60))
def test_any_text_is_either_money_or_refused_with_a_sentence(text):
    answer = read_or_refused(text)
    assert answer.endswith(".") if isinstance(answer, str) else 0 <= answer <= LARGEST_RUPIAH


def test_a_comma_is_answered_with_what_to_write_instead():
    with pytest.raises(Unreadable, match="tanpa koma"):
        formats.read_rupiah("48,5")


def test_one_zero_too_many_is_named():
    with pytest.raises(Unreadable, match="Periksa nolnya"):
        formats.read_rupiah(str(LARGEST_RUPIAH + 1))
    assert formats.read_rupiah(str(LARGEST_RUPIAH)) == LARGEST_RUPIAH


@given(st.integers(0, LARGEST_COUNT))
def test_a_count_is_read_back_with_and_without_dots(number):
    assert formats.read_count(str(number)) == number
    assert formats.read_count(formats.thousands(number)) == number


def test_more_pieces_than_any_workshop_makes_are_refused():
    with pytest.raises(Unreadable, match=r"1\.000\.000"):
        formats.read_count(str(LARGEST_COUNT + 1))


def test_what_is_counted_in_larger_numbers_has_a_bound_of_its_own():
    assert formats.read_count("1.000.001", largest=2_000_000) == 1_000_001
    with pytest.raises(Unreadable, match=r"2\.000\.000"):
        formats.read_count("2.000.001", largest=2_000_000)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Rp0"),
        (999_999, "Rp999.999"),
        (1_000_000, "Rp1 juta"),
        (1_050_000, "Rp1,05 juta"),
        (1_500_000, "Rp1,5 juta"),
        (100_000_000, "Rp100 juta"),
        (999_999_999, "Rp999,99 juta"),
        (1_489_999_999, "Rp1,48 miliar"),
        (1_234_000_000_000_000, "Rp1.234 triliun"),
        (-1_500_000, "-Rp1,5 juta"),
    ],
)
def test_headline_amounts_round_down_and_drop_empty_decimals(amount, words):
    assert formats.rupiah_in_words(amount) == words


def test_money_below_zero_keeps_its_sign_in_front():
    assert formats.rupiah(-48_000) == "-Rp48.000"


def test_dates_and_times_are_written_the_indonesian_way():
    day = dt.date(2026, 4, 27)
    instant = dt.datetime(2026, 4, 27, 7, 32, tzinfo=dt.UTC)
    assert formats.date(day) == "27 April 2026"
    assert formats.short_date(day) == "Sen, 27 Apr 2026"
    assert formats.long_date(day) == "Senin, 27 April 2026"
    assert formats.time(instant, Zone.WIB) == "14.32 WIB"
    assert formats.time(instant, Zone.WIT) == "16.32 WIT"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2026, 4, 1), (2026, 4, 1), "1 April 2026"),
        ((2026, 4, 1), (2026, 4, 26), "1 sampai 26 April 2026"),
        ((2026, 3, 23), (2026, 5, 2), "23 Maret sampai 2 Mei 2026"),
        ((2025, 12, 31), (2026, 1, 1), "31 Desember 2025 sampai 1 Januari 2026"),
    ],
)
def test_a_period_is_as_short_as_it_can_be_said(first, last, words):
    assert formats.period(Period(dt.date(*first), dt.date(*last))) == words


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "0812 3456 7890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "6281234567890",
        "(0812) 3456.7890",
    ],
)
def test_a_phone_is_kept_in_one_way_however_it_is_written(text):
    assert formats.read_phone(text) == "+6281234567890"
    assert formats.phone("+6281234567890") == "0812-3456-7890"


@pytest.mark.parametrize(
    ("number", "is_mobile"), [("+6281234567890", True), ("+62967321555", False), ("", False)]
)
def test_a_landline_is_no_mobile_phone(number, is_mobile):
    assert formats.is_mobile(number) is is_mobile


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "0812",
        "+1 202 555 0123",
        "0812 3456 7890 ext 5",
        "telepon 081234567890",
        "0812-BENGKEL",
        "٠٨١٢٣٤٥٦٧٨٩٠",
        "0812\x0034567890",
        "0" * 10_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_what_is_no_indonesian_number_is_refused(text):
    with pytest.raises(Unreadable, match="0812 3456 7890"):
        formats.read_phone(text)


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "1.0", "²", "٢", " 2", "x", "\x00", "1000000", "9" * 5000]
)
def test_a_page_that_cannot_be_is_the_first(text):
    assert formats.read_page(text) == 1


@pytest.mark.parametrize(("text", "page"), [("2", 2), ("0017", 17), ("999999", 999_999)])
def test_a_page_is_read(text, page):
    assert formats.read_page(text) == page
