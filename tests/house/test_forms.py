"""Forms tell what is wrong in our own words, and never in those that Django brings along."""

import copy
import re
from collections import defaultdict
from importlib import import_module
from pathlib import Path

import django
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.utils import translation

from tests.house import words
from tests.house.tree import python_files, within
from tests.house.words import PACKAGE

LANGUAGES = pytest.mark.parametrize("language", ["id", "en"])
ANYTHING = defaultdict(lambda: 7)
"""A number for whatever a sentence leaves room for."""


def subclasses_of(kind):
    """All classes that derive from one, however far."""
    for one in kind.__subclasses__():
        yield one
        yield from subclasses_of(one)


def fields_of_all_forms():
    """Every declared field of the platform, by its name."""
    # The addresses first: they import allauth in an order in which it can be imported.
    assert get_resolver().url_patterns
    for path in python_files():
        if not within(path, "tests", "migrations", "config"):
            import_module(".".join(path.relative_to("src").with_suffix("").parts))
    return {
        f"{form.__module__}.{form.__name__}.{name}": field
        for form in subclasses_of(forms.BaseForm)
        if form.__module__.startswith("bekal.") and "tests" not in form.__module__.split(".")
        for name, field in form.base_fields.items()
    }


FIELDS = fields_of_all_forms()
TEXTS = {name: field for name, field in FIELDS.items() if isinstance(field, forms.CharField)}


def either(told):
    """A sentence, or its singular and its plural."""
    return told if isinstance(told, tuple) else (told,)


def sentences_of_django():
    """What Django says in sentences, with its Indonesian."""
    brought_along = words.spoken(Path(django.__file__).parent / "conf", "id")
    return [each for each in brought_along if each.id and either(each.id)[0].endswith(".")]


def in_any_way(sentences):
    """A pattern of sentences, whatever stands where they leave room."""
    parts = (words.PLACEHOLDER.split(each) for each in sentences if each)
    return re.compile("|".join(".*".join(map(re.escape, each)) for each in parts), re.DOTALL)


DJANGOS = in_any_way(
    each
    for message in sentences_of_django()
    for each in (*either(message.id), *either(message.string))
)


def said_by_django(told):
    """Of sentences by the name of their field, those that are Django's."""
    found = {name: [each for each in said if DJANGOS.fullmatch(each)] for name, said in told}
    return {name: said for name, said in found.items() if said}


def sayable(field):
    """All that a field can say of what is sent to it."""
    told = {each.code: each.message for each in field.validators if hasattr(each, "code")}
    told |= field.error_messages
    if not field.required:
        told.pop("required")
    return [text for each in told.values() for text in ValidationError(each, params=ANYTHING)]


def refusals_of(field, typed):
    """What a field says of a text that it must not take."""
    with pytest.raises(ValidationError) as refused:
        copy.deepcopy(field).clean(typed)
    return refused.value.messages


@LANGUAGES
def test_no_field_can_speak_in_djangos_words(language):
    with translation.override(language):
        assert not said_by_django((name, sayable(field)) for name, field in FIELDS.items())


@LANGUAGES
def test_a_sign_that_no_text_has_is_refused_in_our_words(language):
    with translation.override(language):
        assert not said_by_django(
            (name, refusals_of(field, "a\0b")) for name, field in TEXTS.items()
        )


@LANGUAGES
def test_a_text_that_is_too_long_is_refused_in_our_words(language):
    with translation.override(language):
        assert not said_by_django(
            (name, refusals_of(field, "x" * (field.max_length + 1)))
            for name, field in TEXTS.items()
            if field.max_length
        )


def test_a_field_that_says_nothing_of_its_own_speaks_both_languages():
    short = forms.CharField(max_length=2)
    assert refusals_of(short, "abc") == ["Paling panjang 2 huruf. Singkat tulisannya."]
    assert refusals_of(short, "\0") == ["Tulis dengan huruf dan angka biasa."]
    with translation.override("en"):
        assert refusals_of(short, "abc") == ["At most 2 letters. Make it shorter."]
        assert refusals_of(short, "\0") == ["Write with ordinary letters and digits."]


def test_our_words_stand_in_for_what_django_still_says():
    djangos = {message.id for message in sentences_of_django()}
    indonesian, english = (
        {each.id: each for each in words.spoken(PACKAGE, language) if each.id}
        for language in ("id", "en")
    )
    assert indonesian.keys() == english.keys() <= djangos
    for ours in (*indonesian.values(), *english.values()):
        room = set(words.PLACEHOLDER.findall(either(ours.id)[0]))
        for each in either(ours.string):
            assert each
            assert set(words.PLACEHOLDER.findall(each)) <= room


def test_the_tests_of_forms_would_notice():
    assert len(FIELDS) > 500
    assert said_by_django([("a", ["Karakter null tidak diizinkan.", "Isi kolom ini."])]) == {
        "a": ["Karakter null tidak diizinkan."]
    }
    with translation.override(None):
        assert said_by_django([("a", sayable(forms.FileField(max_length=3)))])
