"""The pages of a unit's PNBP: what they show, what they take, and whom they refuse."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.treasury.models import Deposit, DepositPayment, DepositProof
from bekal.treasury.tests.deposits import (
    billed,
    code,
    comes_back,
    deposits,
    everything,
    ntpn,
    owes,
    sells,
)
from tests.support.world import NOON

PNBP = "/kerja/lapas-narkotika-kelas-iia-bangli/uang/pnbp/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def ratna(world, person):
    """The treasurer of Bangli, which owes 100.000."""
    sells(world.bangli, world.endek, 2)
    return person("Ratna", (Role.BENDAHARA, "bangli"))


@pytest.fixture
def made(world, person):
    """Somebody of the unit who sees its books and keeps no money."""
    return person("Made", (Role.PETUGAS, "bangli"))


def text_of(answer):
    return " ".join(answer.content.decode().split())


def a_form(**changes):
    return {
        "key": str(uuid7()),
        "amount": "100.000",
        "billing_code": code(1),
        "expires_on": "2026-05-04",
        "expires_time": "23:59",
        **changes,
    }


def a_paid_form(**changes):
    return {
        "key": str(uuid7()),
        "ntpn": ntpn(1),
        "means": "cash",
        "paid_on": "2026-04-27",
        **changes,
    }


def test_the_treasurer_bills_pays_and_proves_what_is_owed(ratna, world):
    assert "Rp100.000" in text_of(ratna.get(PNBP))
    first = ratna.post(f"{PNBP}setor/", a_form(), follow=True)
    assert "Setoran tersimpan" in text_of(first)
    deposit = Deposit.objects.get()
    second = ratna.post(f"{PNBP}{deposit.pk}/bayar/", a_paid_form(), follow=True)
    assert "PNBP terutang sudah berkurang" in text_of(second)
    assert "Ratna" in text_of(second)
    assert owes(world.bangli).owed == 0
    paper = SimpleUploadedFile("bpn.pdf", b"%PDF-1.7 uji")
    third = ratna.post(f"{PNBP}{deposit.pk}/bukti/", {"file": paper}, follow=True)
    assert "Bukti tersimpan" in text_of(third)
    kept = ratna.get(f"{PNBP}bukti/{DepositProof.objects.get().pk}/")
    assert kept.content == b"%PDF-1.7 uji"
    assert kept["Content-Disposition"].startswith("attachment")
    assert "sandbox" in kept["Content-Security-Policy"]


def test_a_photograph_is_drawn_anew_without_its_place(ratna, world):
    deposit = billed(world.bangli, 100_000)
    picture, exif = Image.new("RGB", (3000, 20), "white"), Image.Exif()
    exif[0x010E] = "rahasia"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    sent = SimpleUploadedFile("foto bukti.jpeg", file.getvalue() + b"<script>")
    ratna.post(f"{PNBP}{deposit}/bukti/", {"file": sent})
    proof = DepositProof.objects.get()
    assert (proof.name, proof.media_type) == ("foto bukti.jpg", "image/jpeg")
    kept = bytes(proof.content)
    assert b"rahasia" not in kept
    assert b"<script>" not in kept
    assert Image.open(io.BytesIO(kept)).width == 2400


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"PK\x03\x04", b"\xff\xd8\xff\xe0 broken", b"%PDF-1.7" + b"x" * 5_300_000],
    ids=["empty", "page", "package", "broken", "large"],
)
def test_what_is_no_proof_is_refused_at_its_field(ratna, world, content):
    deposit = billed(world.bangli, 100_000)
    sent = SimpleUploadedFile("bukti.pdf", content)
    answer = ratna.post(f"{PNBP}{deposit}/bukti/", {"file": sent})
    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()
    assert not DepositProof.objects.exists()


def test_what_was_typed_is_kept_when_something_is_wrong(ratna):
    before = everything()
    typed = a_form(amount="100.001", billing_code="123")
    answer = ratna.post(f"{PNBP}setor/", typed)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "15 angka" in page
    assert 'value="123"' in page
    assert typed["key"] in page
    more = ratna.post(f"{PNBP}setor/", a_form(amount="100.001"))
    assert more.status_code == 422
    assert "belum punya kode billing Rp100.000" in text_of(more)
    assert everything() == before


def test_a_deposit_paid_late_is_told_what_to_do(ratna, world):
    then = NOON - dt.timedelta(days=9)
    deposit = billed(world.bangli, 100_000, now=then, expires_at=NOON - dt.timedelta(days=2))
    assert "Batalkan setoran ini dan buat yang baru" in text_of(ratna.get(f"{PNBP}{deposit}/"))
    answer = ratna.post(f"{PNBP}{deposit}/bayar/", a_paid_form())
    assert answer.status_code == 422
    assert "buat kode baru" in text_of(answer)
    assert not DepositPayment.objects.exists()


def test_a_used_key_with_other_content_is_kept_for_a_person(ratna):
    typed = a_form()
    ratna.post(f"{PNBP}setor/", typed)
    again = ratna.post(f"{PNBP}setor/", {**typed, "billing_code": code(2), "more_reason": "x"})
    assert again.status_code == 409
    assert Deposit.objects.count() == 1


def test_a_deposit_of_the_past_is_written_down_with_its_ntpn(ratna, world):
    typed = {**a_form(expires_on="2026-04-10"), **a_paid_form(paid_on="2026-04-05")}
    answer = ratna.post(f"{PNBP}setor/sudah-dibayar/", typed, follow=True)
    assert "Dibayar" in text_of(answer)
    assert owes(world.bangli).owed == 0


def test_a_deposit_is_called_off_for_a_reason(ratna, world):
    deposit = billed(world.bangli, 100_000)
    assert ratna.post(f"{PNBP}{deposit}/batal/", {"reason": ""}).status_code == 422
    answer = ratna.post(f"{PNBP}{deposit}/batal/", {"reason": "salah jumlah"}, follow=True)
    assert "Dibatalkan karena" in text_of(answer)
    refused = ratna.post(f"{PNBP}{deposit}/bayar/", a_paid_form())
    assert refused.status_code == 422
    assert "sudah dibatalkan" in text_of(refused)


def test_what_came_back_is_set_off_by_a_document(ratna, world):
    sale = sells(world.bangli, world.endek)
    deposits(world.bangli, 150_000)
    comes_back(sale)
    sells(world.bangli, world.endek)
    typed = {
        "key": str(uuid7()),
        "amount": "50.000",
        "document": "S-17/KPPN (uji)",
        "set_on": "2026-04-27",
    }
    answer = ratna.post(f"{PNBP}perhitungkan/", typed, follow=True)
    assert "sudah diperhitungkan" in text_of(answer)
    assert (owes(world.bangli).owed, owes(world.bangli).overpaid) == (0, 0)


def test_the_list_is_narrowed_and_taken_along(ratna, world):
    deposits(world.bangli, 10_000, number=1)
    billed(world.bangli, 20_000, number=2)
    paid = text_of(ratna.get(f"{PNBP}?keadaan=dibayar"))
    assert code(1) in paid
    assert code(2) not in paid
    found = text_of(ratna.get(f"{PNBP}?cari={code(2)}"))
    assert code(2) in found
    assert code(1) not in found
    assert code(1) in text_of(ratna.get(f"{PNBP}?cari=%00"))
    file = b"".join(ratna.get(f"{PNBP}unduh/?urut=terbesar")).decode()
    assert file.index(code(2)) < file.index(code(1))
    assert ntpn(1) in file


def test_every_amount_that_is_owed_leads_to_its_reckoning(ratna, world):
    sale = sells(world.bangli, world.endek, 3)
    page = text_of(ratna.get(f"{PNBP}terutang/"))
    assert f"/penjualan/{sale}/" in page
    assert "Mengapa sebesar ini?" in page
    file = b"".join(ratna.get(f"{PNBP}terutang/unduh/")).decode()
    assert ";150000;150000" in file


def test_who_only_sees_the_books_is_offered_nothing_and_refused(ratna, world, made):
    deposit = billed(world.bangli, 60_000)
    page = text_of(made.get(PNBP))
    assert "Buat setoran" not in page
    before = everything()
    for address in ("setor/", f"{deposit}/bayar/", f"{deposit}/batal/", "perhitungkan/"):
        assert made.post(PNBP + address, a_paid_form()).status_code == 403
    assert everything() == before


def test_an_empty_unit_says_so(world, person):
    wayan = person("Wayan", (Role.BENDAHARA, "bangli"))
    assert "Belum ada setoran." in text_of(wayan.get(PNBP))
    assert "Tidak ada PNBP yang terutang." in text_of(wayan.get(f"{PNBP}terutang/"))


@pytest.mark.parametrize(("address", "most"), [("", 9), ("terutang/", 5), ("setor/", 6)])
def test_the_pages_ask_little_however_much_there_is(
    ratna, world, django_assert_max_num_queries, address, most
):
    for number in range(1, 5):
        sells(world.bangli, world.endek)
        deposits(world.bangli, 10_000, number=number)
    ratna.get(PNBP + address)
    with django_assert_max_num_queries(most):
        ratna.get(PNBP + address)
