import pytest

from bekal.foundation.exports import csv_lines, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(text):
    assert safe_cell(text) == "'" + text


def test_a_harmless_cell_stays_as_it_is():
    for text in ("Keripik pisang", "", "5000", "a=b"):
        assert safe_cell(text) == text


def test_lines_open_in_indonesian_spreadsheets():
    lines = list(csv_lines(("nama", "rupiah"), [("=1+1", -5000), ("Abon; pedas", None)]))
    assert lines == ["\ufeffnama;rupiah\r\n", "'=1+1;-5000\r\n", '"Abon; pedas";\r\n']


def test_a_long_table_is_never_held_whole():
    rows = iter([("satu",), ("dua",)])
    lines = csv_lines(("nama",), rows)
    assert [next(lines), next(lines)] == ["\ufeffnama\r\n", "satu\r\n"]
    assert next(rows) == ("dua",)
