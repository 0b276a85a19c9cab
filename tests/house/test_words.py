"""Public pages exist in two languages, whole."""

from collections import Counter

import pytest

from tests.house import words
from tests.house.words import PACKAGE

ROOMS = words.rooms()
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
PUBLIC = [path for path in TEMPLATES if '{% extends "ui/public.html" %}' in path.read_text()]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_all_that_a_room_says_in_public_has_english(room):
    known = words.lines_of(words.english(room))
    missing = {text: where for where, text in words.said(room) if not all(known.get(text, [""]))}
    assert not missing


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_english_keeps_the_numbers_and_names_of_the_indonesian(room):
    for text, translations in words.lines_of(words.english(room)).items():
        for english in translations:
            wanted, found = (set(words.PLACEHOLDER.findall(each)) for each in (text, english))
            assert found == wanted, text


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_no_english_is_kept_for_what_nobody_says(room):
    said = {text for _, text in words.said(room)}
    assert not set(words.lines_of(words.english(room))) - said


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_nothing_is_translated_twice_in_a_room(room):
    told = words.entries(room)
    assert not [entry for entry, times in Counter(told).items() if times > 1]


def test_the_same_words_have_the_same_english_in_every_room():
    # Django joins all rooms' words: where two differ, which one is shown is chance.
    # A context tells two meanings apart.
    told: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for room in ROOMS:
        for key, translations in words.meanings_of(words.english(room)).items():
            told.setdefault(key, set()).add(tuple(translations))
    assert not [text for text, several in told.items() if len(several) > 1]


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_public_template_says_nothing_untranslated(path):
    assert not words.bare_words(path.read_text())


def test_the_tests_of_words_would_notice(tmp_path, monkeypatch):
    monkeypatch.setattr(words, "PACKAGE", tmp_path)
    assert words.bare_words("<p>{% translate 'Karya' %} Rahasia {{ x }}</p>") == ["Rahasia"]
    (tmp_path / "templates").mkdir()
    (tmp_path / "rules.py").write_text('from x import gettext as _\nA = _("Halo")\n')
    page = tmp_path / "templates" / "a.html"
    page.write_text('{% load i18n %}{% translate "Katalog" %}')
    assert {text for _, text in words.said(tmp_path)} == {"Halo", "Katalog"}
    assert words.lines_of(words.english(tmp_path)) == {}
