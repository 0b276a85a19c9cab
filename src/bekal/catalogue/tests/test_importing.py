"""A sheet of prices and costs, looked at and then written row by row."""

import datetime as dt

import pytest

from bekal.catalogue import actions, sheet_file
from bekal.catalogue.models import Cost, Price
from bekal.catalogue.tests.factories import NOW, RINA, TODAY, a_product, a_unit


def test_a_sheet_is_read_with_and_without_a_heading_and_by_any_divider():
    plain = [(row.code, row.price, row.cost) for row in sheet_file.read_sheet("00011;Rp 5.000;0")]
    assert plain == [("00011", 5000, 0)]
    for text in (
        "00011\t5000\t0",
        "00011,5000,0",
        "\ufeffharga_pokok;nama;KODE;harga\n0;Abon;00011;5000\n\n",
    ):
        rows = sheet_file.read_sheet(text)
        assert [(row.code, row.price, row.cost) for row in rows] == plain


@pytest.mark.parametrize(
    "text", ["", "\n\n;;\n", "kode;harga\n", "x" * 200_001, '"' + "x" * 140_000]
)
def test_a_sheet_of_nothing_or_too_much_is_refused(text):
    with pytest.raises(sheet_file.SheetUnreadable) as refused:
        sheet_file.read_sheet(text)
    assert refused.value.field == "sheet"


def test_more_than_five_hundred_rows_are_refused():
    with pytest.raises(sheet_file.SheetUnreadable):
        sheet_file.read_sheet("00011;5000\n" * 501)


@pytest.mark.parametrize(
    "row",
    [
        "00012;5000;",
        "?;5000;",
        ";5000;",
        "00011;lima;",
        "00011;0;",
        "00011;;",
        "00011;-5;1",
        "00011;48,5;",
        "=1+1;5;5",
        "00011;5000;-1",
        "00011;" + "9" * 40,
    ],
)
def test_nonsense_in_a_row_stays_in_its_row(row):
    first, second = sheet_file.read_sheet(f"{row}\n00022;7000;")
    assert first.problem
    assert (second.code, second.price, second.problem) == ("00022", 7000, "")


def test_a_code_that_stands_twice_is_reported():
    rows = sheet_file.read_sheet("00011;5000\n00011;6000")
    assert [bool(row.problem) for row in rows] == [False, True]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x" * 200_001])
def test_a_file_that_is_no_text_or_too_large_is_refused(content):
    with pytest.raises(sheet_file.SheetUnreadable):
        sheet_file.read_file(content)


def write(unit, text, *, valid_from=TODAY):
    return actions.import_amounts(
        unit_id=unit.pk,
        rows=sheet_file.read_sheet(text),
        valid_from=valid_from,
        by=RINA,
        now=NOW,
    )


@pytest.mark.django_db
def test_good_rows_are_written_and_bad_ones_say_why():
    unit = a_unit()
    chips, bag = a_product(unit=unit), a_product(unit=unit, name="Tas")
    other = a_product(unit=a_unit(name="Rutan Kelas IIB Poso", code="rutan-poso"))
    results = write(unit, f"{chips.code};15.000;6.000\n{other.code};1000;\n{bag.code};lima;")
    assert [(result.line, bool(result.problem)) for result in results] == [
        (1, False),
        (2, True),
        (3, True),
    ]
    assert (Price.objects.get().product, Cost.objects.get().amount) == (chips, 6_000)


@pytest.mark.django_db
def test_the_same_sheet_again_writes_nothing_new():
    unit = a_unit()
    chips = a_product(unit=unit)
    for _ in range(2):
        assert not write(unit, f"{chips.code};15000;6000")[0].problem
    assert (Price.objects.count(), Cost.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_row_is_written_whole_or_not_at_all():
    unit = a_unit()
    chips = a_product(unit=unit)
    before = NOW - dt.timedelta(days=30)
    actions.set_cost(product_id=chips.pk, amount=1, valid_from=before.date(), by=RINA, now=before)
    results = write(unit, f"{chips.code};15000;6000", valid_from=TODAY - dt.timedelta(days=1))
    assert "sudah ada harga pokok" in results[0].problem
    assert not Price.objects.exists()
    assert Cost.objects.count() == 1
