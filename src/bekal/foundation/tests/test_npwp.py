"""Tax numbers: read in either length, refused when a digit is wrong."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.foundation.npwp import NpwpMistyped, npwp, read_npwp


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        # The first three are examples of python-stdnum and of Business::ID::NPWP.
        ("01.312.166.0-091.000", "0013121660091000"),
        ("016090524017000", "0016090524017000"),
        ("02.183.241.5-000.000", "0021832415000000"),
        ("0021832415000000", "0021832415000000"),
        (" 02 183 241 5 000 000 ", "0021832415000000"),
        ("3201234567890001", "3201234567890001"),
        ("3201 2345 6789 0001", "3201234567890001"),
    ],
)
def test_an_npwp_is_read_however_it_is_written(typed, kept):
    assert read_npwp(typed) == kept
    assert read_npwp(npwp(kept)) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "15 atau 16 angka"),
        ("12345678", "15 atau 16 angka"),
        ("02.183.241.5-000.00", "15 atau 16 angka"),
        ("02.183.241.6-000.000", "Angka pemeriksa"),
        ("0021832416000000", "Angka pemeriksa"),
        ("216090524017001", "Angka pemeriksa"),
        ("000000000000000", "nol semua"),
        ("٠٢١٨٣٢٤١٥٠٠٠٠٠٠", "15 atau 16 angka"),
        ("02a183b241c5", "15 atau 16 angka"),
        ("9" * 10_000, "15 atau 16 angka"),
    ],
)
def test_what_is_no_npwp_is_refused_in_words(typed, words):
    with pytest.raises(NpwpMistyped, match=words) as refused:
        read_npwp(typed)
    assert refused.value.field == "npwp"


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_of_the_checked_nine_is_always_found(place, added):
    digits = list("021832415000000")
    digits[place] = str((int(digits[place]) + added) % 10)
    with pytest.raises(NpwpMistyped):
        read_npwp("".join(digits))


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(NpwpMistyped):
        assert len(read_npwp(text)) == 16
