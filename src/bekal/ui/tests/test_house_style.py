"""The look is one: colours in one file, nothing inline, nothing heavier than its budget."""

import gzip
import re
from pathlib import Path

import pytest

import bekal
from bekal.ui import assets
from bekal.ui.templatetags import ui

PACKAGE = Path(bekal.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
STYLES = sorted(PACKAGE.glob("*/static/**/*.css"))
SCRIPTS = sorted(PACKAGE.glob("*/static/**/*.js"))
FRAME = ("base.html", "staff.html", "strips.html", "nav.html", "person.html", "gaya.html")


def shown(path: Path) -> str:
    """A template without its comments."""
    text = path.read_text()
    return re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", text, flags=re.DOTALL)


def test_colours_are_named_by_number_in_the_token_file_alone():
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
    for path in STYLES:
        found = [] if path.name == "tokens.css" else colour.findall(path.read_text())
        assert not found, f"{path}: {found}"


def test_only_reduced_motion_is_important():
    for path in STYLES:
        before, _, after = path.read_text().partition("@media (prefers-reduced-motion: reduce)")
        assert "!important" not in before, path
        assert after.count("!important") in {0, 2}, path


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_has_no_inline_style_script_or_handler(path):
    text = shown(path)
    assert not re.search(r"\sstyle\s*=|<style", text, re.IGNORECASE)
    assert not re.search(r"<[a-z][^>]*\son[a-z]+\s*=", text, re.IGNORECASE)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text, re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_words_of_a_template_have_no_long_dash_and_no_pleading(path):
    text = shown(path).lower()
    assert not re.search(r"[\u2013\u2014]", text)
    assert not re.search(r"\b(mohon|maaf|oops|tidak valid|wajib diisi|napi)\b", text)


def test_every_source_is_in_the_build():
    assert {path.stem for path in (assets.SOURCES / "css").iterdir()} == set(assets.CSS)
    assert {path.stem for path in (assets.SOURCES / "js").iterdir()} == set(assets.JS)


def test_scripts_stand_alone():
    for path in SCRIPTS:
        assert not re.search(r"^\s*(import|export)\b", path.read_text(), re.MULTILINE), path


def test_every_picture_named_in_css_is_there():
    for sheet in assets.SHEETS:
        for name in re.findall(r'url\("ui/([^"]+)"\)', assets.stylesheet(sheet)):
            assert (assets.SOURCES / name).is_file(), name


@pytest.mark.slow
def test_the_three_files_are_built_once_and_within_their_budgets(tmp_path):
    assert assets.build(tmp_path) is True
    assert assets.build(tmp_path) is False
    for sheet in assets.SHEETS:
        assert len(gzip.compress((tmp_path / sheet).read_bytes(), 9)) <= 14 * 1024, sheet
    assert len(gzip.compress((tmp_path / "bekal.js").read_bytes(), 9)) <= 3 * 1024
    font = (tmp_path / "fonts" / "pjs.woff2").read_bytes()
    assert font.startswith(b"wOF2")
    assert len(font) <= 18 * 1024
    assert not [path for path in tmp_path.rglob("tmp*") if path.is_file()]


def test_a_file_above_its_budget_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "CSS_LIMIT", 10)
    with pytest.raises(assets.TooHeavy, match=r"bekal\.css"):
        assets.build(tmp_path)
    assert not (tmp_path / "bekal.css").exists()


def test_every_tag_and_filter_is_on_the_style_page():
    folder = PACKAGE / "ui" / "templates" / "ui"
    pages = [*folder.glob("gaya/*.html"), *(folder / name for name in FRAME)]
    text = "\n".join(shown(page) for page in pages)
    for name in ui.register.tags:
        assert re.search(rf"{{% {name}\b", text), name
    for name in ui.register.filters:
        assert re.search(rf"\|{name}\b", text), name
