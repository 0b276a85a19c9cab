import base64
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.foundation.sealing import BoxClosed, close_box, close_box_anew, is_box_key, open_box
from bekal.foundation.totp import (
    STEP_SECONDS,
    address_of,
    code_at,
    matching_step,
    new_secret,
    step_at,
)

KEYS = [
    "dGVzdC1vbmx5LWZhY3Rvci1mYWN0b3ItdGVzdC1vbmw=",
    "dGVzdC1vbmx5LXRlc3Qtb25seS10ZXN0LW9ubHktITE=",
]
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = dt.datetime(2026, 11, 29, 3, 0, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds, code):
    """The last six of the eight digits of its appendix B, SHA-1."""
    at = dt.datetime.fromtimestamp(seconds, dt.UTC)
    assert code_at(RFC_SECRET, step_at(at)) == code
    assert matching_step(RFC_SECRET, code, now=at) == seconds // STEP_SECONDS


@given(st.integers(-90, 90))
def test_a_clock_may_be_one_step_early_or_late_and_no_more(late):
    here = step_at(NOW)
    typed = step_at(NOW + dt.timedelta(seconds=late))
    found = matching_step(RFC_SECRET, code_at(RFC_SECRET, typed), now=NOW)
    assert found == (typed if abs(typed - here) <= 1 else None)


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "0" * 20, "💥"])
def test_nonsense_is_no_code(typed):
    assert matching_step(RFC_SECRET, typed, now=NOW) is None


def test_secrets_are_random_and_telephones_can_read_them():
    secret = new_secret()
    assert secret != new_secret()
    assert len(base64.b32decode(secret)) == 20
    address = address_of(secret, account="siti@contoh.go.id", issuer="Bekal (contoh)")
    assert address == (
        "otpauth://totp/Bekal%20%28contoh%29%3Asiti%40contoh.go.id"
        f"?secret={secret}&issuer=Bekal%20%28contoh%29"
    )


def test_a_box_opens_for_its_owner_under_any_key_and_for_nobody_else():
    old = close_box("rahasia", owner="user:1", keys=KEYS[1:])
    assert open_box(old, owner="user:1", keys=KEYS) == "rahasia"
    renewed = close_box_anew(old, keys=KEYS)
    assert open_box(renewed, owner="user:1", keys=KEYS[:1]) == "rahasia"
    for owner, keys in (("user:2", KEYS), ("user:1", KEYS[:1]), ("user:1", [])):
        with pytest.raises(BoxClosed):
            open_box(old, owner=owner, keys=keys)
    with pytest.raises(BoxClosed):
        close_box("rahasia", owner="user:1", keys=[])
    with pytest.raises(BoxClosed):
        close_box_anew(old, keys=KEYS[:1])
    assert [is_box_key(key) for key in (*KEYS, "pendek")] == [True, True, False]
