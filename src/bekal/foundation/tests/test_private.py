"""Keys of private addresses: made again as they were, never made from what is kept."""

import pytest

from bekal.foundation.private import KEY_LENGTH, digest_of, private_key


def test_a_key_is_made_again_as_it_was():
    assert private_key("lembaga", 7) == private_key("lembaga", 7)
    assert len(private_key("lembaga", 7)) == KEY_LENGTH


def test_purpose_subject_and_version_each_make_another_key():
    keys = {
        private_key("lembaga", 7),
        private_key("lembaga", 8),
        private_key("lembaga", 7, version=2),
        private_key("permintaan", 7),
    }
    assert len(keys) == 4


def test_a_key_stands_in_an_address_as_it_is():
    signs = set("".join(private_key("lembaga", subject) for subject in range(50)))
    assert signs <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_another_installation_makes_other_keys(settings):
    before = private_key("lembaga", 7)
    settings.SECRET_KEY = "lain"
    assert private_key("lembaga", 7) != before


@pytest.mark.parametrize("key", ["", "a", private_key("lembaga", 1)])
def test_what_is_kept_of_a_key_is_not_the_key(key):
    assert len(digest_of(key)) == 64
    assert digest_of(key) != key
