"""QRIS codes are what Bank Indonesia says, read by others than the library that wrote them."""

from io import BytesIO

import cemacqr
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bekal.foundation import formats
from bekal.payments import qris
from bekal.payments.tests.money import STATIC

LABEL = "BK-7Q2M-18KD"


def checksum(text):
    """CRC-16/CCITT-FALSE, by hand: polynomial 1021, initial value FFFF."""
    register = 0xFFFF
    for byte in text.encode():
        register ^= byte << 8
        for _ in range(8):
            register = (register << 1) ^ (0x1021 if register & 0x8000 else 0)
            register &= 0xFFFF
    return f"{register:04X}"


def tags(text):
    """Tag, length, value, by hand: a mapping from tag to value, in order."""
    found, at = {}, 0
    while at < len(text):
        tag, length = text[at : at + 2], int(text[at + 2 : at + 4])
        assert tag not in found
        found[tag] = text[at + 4 : at + 4 + length]
        assert len(found[tag]) == length
        at += 4 + length
    return found


@given(amount=st.integers(1, formats.LARGEST_RUPIAH))
def test_amount_and_label_enter_and_the_rest_stays(amount):
    code = qris.with_amount(STATIC, amount=amount, label=LABEL)
    read = tags(code)
    assert list(read) == sorted(read, key=lambda tag: (tag == "63", tag))
    assert (read["00"], read["01"], read["53"], read["58"]) == ("01", "12", "360", "ID")
    assert read["54"] == str(amount)
    assert (read["59"], read["60"], read["61"]) == ("CONTOH LAPAS NABIRE", "NABIRE", "00000")
    assert tags(read["62"]) == {"05": LABEL}
    assert tags(read["51"]) == {"00": "ID.CO.QRIS.WWW", "02": "ID0000000000017", "03": "URE"}
    assert tags(read["26"])["01"].startswith("9360")
    assert read["63"] == checksum(code[:-4])


@given(amount=st.integers(1, formats.LARGEST_RUPIAH))
def test_an_independent_parser_agrees(amount):
    code = cemacqr.parse_payload(qris.with_amount(STATIC, amount=amount, label=LABEL))
    assert code.crc_ok
    assert (code.merchant_name, code.merchant_city) == ("CONTOH LAPAS NABIRE", "NABIRE")
    assert code.amount_decimal == amount
    report = cemacqr.validate(code, cemacqr.EMVCO)
    assert report.ok, report


def test_a_changed_amount_is_found_by_all():
    code = qris.with_amount(STATIC, amount=507_000, label=LABEL)
    forged = code.replace("5406507000", "5406507001")
    assert forged != code
    assert not cemacqr.parse_payload(forged).crc_ok
    with pytest.raises(qris.QrisUnreadable, match="Angka periksa"):
        qris.read_static(forged)


def test_a_static_code_is_read_with_name_and_nmid():
    code = qris.read_static(f"  {STATIC}\n")
    assert (code.name, code.city, code.nmid) == (
        "CONTOH LAPAS NABIRE",
        "NABIRE",
        "ID0000000000017",
    )
    assert code.payload == STATIC
    assert code.acquirer == ""


def sealed(text):
    return f"{text}6304{checksum(text + '6304')}"


BODY = STATIC[:-8]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "bukan teks kode QRIS"),
        ("https://contoh.id/bayar", "bukan teks kode QRIS"),
        ("0002010102", "bukan teks kode QRIS"),
        (STATIC[:-1] + ("0" if STATIC[-1] != "0" else "1"), "Angka periksa"),
        (STATIC[:40] + " " + STATIC[40:], "bukan teks|aturan QRIS|Angka periksa"),
        (qris.with_amount(STATIC, amount=5, label=""), "sudah berisi jumlah"),
        (sealed(BODY.replace("5802ID", "5502015802ID")), "menambah biaya"),
        (sealed(BODY.replace("ID0000000000017", "XX0000000000017")), "NMID"),
        (sealed(BODY.replace("5303360", "5303840")), "aturan QRIS"),
        ("9" * 513, "terlalu panjang"),
        ("\x00", "bukan teks kode QRIS"),
    ],
)
def test_what_is_no_static_code_of_a_merchant_is_refused(text, sentence):
    with pytest.raises(qris.QrisUnreadable, match=sentence) as refusal:
        qris.read_static(text)
    assert refusal.value.field == "static_qris"


def test_a_sample_names_no_acquirer_and_says_what_it_is():
    for number in (1, 17, 999):
        code = qris.sample(name="CONTOH RUTAN KELAS IIB BAJAWA", city="A" * 20, number=number)
        read = qris.read_static(code)
        assert (read.name, read.city) == ("CONTOH RUTAN KELAS IIB BA", "A" * 15)
        assert read.acquirer == ""
        assert tags(tags(code)["26"])["00"] == "ID.CONTOH.WWW"


def test_the_picture_of_a_code_reads_back():
    code = qris.with_amount(STATIC, amount=507_123, label=LABEL)
    picture = Image.open(BytesIO(qris.png(code)))
    assert picture.format == "PNG"
    assert min(picture.size) >= 600
    (found,) = zxingcpp.read_barcodes(picture)
    assert (found.text, found.format) == (code, zxingcpp.BarcodeFormat.QRCode)
