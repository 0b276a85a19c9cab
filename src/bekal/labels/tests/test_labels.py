"""Whoever holds a label learns what it stands on, and nothing of whose work it was."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from bekal.catalogue.actions import set_contact
from bekal.foundation import clock
from bekal.foundation.actors import buyer_actor
from bekal.foundation.codes import CodeMistyped
from bekal.labels import actions, queries
from bekal.labels.models import Scan
from bekal.labels.rules import OFTEN, SLOT, read_label, slot_of
from bekal.people.tests.makers import rules, who_may_work
from bekal.production.actions import mint_labels
from bekal.production.queries import labels_of, shares_of
from bekal.production.tests.batches import DAY, corrects, makes
from bekal.production.tests.goods import a_workshop
from bekal.production.tests.work import limits, works
from tests.support.threads import at_once
from tests.support.world import NOON, TODAY, YOHANA

HOLDER = buyer_actor("label")
UNKNOWN = "Kode tidak dikenal. Periksa lagi huruf dan angkanya."

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def rina():
    """She bought something at a fair and holds it in her hand."""
    return Client()


def a_label(world, **changes):
    """The batch and the code of a noken that Petrus made at Nabire."""
    rules()
    limits(world.nabire, valid_from=TODAY - 200 * DAY, now=NOON - 200 * DAY)
    bench = a_workshop(world.nabire)
    petrus = who_may_work(world.nabire)
    works(petrus, world.nabire, bench)
    batch = makes(world.nabire, bench, world.noken, shares=((petrus, 300),), good=3, **changes)
    mint_labels(unit_id=world.nabire, batch_id=batch, by=YOHANA, now=NOON)
    return batch, labels_of(batch_id=batch, good=3)[-1]


@pytest.fixture
def code(world):
    return a_label(world)[1]


def looks(code, at=NOON):
    actions.note_scan(code=code, by=HOLDER, now=at)


def said(answer, status=200):
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


class TestLookingUp:
    def test_the_printed_address_tells_product_place_and_day(self, rina, code):
        told = said(rina.get(f"/L/{code}"))
        for words in (
            "Noken",
            "Lapas Kelas IIB Nabire",
            "27 April 2026",
            code,
            "Kode ini kami keluarkan untuk satu barang",
            "Ini yang pertama kali.",
        ):
            assert words in told, words

    def test_however_it_is_typed_it_is_found(self, rina, code):
        bare = code.replace("-", "").lower()
        assert code in said(rina.get(f"/l/{bare}"))
        assert rina.get("/L/", {"kode": f" {bare} "})["Location"] == f"/L/{code}"
        assert "Compare the piece" in said(rina.get(f"/en/L/{code}"))

    def test_nothing_tells_whose_work_it_was(self, rina, world):
        batch, code = a_label(world)
        ((maker, _),) = shares_of(batch_id=batch)
        assert maker not in said(rina.get(f"/L/{code}"))

    @pytest.mark.parametrize("typed", ["L-0000-0000", "BK-7Q2M-18KD", "halo", "💥" * 30, "'--"])
    def test_every_other_code_is_answered_alike_and_counts_nowhere(self, rina, code, typed):
        assert UNKNOWN in said(rina.get(f"/L/{typed}"), 404)
        assert UNKNOWN in said(rina.get("/L/", {"kode": typed}), 422)
        assert not Scan.objects.exists()

    def test_an_empty_field_says_what_to_type(self, rina):
        assert "Isi kode yang tercetak di label." in said(rina.get("/L/", {"kode": ""}), 422)
        assert UNKNOWN not in said(rina.get("/L/"))

    def test_a_label_whose_piece_was_taken_back_is_withdrawn(self, rina, world):
        batch, code = a_label(world)
        corrects(world.nabire, batch, good=2, rejected=2)
        assert "Label ini dicabut" in said(rina.get(f"/L/{code}"))

    def test_what_is_no_longer_good_says_so(self, rina, world, monkeypatch):
        _, code = a_label(world, expires_on=TODAY + DAY)
        assert "baik digunakan sebelum 28 April 2026" not in said(rina.get(f"/L/{code}"))
        monkeypatch.setattr(clock, "now", lambda: NOON + DAY)
        assert "Waktunya sudah lewat" in said(rina.get(f"/L/{code}"))

    def test_a_product_nobody_may_see_any_more_still_has_its_label(self, rina, code, monkeypatch):
        monkeypatch.setattr("bekal.catalogue.queries.showcase_product", lambda **_: None)
        told = said(rina.get(f"/L/{code}"))
        assert "Noken" in told
        assert "Lapas Kelas IIB Nabire" in told
        assert "/p/" not in told

    def test_the_unit_can_be_asked_where_it_named_a_number(self, rina, world, code):
        assert "wa.me" not in said(rina.get(f"/L/{code}"))
        set_contact(unit_id=world.nabire, number="+6281234567890", by=YOHANA, now=NOON)
        assert "https://wa.me/6281234567890?text=Halo" in said(rina.get(f"/L/{code}"))

    def test_a_look_costs_seven_statements(self, rina, code, django_assert_num_queries):
        rina.get(f"/L/{code}")
        with django_assert_num_queries(7):
            rina.get(f"/L/{code}")


class TestCounting:
    def test_looks_within_ten_minutes_are_one(self, code):
        for minutes in (0, 3, 9, 10, 31):
            looks(code, slot_of(NOON) + dt.timedelta(minutes=minutes))
        assert queries.scans_of(code=code).count == 3
        assert queries.scans_of(code=code).first_at == slot_of(NOON)

    def test_only_asking_for_the_head_is_no_look(self, rina, code):
        rina.head(f"/L/{code}")
        assert not Scan.objects.exists()

    def test_a_code_that_turns_up_often_may_be_copied(self, rina, code):
        for number in range(1, OFTEN - 1):
            looks(code, NOON - number * SLOT)
        assert "sering muncul" not in said(rina.get(f"/L/{code}"))
        looks(code, NOON - OFTEN * SLOT)
        told = said(rina.get(f"/L/{code}"))
        assert "Kode ini sering muncul" in told
        assert f"{OFTEN} kali, pertama 27 April 2026" in told

    def test_more_than_a_hundred_are_not_counted(self, code):
        for number in range(130):
            looks(code, NOON - number * SLOT)
        scans = queries.scans_of(code=code)
        assert scans.count == queries.MOST_COUNTED
        assert scans.is_at_most

    def test_a_typed_code_is_read_as_written(self):
        with pytest.raises(CodeMistyped):
            read_label("L-7Q2M-18KE")


@pytest.mark.django_db(transaction=True)
def test_eight_who_look_at_once_are_one_look(committed_world):
    _, code = a_label(committed_world)
    at_once(8, lambda _: looks(code))
    assert queries.scans_of(code=code).count == 1


class TestPromises:
    INSERT = "insert into labels_scan (label_id, slot_at)"

    def test_a_look_is_final_and_of_a_label(self, code):
        looks(code)
        for sql in (
            "update labels_scan set slot_at = now()",
            "delete from labels_scan",
            f"{self.INSERT} select label_id, slot_at from labels_scan",
            f"{self.INSERT} values ('L-0000-0000', now()); set constraints all immediate",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
        assert Scan.objects.count() == 1
