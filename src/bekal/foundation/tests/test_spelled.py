"""Numbers are spelled as Indonesian invoices do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.foundation.spelled import spelled, spelled_rupiah

ONES = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]
SIZES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (20, "dua puluh"),
        (101, "seratus satu"),
        (1000, "seribu"),
        (1150, "seribu seratus lima puluh"),
        (2026, "dua ribu dua puluh enam"),
        (11_000, "sebelas ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (507_000, "lima ratus tujuh ribu"),
        (999_009_000_012, "sembilan ratus sembilan puluh sembilan miliar sembilan juta dua belas"),
        (-48_000, "minus empat puluh delapan ribu"),
    ],
)  # fmt: skip
def test_a_number_is_spelled(number, words):
    assert spelled(number) == words


def read(words):
    """The number behind words below a thousand times a size, read another way round."""
    total, group = 0, 0
    last = 0
    for word in words.replace("sepuluh", "satu puluh").replace("sebelas", "satu belas").split():
        match word:
            case "seratus":
                group += 100
            case "seribu":
                total += 1000
            case "belas":
                group += 10
            case "puluh":
                group += last * 9
            case "ratus":
                group += last * 99
            case "ribu" | "juta" | "miliar" | "triliun":
                total, group = total + group * SIZES[word], 0
            case _:
                last = ONES.index(word)
                group += last
    return total + group


@given(st.integers(0, 999_999_999_999_999))
def test_what_is_spelled_is_read_back(number):
    assert read(spelled(number)) == number


def test_a_sum_begins_with_a_capital_and_ends_with_rupiah():
    assert spelled_rupiah(320_000) == "Tiga ratus dua puluh ribu rupiah"
