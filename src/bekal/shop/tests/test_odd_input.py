"""What no field of a browser sends, and whoever writes to the pages by hand may."""

import pytest

from bekal.shop.models import Draft, Payee
from bekal.shop.tests.buying import ADDRESS, begun, buyer, put, words
from bekal.shop.tests.market import an_order, place
from bekal.shop.tests.reporting import a_parcel, a_report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

NO_DIGITS = "Isi empat angka terakhir nomor WhatsApp."
NO_EMAIL = "Tulis email seperti rina@contoh.id, atau kosongkan."


@pytest.fixture
def rina():
    return buyer()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"district": "9301\x0001", "place": "Susut"}, "Pilih kecamatan Anda dari daftar."),
        ({"district": "9" * 40}, "Pilih kecamatan Anda dari daftar."),
        ({"email": "rina@contoh.id\x00"}, NO_EMAIL),
        ({"email": f"{'r' * 300}@contoh.id"}, NO_EMAIL),
    ],
)
def test_the_address_is_asked_for_again_in_the_words_of_its_field(rina, market, changes, told):
    put(rina, market.endek)
    step = begun(rina)
    kept = Draft.objects.values_list("answers", flat=True)
    before = list(kept)
    answer = rina.post(step, {**ADDRESS, **changes})
    assert answer.status_code == 422
    assert told in words(answer)
    assert "karakter" not in words(answer)
    assert list(kept) == before


@pytest.mark.parametrize("typed", ["7890\x00", "7" * 300])
def test_digits_that_no_field_takes_are_asked_for_in_its_own_words(rina, market, typed):
    new = an_order(market, ("noken", 1))
    code = place(new).code
    answer = rina.post(f"/pesanan/{code}/alamat/", {"digits": typed})
    assert (answer.status_code, NO_DIGITS in words(answer)) == (422, True)
    assert "karakter" not in words(answer).lower()


@pytest.mark.parametrize("typed", ["BK-7Q2M-18KD\x00", "B" * 300])
def test_a_code_that_no_field_takes_is_an_unknown_one(rina, typed):
    answer = rina.get("/pesanan/", {"kode": typed})
    assert answer.status_code == 422
    assert "Kode tidak dikenal. Periksa lagi huruf dan angkanya." in words(answer)
    assert "karakter" not in words(answer).lower()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"account": "1" * 300}, "Nomor rekening 5 sampai 20 angka, tanpa huruf. Periksa lagi."),
        ({"bank": "B" * 300}, "Paling panjang 40 huruf. Singkat tulisannya."),
        ({"holder": "R" * 300}, "Paling panjang 80 huruf. Singkat tulisannya."),
    ],
)
def test_an_account_that_is_too_long_is_told_in_the_words_of_its_field(rina, market, changes, told):
    part = a_parcel(market)
    a_report(part)
    given = {"bank": "BRI", "account": "123456", "holder": "Rina", "digits": "7890", **changes}
    answer = rina.post(f"/pesanan/{part.order.code}/rekening/", given)
    assert (answer.status_code, told in words(answer)) == (422, True)
    assert "karakter" not in words(answer)
    assert not Payee.objects.exists()
