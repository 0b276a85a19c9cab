"""Pages, styles and documents keep the house rules. Each failure says what to do."""

from pathlib import Path

import pytest

from tests.house import papers
from tests.house.tree import REPOSITORY, ROOMS, SOURCE, files, text_of, within

GLOSSARY = Path("docs/glossary.md")
ARCHITECTURE = Path("docs/architecture.md")


def report(faults):
    """Fail with one line per fault."""
    assert not faults, "\n" + "\n".join(faults)


def each(paths, check):
    """Every fault that a check finds in files, with the file's name before it."""
    return [f"{path}: {fault}" for path in paths for fault in check(path)]


def of_kind(*suffixes):
    return [path for path in files() if path.suffix in suffixes]


def read(path):
    """What `homeless_terms` asks: text of a file, "" for a directory, None for neither."""
    if (SOURCE / path).is_dir():
        return ""
    return (SOURCE / path).read_text() if (SOURCE / path).is_file() else None


def test_pages_carry_no_inline_style():
    ours = [path for path in of_kind(".html", ".py", ".svg") if not within(path, "tests")]
    report(each(ours, lambda path: papers.inline_styles(text_of(path))))


@pytest.mark.parametrize(
    "text", ['<p style="color:red">', "<div class=x STYLE = 'a'>", "<style>", "f'<b style=\"x\">'"]
)
def test_an_inline_style_is_found(text):
    assert papers.inline_styles(text)


@pytest.mark.parametrize(
    "text", ['<link rel="stylesheet">', '<p class="style">', "style = 3", '{% url "ui:style" %}']
)
def test_a_word_about_style_is_no_false_alarm(text):
    assert papers.inline_styles(text) == []


def test_no_file_names_a_package_registry():
    report(each(files(), lambda path: papers.registry_addresses(text_of(path))))


@pytest.mark.parametrize(
    "text",
    [
        "https://pypi" + ".org/simple",
        "https://files.python" + "hosted.org/x.whl",
        '"resolved": "https://registry' + '.npmjs.org/x"',
        "pip install --index" + "-url http://10.0.0.1 x",
        "index" + "-url = http://10.0.0.1",
    ],
)
def test_a_registry_address_is_found(text):
    assert papers.registry_addresses(text)
    assert papers.registry_addresses("django==5.2.19 --hash=sha256:0") == []


def test_styles_do_not_shout():
    report(each(of_kind(".css"), lambda path: papers.loud_styles(text_of(path))))


def test_a_loud_style_is_found_but_where_motion_is_reduced():
    calm = (
        "@layer a { @media (prefers-reduced-motion: reduce) { * { transition: none !important } } }"
    )
    assert papers.loud_styles(calm) == []
    assert papers.loud_styles("/* never !important */ p { color: red; }") == []
    (fault,) = papers.loud_styles(calm + "\np {\n  color: red !important;\n}")
    assert fault.startswith("line 3:")
    assert papers.loud_styles("p { color: red !important }")


def test_links_between_documents_lead_somewhere():
    def exists(path):
        return (REPOSITORY / path).exists()

    documents = of_kind(".md")
    assert documents
    report(each(documents, lambda path: papers.dead_links(path, text_of(path), exists)))


def test_a_dead_link_is_found():
    text = "[a](../README.md) [b](https://example.id) [c](#here) [d](gone.md#part)"
    faults = papers.dead_links(Path("docs/glossary.md"), text, lambda p: p == Path("README.md"))
    assert faults == ["gone.md is not there"]


@pytest.mark.parametrize("page", [ARCHITECTURE, Path("README.md"), Path("README.id.md")])
def test_every_room_has_its_line_in_the_table_of_rooms(page):
    there = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert there == set(ROOMS)
    report(papers.homeless_rooms(ROOMS, text_of(page)))


def test_a_room_without_line_and_a_line_without_room_are_found():
    page = "| [sales](src/bekal/sales/) | the sale |\n| `stock` | gone |"
    assert papers.homeless_rooms(["sales", "ledger"], page) == [
        "ledger: give it a line in the table",
        "stock: there is no such room",
    ]


def test_every_room_that_is_lived_in_has_a_readme():
    report(papers.rooms_without_readme(files()))


def test_a_room_without_readme_is_found():
    views, readme = Path("src/bekal/sales/views.py"), Path("src/bekal/sales/README.md")
    assert papers.rooms_without_readme([views])
    assert papers.rooms_without_readme([Path("src/bekal/ui/templates/ui/base.html")])
    assert papers.rooms_without_readme([views, readme]) == []
    assert papers.rooms_without_readme([Path("src/bekal/sales/apps.py")]) == []


def test_every_term_of_the_glossary_has_its_place_in_the_code():
    report(papers.homeless_terms(text_of(GLOSSARY), read))


def test_a_term_without_a_place_is_found():
    def row(where):
        return f"| Term | Meaning | Source | Where | Rejected |\n| tenure | x | y | {where} | z |"

    assert papers.homeless_terms(row("`places/models.py::Tenure`"), read) == []
    assert papers.homeless_terms(row("`places/`"), read) == []
    assert papers.homeless_terms(row("not yet"), read) == []
    assert papers.homeless_terms(row("`places/models.py::Reign`"), read)
    assert papers.homeless_terms(row("`stock/models.py`"), read)
    assert papers.homeless_terms(row("somewhere"), read)
    assert papers.homeless_terms(row("`places/` | one cell more"), read)
