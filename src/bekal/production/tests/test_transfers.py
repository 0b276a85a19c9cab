"""Goods go to another unit and become its material: once, worth what they cost, never nowhere."""

import json

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from bekal.audit.models import Event
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.production import actions, queries
from bekal.production.models import Material, MaterialMove, StockMove, StockTransfer
from bekal.production.queries import Direction, TransferFilters, TransferSort
from bekal.production.rules.materials import MaterialRefused
from bekal.production.rules.transfers import TransferRefused, TransferStanding
from bekal.production.tests.goods import hold, level, receive
from bekal.production.tests.materials import a_material, there, use
from bekal.production.tests.test_costing import terms, write
from bekal.production.tests.transfers import receives, sends, takes_back
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, TODAY, YOHANA, a_product

pytestmark = pytest.mark.django_db
SENT = """
insert into production_stocktransfer
  (id, unit_id, to_unit_id, product_id, pieces, value, letter, recorded_at, recorded_by, outcome,
   remark, ended_by)
values (gen_random_uuid(), %s, %s, %s, 5, 0, '', now(), 'x', '', '', '')
"""
ARRIVED_AS_THE_SENDERS = """
outcome = 'arrived', came = 5, quantity = 5, ended_at = now(), ended_by = 'x',
  material_id = (select max(id) from production_material)
"""


@pytest.fixture
def fibre(world):
    """Forty bales of fibre at Lapas Nabire, each worth Rp15.000."""
    product = a_product(world.nabire, "Serat kelapa contoh", "kerajinan", cost=15_000)
    receive(product, 40)
    return product


def problems():
    return queries.transfer_problems() + queries.material_problems() + queries.stock_problems()


def coming(unit):
    return queries.alerts(unit_id=unit, now=NOON).coming


def the_row(unit, transfer):
    row = queries.transfer_row(unit_id=unit, transfer_id=transfer, on=TODAY)
    assert row is not None
    return row


def standing(unit, transfer):
    return the_row(unit, transfer).standing


class TestSending:
    def test_goods_leave_the_stock_worth_their_cost_of_that_day(self, world, fibre):
        transfer = sends(world.nabire, world.bangli, fibre, 30, letter="SJ-12/2026")
        row = the_row(world.nabire, transfer)
        assert (row.pieces, row.value, row.letter) == (30, 450_000, "SJ-12/2026")
        assert row.standing is TransferStanding.ON_THE_WAY
        assert (row.sender, row.receiver) == (
            "Lapas Kelas IIB Nabire",
            "Lapas Narkotika Kelas IIA Bangli",
        )
        assert level(fibre) == (10, 0)
        move = StockMove.objects.get(source=f"transfer:{transfer}")
        assert move.note == "Transfer ke Lapas Narkotika Kelas IIA Bangli"
        assert coming(world.bangli) == 1
        event = Event.objects.get(action="production.send_transfer")
        assert json.loads(event.detail) == {"to": world.bangli, "product": fibre, "pieces": 30}
        assert problems() == []

    def test_a_product_without_a_cost_goes_worth_nothing(self, world):
        husk = a_product(world.nabire, "Sabut contoh", "kerajinan")
        receive(husk, 5)
        transfer = sends(world.nabire, world.bangli, husk, 5)
        assert StockTransfer.objects.get(pk=transfer).value == 0

    @pytest.mark.parametrize("pieces", [0, -3, 100_001])
    def test_of_nothing_or_far_too_much_nothing_goes(self, world, fibre, pieces):
        with pytest.raises(TransferRefused) as refused:
            sends(world.nabire, world.bangli, fibre, pieces)
        assert refused.value.field == "pieces"
        assert not StockTransfer.objects.exists()

    def test_what_is_not_there_or_is_held_for_an_order_does_not_go(self, world, fibre):
        hold((fibre, 15))
        with pytest.raises(
            TransferRefused, match="yang bebas 25, tidak bisa dikirim 26"
        ) as refused:
            sends(world.nabire, world.bangli, fibre, 26)
        assert refused.value.field == "pieces"
        assert level(fibre) == (40, 15)
        assert not StockTransfer.objects.exists()
        sends(world.nabire, world.bangli, fibre, 25)

    def test_only_own_goods_go_and_only_to_another_unit_with_workshops(self, world, fibre):
        for unit, to_unit, product, field in (
            (world.nabire, world.nabire, fibre, "to_unit"),
            (world.nabire, world.papua, fibre, "to_unit"),
            (world.nabire, world.bangli, world.endek, "product"),
        ):
            with pytest.raises(TransferRefused) as refused:
                sends(unit, to_unit, product, 1)
            assert refused.value.field == field
        assert not StockTransfer.objects.exists()

    def test_the_same_key_sends_once_and_never_something_else(self, world, fibre):
        key = sends(world.nabire, world.bangli, fibre, 30)
        sends(world.nabire, world.bangli, fibre, 30, key=key)
        with pytest.raises(KeyReused), transaction.atomic():
            sends(world.nabire, world.bangli, fibre, 3, key=key)
        assert level(fibre) == (10, 0)
        assert StockTransfer.objects.count() == 1


class TestReceiving:
    def test_what_arrives_is_material_worth_what_it_cost(self, world, fibre):
        transfer = sends(world.nabire, world.bangli, fibre, 30)
        material = receives(world.bangli, transfer, 30, 750_000)
        assert there(material) == (750_000, 450_000)
        assert standing(world.bangli, transfer) is TransferStanding.ARRIVED
        move = MaterialMove.objects.get(material_id=material)
        assert move.note == "Serat kelapa contoh, dari Lapas Kelas IIB Nabire"
        assert coming(world.bangli) == 0
        assert problems() == []

    def test_what_was_lost_takes_its_part_of_the_value_along(self, world, fibre):
        transfer = sends(world.nabire, world.bangli, fibre, 30)
        for remark in ("", "  "):
            with pytest.raises(TransferRefused) as refused, transaction.atomic():
                receives(world.bangli, transfer, 28, 700_000, remark=remark)
            assert refused.value.field == "remark"
        assert not Material.objects.exists()
        material = receives(world.bangli, transfer, 28, 700_000, remark="2 bal basah")
        assert there(material) == (700_000, 420_000)
        assert standing(world.nabire, transfer) is TransferStanding.SHORT
        assert level(fibre) == (10, 0)
        assert problems() == []

    def test_it_goes_to_a_material_that_is_there_and_makes_its_average_anew(self, world, fibre):
        kept = a_material(world.bangli, "Serat sabut")
        first = sends(world.nabire, world.bangli, fibre, 10)
        receives(world.bangli, first, 10, 250_000, material_id=kept)
        use(world.bangli, kept, 150_000)
        write(world.nabire, fibre, pieces=1, materials=[], others=[("Sewa mesin", 21_000)])
        second = sends(world.nabire, world.bangli, fibre, 10)
        receives(world.bangli, second, 10, 250_000, material_id=kept)
        assert there(kept) == (350_000, 60_000 + 210_000)
        last = queries.last_arrival(unit_id=world.bangli, product_id=fibre)
        assert last is not None
        assert (last.material_id, last.pieces, last.quantity) == (kept, 10, 250_000)

    @pytest.mark.parametrize(
        ("pieces", "quantity", "field"),
        [(0, 1_000, "pieces"), (31, 1_000, "pieces"), (30, 0, "quantity")],
    )
    def test_nonsense_is_refused_at_its_field(self, world, fibre, pieces, quantity, field):
        transfer = sends(world.nabire, world.bangli, fibre, 30)
        with pytest.raises(TransferRefused) as refused:
            receives(world.bangli, transfer, pieces, quantity, remark="sebagian")
        assert refused.value.field == field
        assert standing(world.bangli, transfer) is TransferStanding.ON_THE_WAY

    def test_only_the_receiver_receives_and_only_as_its_own_material(self, world, fibre):
        transfer = sends(world.nabire, world.bangli, fibre, 30)
        with pytest.raises(LookupError):
            receives(world.nabire, transfer, 30, 1_000)
        flour = a_material(world.nabire)
        ended = a_material(world.bangli, "Serat lama")
        actions.end_material(
            unit_id=world.bangli, material_id=ended, reason="ganti", by=YOHANA, now=NOON
        )
        for material in (flour, ended):
            with pytest.raises(TransferRefused) as refused, transaction.atomic():
                receives(world.bangli, transfer, 30, 1_000, material_id=material)
            assert refused.value.field == "material"
        a_material(world.bangli, "SERAT")
        with pytest.raises(MaterialRefused) as already, transaction.atomic():
            receives(world.bangli, transfer, 30, 1_000)
        assert already.value.field == "name"
        assert not MaterialMove.objects.exists()

    def test_what_ended_does_not_end_again(self, world, fibre):
        transfer = sends(world.nabire, world.bangli, fibre, 30)
        key = uuid7()
        receives(world.bangli, transfer, 30, 750_000, key=key)
        receives(world.bangli, transfer, 30, 750_000, key=key)
        with pytest.raises(TransferRefused, match="sudah diterima"), transaction.atomic():
            receives(world.bangli, transfer, 30, 750_000, name="Serat dua")
        with pytest.raises(TransferRefused, match="sudah diterima"), transaction.atomic():
            takes_back(world.nabire, transfer, 30)
        assert Material.objects.count() == MaterialMove.objects.count() == 1


class TestTakingBack:
    def test_goods_are_the_senders_again_but_for_what_is_gone(self, world, fibre):
        transfer = sends(world.nabire, world.bangli, fibre, 30)
        with pytest.raises(TransferRefused) as refused, transaction.atomic():
            takes_back(world.nabire, transfer, 29, remark=" ")
        assert refused.value.field == "remark"
        takes_back(world.nabire, transfer, 29)
        assert level(fibre) == (39, 0)
        row = the_row(world.bangli, transfer)
        assert (row.standing, row.came, row.remark) == (TransferStanding.BACK, 29, "truk mogok")
        with pytest.raises(TransferRefused, match="sudah ditarik kembali"), transaction.atomic():
            receives(world.bangli, transfer, 30, 1_000)
        assert problems() == []

    def test_all_may_be_lost_and_no_more_comes_back_than_went(self, world, fibre):
        transfer = sends(world.nabire, world.bangli, fibre, 30)
        with pytest.raises(TransferRefused) as refused, transaction.atomic():
            takes_back(world.nabire, transfer, 31)
        assert refused.value.field == "pieces"
        takes_back(world.nabire, transfer, 0, remark="terbakar di jalan")
        assert level(fibre) == (10, 0)
        assert problems() == []

    def test_only_the_sender_takes_back(self, world, fibre):
        transfer = sends(world.nabire, world.bangli, fibre, 30)
        with pytest.raises(LookupError):
            takes_back(world.bangli, transfer, 30)
        assert level(fibre) == (10, 0)


def test_from_coconuts_to_nets_the_cost_goes_along(world):
    """domain.md 2, the coconut chain of Kanwil Jabar: raw, half-finished, finished.

    Names of units and sums are the test's; that each step hands its cost on is the rule.
    """
    raw, half = world.nabire, world.bangli
    coconuts = a_product(raw, "Kelapa contoh", "makanan", cost=4_000)
    receive(coconuts, 100)
    husks = receives(
        half, sends(raw, half, coconuts, 100), 100, 100_000, name="Kelapa", measure="buah"
    )
    assert there(husks) == (100_000, 400_000)
    rope = a_product(half, "Tali sabut contoh", "kerajinan", price=20_000)
    write(half, rope, pieces=10, materials=[(husks, 20_000)], others=[("Listrik", 10_000)])
    assert terms(rope).cost == 9_000
    use(half, husks, 100_000, note="tali")
    receive(rope, 50)
    transfer = sends(half, raw, rope, 50)
    ropes = receives(raw, transfer, 50, 50_000, name="Tali sabut", measure="gulung")
    assert there(ropes) == (50_000, 450_000)
    net = a_product(raw, "Coir net contoh", "kerajinan", price=100_000)
    write(raw, net, pieces=1, materials=[(ropes, 5_000)], others=[("Sewa alat", 5_000)])
    assert terms(net).cost == 50_000
    assert problems() == []


def test_each_unit_lists_its_own_way_and_nobody_elses(world, fibre):
    first = sends(world.nabire, world.bangli, fibre, 10)
    second = sends(world.nabire, world.bangli, fibre, 5)
    receives(world.bangli, first, 10, 1_000)

    def ids(unit, **narrowed):
        found = queries.transfers_of(unit_id=unit, filters=TransferFilters(**narrowed), on=TODAY)
        return [row.id for row in found]

    assert ids(world.bangli) == [second, first]
    assert ids(world.bangli, sort=TransferSort.OLDEST) == [first, second]
    assert ids(world.bangli, standing=TransferStanding.ON_THE_WAY) == [second]
    assert ids(world.bangli, standing=TransferStanding.ARRIVED) == [first]
    assert ids(world.bangli, standing=TransferStanding.SHORT) == []
    assert ids(world.bangli, direction=Direction.OUT) == ids(world.nabire) == []
    assert ids(world.nabire, direction=Direction.OUT) == [second, first]
    every = queries.every_transfer_of(unit_id=world.bangli, filters=TransferFilters(), on=TODAY)
    assert [row.id for row in every] == [second, first]
    assert queries.transfer_row(unit_id=world.papua, transfer_id=first, on=TODAY) is None


def test_lists_of_forty_ask_no_more_than_lists_of_one(world, fibre, django_assert_num_queries):
    for _ in range(4):
        sends(world.nabire, world.bangli, fibre, 1)
    with django_assert_num_queries(3):
        queries.transfers_of(unit_id=world.bangli, filters=TransferFilters(), on=TODAY)


class TestPromisesOfTheDatabase:
    def test_a_transfer_does_not_come_without_its_goods(self, world, fibre):
        run("set constraints all immediate")
        with pytest.raises(IntegrityError, match="the goods move"), transaction.atomic():
            run(SENT, world.nabire, world.bangli, fibre)

    @pytest.mark.parametrize("to", ["nabire", "bangli"])
    def test_it_sends_what_is_its_own_and_to_somebody_else(self, world, fibre, to):
        product = fibre if to == "nabire" else world.endek
        with pytest.raises(IntegrityError), transaction.atomic():
            run(SENT, world.nabire, getattr(world, to), product)

    @pytest.mark.parametrize(
        "change",
        [
            "pieces = 4",
            "to_unit_id = unit_id",
            "recorded_by = 'y'",
            "outcome = 'arrived'",
            "outcome = 'back', came = 3, ended_at = now(), ended_by = 'x'",
            "outcome = 'back', came = 9, ended_at = now(), ended_by = 'x', remark = 'x'",
            "outcome = 'back', came = 4, ended_at = now(), ended_by = 'x', remark = 'tanpa barang'",
            ARRIVED_AS_THE_SENDERS,
        ],
    )
    def test_it_only_ends_whole_with_its_goods_and_as_material_of_the_receiver(
        self, world, fibre, change
    ):
        a_material(world.nabire)
        sends(world.nabire, world.bangli, fibre, 5)
        run("set constraints all immediate")
        with pytest.raises(DatabaseError), transaction.atomic():
            run(f"update production_stocktransfer set {change}")

    def test_what_ended_stays_so_and_nothing_is_deleted(self, world, fibre):
        takes_back(world.nabire, sends(world.nabire, world.bangli, fibre, 5), 5)
        for sql in (
            "update production_stocktransfer set came = 4",
            "delete from production_stocktransfer",
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                run(sql)

    @pytest.mark.parametrize(
        ("table", "damage"),
        [
            (
                "production_stocktransfer",
                "update production_stocktransfer set (pieces, came) = (31, 31)",
            ),
            ("production_stocktransfer", "update production_stocktransfer set quantity = 1"),
            (
                "production_stockmove",
                "delete from production_stockmove where reason = 'moved'",
            ),
            ("production_materialmove", "delete from production_materialmove"),
        ],
    )
    def test_the_check_finds_damage(self, world, fibre, table, damage):
        receives(world.bangli, sends(world.nabire, world.bangli, fibre, 30), 30, 750_000)
        assert queries.transfer_problems() == []
        run("set constraints all immediate")
        run(f"alter table {table} disable trigger user")
        run(damage)
        assert queries.transfer_problems() != []


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_eight_who_send_the_last_goods_as_many_are_heard_as_there_are(self, committed_world):
        world = committed_world
        fibre = a_product(world.nabire, "Serat kelapa contoh", "kerajinan", cost=15_000)
        receive(fibre, 25)
        answers = all_at_once(8, lambda _: sends(world.nabire, world.bangli, fibre, 10))
        assert sum(isinstance(answer, TransferRefused) for answer in answers) == 6
        assert level(fibre) == (5, 0)
        assert problems() == []

    def test_the_same_message_eight_times_is_one_transfer_and_one_arrival(self, committed_world):
        world = committed_world
        fibre = a_product(world.nabire, "Serat kelapa contoh", "kerajinan", cost=15_000)
        receive(fibre, 25)
        key, arrival = uuid7(), uuid7()
        at_once(8, lambda _: sends(world.nabire, world.bangli, fibre, 10, key=key))
        at_once(8, lambda _: receives(world.bangli, key, 10, 250_000, key=arrival))
        assert level(fibre) == (15, 0)
        assert there(StockTransfer.objects.get(pk=key).material_id) == (250_000, 150_000)
        assert problems() == []

    def test_goods_are_received_or_taken_back_never_both(self, committed_world):
        world = committed_world
        fibre = a_product(world.nabire, "Serat kelapa contoh", "kerajinan", cost=15_000)
        receive(fibre, 25)
        transfer = sends(world.nabire, world.bangli, fibre, 10)
        answers = all_at_once(
            8,
            lambda n: (
                receives(world.bangli, transfer, 10, 250_000, name=f"Serat {n}")
                if n % 2
                else takes_back(world.nabire, transfer, 10)
            ),
        )
        assert sum(isinstance(answer, TransferRefused) for answer in answers) == 7
        came = MaterialMove.objects.count()
        assert level(fibre) == (15, 0) if came else (25, 0)
        assert Material.objects.count() == came <= 1
        assert problems() == []
