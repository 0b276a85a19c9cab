"""Files for spreadsheets open as they are meant, and run nothing."""

import pytest

from bekal.foundation import spreadsheets


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(text):
    assert spreadsheets.safe_cell(text) == "'" + text


def test_a_harmless_cell_stays_as_it_is():
    for text in ("Keripik pisang", "", "5000", "a=b"):
        assert spreadsheets.safe_cell(text) == text


def test_numbers_stay_numbers_and_texts_are_guarded():
    text = spreadsheets.as_csv(("nama", "bersih"), [("=1+1", -500), ("Toko; pusat", None)])
    assert text == '\ufeffnama;bersih\r\n\'=1+1;-500\r\n"Toko; pusat";\r\n'
