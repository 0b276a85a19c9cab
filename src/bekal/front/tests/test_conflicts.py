"""Messages that came twice with other content, on the desk and on their own page."""

import json
from dataclasses import asdict, replace

import pytest
from django.db import transaction

from bekal.accounts.rules import Role
from bekal.audit.queries import chain_problems, events_of
from bekal.foundation.actions import claim_message, frozen_bytes, keep_conflict
from bekal.foundation.ids import uuid7
from bekal.foundation.models import ConflictCheck, MessageConflict
from bekal.front.tests.conftest import DESK
from bekal.ledger.actions import NewRule
from bekal.sales.actions import record_sale
from bekal.sales.models import Sale
from bekal.sales.rules import BuyerClass, SaleItem
from tests.support.world import NOON, TODAY, YOHANA, a_sale

pytestmark = pytest.mark.django_db
HERE = f"{DESK}kiriman-ganda/"


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def quarrel(unit, *items, second, **changes):
    """A recorded sale, and another message with its key; returns the conflict."""
    sale = a_sale(unit, *items)
    record_sale(sale=sale, by=YOHANA, now=NOON)
    other = frozen_bytes(asdict(replace(sale, items=second, **changes)))
    keep(sale.key, unit, other)
    return MessageConflict.objects.latest("id")


def keep(key, unit, body):
    keep_conflict(
        key=key, door="sales.record", scope=f"place:{unit}", body=body, by=YOHANA, now=NOON
    )


@pytest.fixture
def conflict(world):
    return quarrel(
        world.nabire,
        (world.noken, 1),
        second=(SaleItem(world.noken, 3), SaleItem(world.coffee, 1, 45_000)),
        buyer_class=BuyerClass.OFFICER,
    )


def test_the_desk_asks_the_officer_to_look(yohana, conflict):
    page = text(yohana.get(DESK))
    assert "Periksa 1 kiriman ganda" in page
    assert HERE in page


def test_both_contents_stand_beside_one_another(yohana, conflict):
    page = text(yohana.get(HERE))
    assert "1 x Noken kulit kayu" in page
    assert "3 x Noken kulit kayu, 1 x Kopi bubuk 200 g @ Rp45.000" in page
    assert "27 April 2026, 12.00 WIT" in page
    assert "Pegawai" in page
    assert page.count("berbeda</span>") == 2
    assert f"/penjualan/{conflict.key}/" in page


def test_looking_takes_it_off_the_desk_and_records_nothing(yohana, conflict):
    answer = yohana.post(f"{HERE}{conflict.pk}/periksa/")
    assert (answer.status_code, answer["Location"]) == (302, HERE)
    assert "Periksa 1 kiriman ganda" not in text(yohana.get(DESK))
    assert "Tidak ada kiriman ganda." in text(yohana.get(HERE))
    assert Sale.objects.count() == 1
    event = events_of(object_key=f"conflict:{conflict.pk}").get()
    assert event.action == "front.settle_conflict"
    assert chain_problems() == []


def test_pressing_twice_is_harmless(yohana, conflict):
    for _ in range(2):
        assert yohana.post(f"{HERE}{conflict.pk}/periksa/").status_code == 302
    assert ConflictCheck.objects.count() == 1


def test_another_units_conflict_is_not_found(yohana, world):
    theirs = quarrel(world.bangli, (world.endek, 1), second=(SaleItem(world.endek, 2),))
    assert yohana.post(f"{HERE}{theirs.pk}/periksa/").status_code == 404
    assert "Kain endek" not in text(yohana.get(HERE))
    assert not ConflictCheck.objects.exists()


def test_names_of_another_units_products_are_not_told(yohana, world):
    sale = a_sale(world.nabire, (world.noken, 1))
    record_sale(sale=sale, by=YOHANA, now=NOON)
    foreign = replace(sale, items=(SaleItem(world.endek, 1),))
    keep(sale.key, world.nabire, frozen_bytes(asdict(foreign)))
    assert "Kain endek" not in text(yohana.get(HERE))


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"[1]", b'"x"', b'{"items": [1, {"product_id": "x"}], "sold_on": 7}']
)
def test_a_message_that_nobody_can_read_is_still_shown(yohana, world, body):
    sale = a_sale(world.nabire, (world.noken, 1))
    record_sale(sale=sale, by=YOHANA, now=NOON)
    keep(sale.key, world.nabire, body)
    assert "Sudah saya periksa" in text(yohana.get(HERE))


def quarrel_at(unit, door, first, second):
    key = uuid7()
    with transaction.atomic():
        claim_message(key=key, door=door, body=frozen_bytes(first), by=YOHANA, now=NOON)
    body = frozen_bytes({**first, **second})
    keep_conflict(key=key, door=door, scope=f"place:{unit}", body=body, by=YOHANA, now=NOON)
    return MessageConflict.objects.latest("id")


@pytest.fixture
def rule_conflict(world):
    new = NewRule(world.nabire, "", "bangli-2023", "SK 12/2026", TODAY)
    first = json.loads(new.frozen())
    return quarrel_at(world.nabire, "ledger.adopt_rule", first, {"code": "serang-2019"})


def test_a_choice_of_a_rule_is_told_in_words(person, world, rule_conflict):
    page = text(person("Maria", (Role.KEPALA_UPT, "nabire")).get(HERE))
    for words in ("Aturan bagi hasil", "Berlaku mulai", "27 April 2026", "Dasar hukum", "SK 12/"):
        assert words in page
    assert "bangli-2023" not in page
    assert "place" not in page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "pilih aturan itu sekali lagi" in page


def test_a_price_is_told_in_words(yohana, world):
    first = {"product": world.noken, "amount": 48_000, "valid_from": TODAY, "note": ""}
    quarrel_at(world.nabire, "catalogue.set_price", first, {"amount": 84_000})
    page = text(yohana.get(HERE))
    for words in ("Harga", "Noken kulit kayu", "Rp48.000", "Rp84.000", "ubah harganya sekali lagi"):
        assert words in page


def test_each_person_is_asked_for_what_they_may_do(person, world, conflict, rule_conflict):
    yohana = person("Yohana", (Role.PETUGAS, "nabire"))
    assert "Periksa 1 kiriman ganda" in text(yohana.get(DESK))
    assert "Aturan bagi hasil <small>" not in text(yohana.get(HERE))
    assert yohana.post(f"{HERE}{rule_conflict.pk}/periksa/").status_code == 422
    assert not ConflictCheck.objects.exists()
    maria = person("Maria", (Role.KEPALA_UPT, "nabire"))
    assert "Periksa 1 kiriman ganda" in text(maria.get(DESK))
    assert maria.post(f"{HERE}{conflict.pk}/periksa/").status_code == 422
    assert maria.post(f"{HERE}{rule_conflict.pk}/periksa/").status_code == 302
    assert ConflictCheck.objects.get().conflict_id == rule_conflict.pk


def test_the_auditor_reads_and_settles_nothing(person, conflict):
    rani = person("Rani", (Role.AUDITOR, "centre"))
    assert "Sudah saya periksa" not in text(rani.get(HERE))
    assert rani.post(f"{HERE}{conflict.pk}/periksa/").status_code == 422
    assert not ConflictCheck.objects.exists()


def test_the_page_asks_the_database_little(yohana, conflict, django_assert_max_num_queries):
    yohana.get(HERE)
    with django_assert_max_num_queries(7):
        yohana.get(HERE)
