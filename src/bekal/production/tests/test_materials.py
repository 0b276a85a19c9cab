"""Materials: what they are worth, what may be written, and money that follows the receipt."""

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from bekal.audit.queries import chain_problems
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.ledger.queries import balances_of, ledger_problems
from bekal.ledger.rules import AccountKind
from bekal.production import actions, queries
from bekal.production.models import MaterialMove, Purchase
from bekal.production.rules.keeping import Cause
from bekal.production.rules.materials import (
    NOTHING_HELD,
    Held,
    MaterialRefused,
    NewMaterialMove,
    Rate,
    Why,
    change_of_value,
    quantity_text,
    read_quantity,
)
from bekal.production.rules.purchases import NewMaterialCount, PaidFrom
from bekal.production.tests.materials import (
    a_material,
    a_purchase,
    buy,
    given,
    there,
    use,
    with_money,
)
from tests.support.threads import at_once
from tests.support.world import NOON, SITI, YESTERDAY, YOHANA

pytestmark = pytest.mark.django_db


def money(unit):
    return {balance.account: balance.amount for balance in balances_of(unit_id=unit)}


def price_of(unit, material):
    row = queries.material_row(unit_id=unit, material_id=material)
    assert row is not None
    return row.rate.of_one


def count(unit, material, counted, *, seen, cause=None, key=None):
    new = NewMaterialCount(key or uuid7(), unit, material, counted, seen, cause, "")
    actions.count_material(count=new, by=YOHANA, now=NOON)


@pytest.fixture
def nabire(world):
    """Lapas Nabire with a million of capital in cash."""
    with_money(world.nabire)
    return world.nabire


@pytest.fixture
def flour(nabire):
    """Flour of Nabire."""
    return a_material(nabire)


@pytest.mark.parametrize(
    ("typed", "thousandths", "shown"),
    [
        ("2", 2_000, "2"),
        (" 2,5 ", 2_500, "2,5"),
        ("1.200", 1_200_000, "1.200"),
        ("0,004", 4, "0,004"),
    ],
)
def test_quantities_are_read_and_written_as_people_do(typed, thousandths, shown):
    assert read_quantity(typed) == thousandths
    assert quantity_text(thousandths) == shown


@pytest.mark.parametrize("typed", ["", "2.5", "-1", "1,2345", "dua", "9" * 400, "1.000.001"])
def test_what_is_no_quantity_is_refused(typed):
    with pytest.raises(Exception, match=r"Tulis jumlah|paling banyak"):
        read_quantity(typed)


class TestTheAverage:
    def test_a_second_price_moves_it_and_a_use_takes_its_part(self, nabire, flour):
        buy(nabire, (flour, 10_000, 100_000))
        buy(nabire, (flour, 10_000, 130_000))
        use(nabire, flour, 4_000)
        assert there(flour) == (16_000, 184_000)
        assert price_of(nabire, flour) == 11_500

    def test_the_last_of_it_takes_all_that_is_left(self, nabire, flour):
        buy(nabire, (flour, 3_000, 100_000))
        for _ in range(3):
            use(nabire, flour, 1_000)
        assert there(flour) == (0, 0)
        assert queries.material_problems() == []

    def test_what_was_given_costs_nothing_and_lowers_it(self, nabire, flour):
        buy(nabire, (flour, 10_000, 100_000))
        given(nabire, (flour, 10_000))
        assert there(flour) == (20_000, 100_000)
        assert price_of(nabire, flour) == 5_000

    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @for_all(
        st.lists(
            st.tuples(st.integers(-50_000, 50_000).filter(bool), st.integers(0, 5_000_000)),
            max_size=12,
        )
    )
    def test_whatever_comes_and_goes_the_rest_is_worth_no_less_than_nothing(self, steps):
        held = NOTHING_HELD
        for quantity, cost in steps:
            why = Why.BOUGHT if quantity > 0 else Why.USED
            changed = change_of_value(held, NewMaterialMove(1, quantity, why, "uji", "", cost))
            left, value = held.quantity + quantity, held.value + changed
            assert value >= 0
            assert left > 0 or value == 0
            rate = Rate(value, left) if quantity > 0 and left > 0 else held.rate
            held = Held(left, value, rate)


class TestBuying:
    def test_the_fund_pays_out_of_the_box_and_the_receipt_leads_to_both(self, nabire, flour):
        sugar = a_material(nabire, "Gula")
        bought = buy(nabire, (flour, 25_000, 250_000), (sugar, 5_000, 80_000), receipt="N-17")
        assert money(nabire)[AccountKind.CASH] == 670_000
        assert money(nabire)[AccountKind.CAPITAL] == -670_000
        row = queries.purchase_of(unit_id=nabire, purchase_id=bought)
        assert row is not None
        assert (row.total, row.fund_label, row.paid_from_label) == (
            330_000,
            "Dana penunjang bengkel",
            "Kas",
        )
        lines = queries.lines_of_purchase(purchase_id=bought)
        assert [(line.name, line.amount) for line in lines] == [
            ("Gula", 80_000),
            ("Tepung terigu", 250_000),
        ]
        assert queries.material_problems() == ledger_problems() == chain_problems() == []

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            ({"total": 99}, "total", "Samakan dahulu"),
            ({"supplier": ""}, "supplier", "nama toko"),
            ({"fund": None}, "fund", "Pilih dana"),
            ({"fund": None, "paid_from": None}, "total", "tanpa uang"),
            ({"paid_from": PaidFrom.BANK}, "paid_from", "hanya Rp0, kurang Rp100.000"),
            ({"lines": [], "total": 0}, "lines", "paling sedikit satu"),
            ({"bought_on": YESTERDAY.replace(year=2024)}, "bought_on", "setahun"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, nabire, flour, changes, field, sentence):
        with pytest.raises(MaterialRefused, match=sentence) as refused:
            buy(nabire, (flour, 10_000, 100_000), **changes)
        assert refused.value.field == field
        assert not Purchase.objects.exists()
        assert not MaterialMove.objects.exists()
        assert money(nabire)[AccountKind.CASH] == 1_000_000

    def test_a_fund_is_never_overdrawn(self, nabire, flour):
        with pytest.raises(MaterialRefused, match=r"hanya Rp1\.000\.000, kurang Rp1 "):
            buy(nabire, (flour, 10_000, 1_000_001))
        assert not Purchase.objects.exists()

    def test_the_same_key_buys_once_and_other_content_is_refused(self, nabire, flour):
        new = a_purchase(nabire, (flour, 10_000, 100_000))
        for _ in range(3):
            actions.record_purchase(new=new, by=YOHANA, now=NOON)
        assert there(flour) == (10_000, 100_000)
        with pytest.raises(KeyReused):
            buy(nabire, (flour, 10_000, 90_000), key=new.key)
        assert money(nabire)[AccountKind.CASH] == 900_000

    def test_a_receipt_is_written_down_once_unless_it_was_undone(self, nabire, flour):
        first = buy(nabire, (flour, 1_000, 10_000), receipt="A-1")
        with pytest.raises(MaterialRefused, match="sudah dicatat"):
            buy(nabire, (flour, 1_000, 10_000), receipt="a-1")
        undo(nabire, first)
        buy(nabire, (flour, 1_000, 11_000), receipt="A-1")
        assert there(flour) == (1_000, 11_000)

    def test_material_of_another_unit_is_not_bought(self, world, nabire):
        endek = a_material(world.bangli, "Benang")
        with pytest.raises(MaterialRefused, match="tidak ada di unit Anda"):
            buy(nabire, (endek, 1_000, 1_000))
        assert not Purchase.objects.exists()


def undo(unit, purchase, *, key=None, reason="salah ketik"):
    actions.undo_purchase(
        unit_id=unit, purchase_id=purchase, key=key or uuid7(), reason=reason, by=SITI, now=NOON
    )


class TestUndoing:
    def test_money_material_and_average_are_as_before(self, nabire, flour):
        buy(nabire, (flour, 10_000, 100_000))
        wrong = buy(nabire, (flour, 10_000, 900_000))
        key = uuid7()
        for _ in range(2):
            undo(nabire, wrong, key=key)
        assert there(flour) == (10_000, 100_000)
        assert price_of(nabire, flour) == 10_000
        assert money(nabire)[AccountKind.CASH] == 900_000
        assert queries.material_problems() == ledger_problems() == []
        with pytest.raises(MaterialRefused, match="sudah dibatalkan"):
            undo(nabire, wrong)

    def test_what_was_used_meanwhile_leaves_a_discrepancy_for_a_person(self, nabire, flour):
        wrong = buy(nabire, (flour, 10_000, 100_000))
        use(nabire, flour, 4_000)
        undo(nabire, wrong)
        assert there(flour) == (-4_000, 0)
        assert queries.alerts(unit_id=nabire, now=NOON).materials == 1
        buy(nabire, (flour, 10_000, 100_000))
        assert there(flour) == (6_000, 60_000)
        assert queries.material_problems() == []

    def test_nobody_undoes_without_a_reason_nor_elsewhere(self, world, nabire, flour):
        bought = buy(nabire, (flour, 10_000, 100_000))
        with pytest.raises(MaterialRefused, match="Isi alasannya"):
            undo(nabire, bought, reason=" ")
        with pytest.raises(MaterialRefused, match="tidak ada di unit Anda"):
            undo(world.bangli, bought)
        assert there(flour) == (10_000, 100_000)


class TestByHand:
    def test_no_more_goes_than_is_there(self, nabire, flour):
        buy(nabire, (flour, 2_000, 20_000))
        with pytest.raises(MaterialRefused, match="ada 2 kg, tidak bisa keluar 2,5"):
            use(nabire, flour, 2_500)
        use(nabire, flour, 500, why=Why.SPOILED, note="terkena air")
        assert there(flour) == (1_500, 15_000)

    def test_the_same_key_uses_once(self, nabire, flour):
        buy(nabire, (flour, 2_000, 20_000))
        key = uuid7()
        use(nabire, flour, 500, key=key)
        use(nabire, flour, 500, key=key)
        assert there(flour) == (1_500, 15_000)
        with pytest.raises(KeyReused):
            use(nabire, flour, 700, key=key)

    def test_a_count_that_differs_says_why(self, nabire, flour):
        buy(nabire, (flour, 2_000, 20_000))
        with pytest.raises(MaterialRefused, match="Pilih mengapa"):
            count(nabire, flour, 1_500, seen=2_000)
        with pytest.raises(MaterialRefused, match="berubah sejak"):
            count(nabire, flour, 1_500, seen=1_900, cause=Cause.MISSING)
        count(nabire, flour, 1_500, seen=2_000, cause=Cause.MISSING)
        count(nabire, flour, 1_500, seen=1_500)
        count(nabire, flour, 3_000, seen=1_500, cause=Cause.UNRECORDED)
        assert there(flour) == (3_000, 30_000)

    def test_a_material_ends_when_none_is_left(self, nabire, flour):
        buy(nabire, (flour, 2_000, 20_000))
        end = {"unit_id": nabire, "material_id": flour, "reason": "ganti resep"}
        with pytest.raises(MaterialRefused, match="masih ada"):
            actions.end_material(**end, by=YOHANA, now=NOON)
        use(nabire, flour, 2_000)
        for _ in range(2):
            actions.end_material(**end, by=YOHANA, now=NOON)
        with pytest.raises(MaterialRefused, match="tidak dipakai lagi"):
            buy(nabire, (flour, 1_000, 10_000))

    def test_a_name_is_one_material(self, nabire, flour):
        with pytest.raises(MaterialRefused, match="sudah ada"):
            a_material(nabire, " tepung  TERIGU ")


def rejected(sql, values=()):
    """PostgreSQL itself refuses, whoever asks."""
    with pytest.raises(IntegrityError), transaction.atomic():
        _at_once(sql, values)


def _at_once(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("set constraints all immediate")


class TestPromises:
    def test_a_level_follows_its_moves_and_nothing_else(self, nabire, flour):
        buy(nabire, (flour, 2_000, 20_000))
        rejected("update production_materiallevel set quantity = 9")
        rejected("delete from production_materiallevel")
        rejected("update production_materialmove set quantity = 9")
        rejected("delete from production_materialmove")
        assert there(flour) == (2_000, 20_000)

    @pytest.mark.parametrize(
        ("quantity", "value", "why"),
        [(-1, -1, "bought"), (1, 1, "used"), (5, -5, "counted"), (-9_000, 0, "used"), (1, 1, "x")],
    )
    def test_a_move_fits_its_reason_and_leaves_no_worth_of_nothing(
        self, nabire, flour, quantity, value, why
    ):
        buy(nabire, (flour, 2_000, 20_000))
        rejected(
            "insert into production_materialmove "
            "(material_id, quantity, value, why, source, note, moved_at, moved_by) "
            "values (%s, %s, %s, %s, 'x', '', now(), 'x')",
            [flour, quantity, value, why],
        )

    def test_lines_come_with_their_purchase_and_sum_to_it(self, nabire, flour):
        bought = buy(nabire, (flour, 2_000, 20_000))
        connection.cursor().execute("set constraints all immediate")
        rejected("update production_purchase set total = 1")
        rejected("delete from production_purchaseline")
        rejected(
            "insert into production_purchase (id, unit_id, supplier, receipt, bought_on, total, "
            "fund, paid_from, note, recorded_at, recorded_by, xid) "
            "select gen_random_uuid(), unit_id, supplier, '', bought_on, 5, fund, paid_from, "
            "'', now(), 'x', 0 from production_purchase where id = %s",
            [bought],
        )

    def test_money_and_gift_are_never_mixed(self, nabire, flour):
        bought = buy(nabire, (flour, 2_000, 20_000))
        for fund, box, total in (
            ("", "cash", 5),
            ("capital", "", 5),
            ("", "", 0),
            ("x", "cash", 5),
        ):
            rejected(
                "insert into production_purchase (id, unit_id, supplier, receipt, bought_on, "
                "total, fund, paid_from, note, recorded_at, recorded_by, xid) "
                "select gen_random_uuid(), unit_id, supplier, '', bought_on, %s, %s, %s, '', "
                "now(), 'x', 0 from production_purchase where id = %s",
                [total, fund, box, bought],
            )


class TestDamage:
    @pytest.mark.parametrize(
        ("damage", "sentence"),
        [
            ("update production_materiallevel set quantity = 5", "menurut gerak"),
            ("update production_materiallevel set value = 5", "menurut gerak"),
            ("delete from production_materiallevel", "tidak ada catatan stok"),
            ("update production_purchaseline set amount = 5", "jumlah baris 5"),
            ("update production_purchaseline set quantity = 5", "tidak sama dengan barisnya"),
            (
                "update ledger_entryline set amount = 2 * amount "  # noqa: ISC004
                "where entry_id = (select max(id) from ledger_entry)",
                "di buku 40000 dari dana dan 40000 dari uangnya, seharusnya 20000",
            ),
        ],
    )
    def test_the_check_finds_it(self, nabire, flour, damage, sentence):
        buy(nabire, (flour, 2_000, 20_000))
        assert queries.material_problems() == []
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            for table in ("materiallevel", "purchaseline"):
                cursor.execute(f"alter table production_{table} disable trigger user")
            cursor.execute("alter table ledger_entryline disable trigger user")
            cursor.execute(damage)
        assert any(sentence in problem for problem in queries.material_problems())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestMany:
    def test_eight_clicks_of_one_purchase_buy_once(self, committed_world):
        unit = committed_world.nabire
        with_money(unit)
        flour = a_material(unit)
        new = a_purchase(unit, (flour, 10_000, 100_000))
        at_once(8, lambda _: actions.record_purchase(new=new, by=YOHANA, now=NOON))
        assert Purchase.objects.count() == 1
        assert there(flour) == (10_000, 100_000)
        assert money(unit)[AccountKind.CASH] == 900_000
        assert queries.material_problems() == []

    def test_eight_purchases_at_once_never_overdraw_the_fund(self, committed_world):
        unit = committed_world.nabire
        with_money(unit, 350_000)
        flour = a_material(unit)

        def one(_):
            try:
                buy(unit, (flour, 10_000, 100_000))
            except MaterialRefused:
                return 0
            return 1

        assert sum(at_once(8, one)) == 3
        assert money(unit)[AccountKind.CAPITAL] == -50_000
        assert there(flour) == (30_000, 300_000)
        assert queries.material_problems() == []
