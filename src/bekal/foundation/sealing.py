"""Texts encrypted for one owner; no key stands in the database.

The first key encrypts, all of them read. A text is encrypted together with its owner, so that
whoever can write to a table cannot give one owner's text to another.
"""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

PARTED = "\x1f"


class BoxClosed(Exception):
    """No key opens it, or it is another owner's, or there is no key at all."""


def is_box_key(key: str) -> bool:
    """Whether a text is a key of Fernet: 32 bytes in base 64 as addresses write it."""
    try:
        Fernet(key)
    except ValueError:
        return False
    return True


def close_box(text: str, *, owner: str, keys: Sequence[str]) -> bytes:
    """A text as it is stored. Raises BoxClosed without a key."""
    return _box(keys).encrypt(f"{owner}{PARTED}{text}".encode())


def open_box(closed: bytes, *, owner: str, keys: Sequence[str]) -> str:
    """The text of this owner. Raises BoxClosed."""
    try:
        found, _, text = _box(keys).decrypt(closed).decode().partition(PARTED)
    except InvalidToken as unknown:
        raise BoxClosed from unknown
    if found != owner:
        raise BoxClosed
    return text


def close_box_anew(closed: bytes, *, keys: Sequence[str]) -> bytes:
    """The same text under the newest key. Raises BoxClosed."""
    try:
        return _box(keys).rotate(closed)
    except InvalidToken as unknown:
        raise BoxClosed from unknown


def _box(keys: Sequence[str]) -> MultiFernet:
    if not keys:
        raise BoxClosed
    return MultiFernet([Fernet(key) for key in keys])
