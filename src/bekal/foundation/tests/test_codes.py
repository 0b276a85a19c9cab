import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bekal.foundation.codes import ALPHABET, CHECK_SIGNS, CodeMistyped, decode, encode, grouped

NUMBERS = st.integers(0, 2**64)


def reads_as(code, number):
    try:
        return decode(code) == number
    except CodeMistyped:
        return False


@given(NUMBERS, st.integers(0, 16))
def test_a_code_is_read_back_as_its_number(number, length):
    code = encode(number, length=length)
    assert len(code) >= length
    assert decode(code) == number


def test_the_example_of_the_docstring_is_true():
    assert encode(1234) == "16JD"
    assert encode(0) == "00"


@given(NUMBERS, st.data())
def test_every_single_wrong_sign_is_found(number, data):
    code = encode(number, length=8)
    place = data.draw(st.integers(0, len(code) - 1))
    signs = CHECK_SIGNS if place == len(code) - 1 else ALPHABET
    wrong = data.draw(st.sampled_from([sign for sign in signs if sign != code[place]]))
    with pytest.raises(CodeMistyped):
        decode(code[:place] + wrong + code[place + 1 :])


@given(NUMBERS, st.data())
def test_every_swap_of_neighbours_is_found(number, data):
    code = encode(number, length=8)
    place = data.draw(st.integers(0, len(code) - 2))
    assume(code[place] != code[place + 1])
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    with pytest.raises(CodeMistyped):
        decode(swapped)


def test_no_small_code_reads_as_itself_with_another_sign():
    for number in range(0, 40_000, 397):
        code = encode(number)
        for place, sign in enumerate(code):
            for other in CHECK_SIGNS if place == len(code) - 1 else ALPHABET:
                changed = code[:place] + other + code[place + 1 :]
                assert reads_as(changed, number) is (other == sign)


@given(NUMBERS)
def test_reading_is_generous(number):
    code = encode(number, length=8)
    assert decode(code.lower()) == number
    assert decode(grouped(code)) == number
    assert decode(f" {' '.join(code)} ") == number
    assert decode(code.replace("0", "O").replace("1", "l")) == number
    for sign in "\u2010\u2011\u2013\u2014\u2212\u00a0\u202f":
        assert decode(grouped(code).replace("-", sign)) == number


@pytest.mark.parametrize(
    "text", ["", "-", "0", "*", "U0", "16J\x00D", "1б6JD", "ı6JD", "16JD!", "0" * 100_000]
)
def test_what_is_no_code_is_refused_in_words(text):
    with pytest.raises(CodeMistyped, match="Kode tidak dikenal"):
        decode(text)


def test_groups_are_of_equal_size_but_for_the_last():
    assert grouped("K7Q4MD2P9") == "K7Q4-MD2P-9"


def test_there_is_no_code_below_zero():
    with pytest.raises(ValueError, match="zero or more"):
        encode(-1)
