"""On WhatsApp the buyer wants other pieces after all: Yohana confirms what was agreed on."""

import json

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.audit.models import Event as AuditEvent
from bekal.catalogue.actions import unpublish
from bekal.payments.models import Request
from bekal.payments.rules import Method
from bekal.production.actions import move_stock
from bekal.production.rules import NewMove, Reason
from bekal.production.tests.goods import level
from bekal.sales.models import Sale
from bekal.shop.actions import cancel_order
from bekal.shop.models import Amendment, Notice, Order, OrderLine, OrderPart
from bekal.shop.queries import notices_to_send, order_problems
from bekal.shop.rules import (
    MOST_PIECES,
    CancelRefused,
    ChangeKind,
    ConfirmRefused,
    Delivery,
    Event,
    OrderChanged,
    OrderRefused,
    OrderStatus,
)
from bekal.shop.tests.buying import buyer, words
from bekal.shop.tests.market import RINA, a_buyer, pay
from bekal.shop.tests.office import HERE, sign_in
from bekal.shop.tests.proposing import answers_messages, confirm, draft, order_of
from tests.support.threads import all_at_once
from tests.support.world import NOON, SETUP, TODAY, YOHANA

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reachable(request, monkeypatch):
    name = "committed_market" if "committed_market" in request.fixturenames else "market"
    market = request.getfixturevalue(name)
    answers_messages(market.nabire)
    monkeypatch.setattr("bekal.foundation.clock.now", lambda: NOON)


def lines(part):
    return dict(OrderLine.objects.filter(part=part).values_list("product_id", "pieces"))


def checked():
    """What PostgreSQL looks at when a transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")


def written():
    """All that confirming writes, to see that a refusal changed nothing."""
    tables = (Order, OrderPart, OrderLine, Amendment, Request, Notice)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


class TestAgreed:
    def test_three_pieces_in_the_place_of_two_are_held_asked_and_told(self, market):
        part = draft(market)
        confirm(part, pieces={market.noken: 3})
        order = order_of(part)
        assert (order.status, order.goods_total, order.total) == ("placed", 300_000, 300_000)
        assert lines(part) == {market.noken: 3}
        assert level(market.noken) == (10, 3)
        assert Request.objects.get().amount == 300_000
        (said,) = [one.told.body for one in notices_to_send(unit_id=market.nabire, on=TODAY)]
        assert "Jumlahnya diubah: Noken kulit kayu dari 2 menjadi 3." in said
        assert "Jumlahnya Rp300.000, dibayar saat mengambil barang." in said
        detail = json.loads(AuditEvent.objects.get(action="shop.confirm_order").detail)
        assert detail["amended"] == {str(market.noken): [2, 3]}
        assert order_problems() == []

    def test_what_is_left_out_is_neither_held_nor_sold(self, market):
        part = draft(market, ("noken", 2), ("coffee", 1))
        confirm(part, pieces={market.noken: 0})
        assert lines(part) == {market.coffee: 1}
        assert level(market.noken) == (10, 0)
        gone = Amendment.objects.get()
        assert (gone.was, gone.pieces) == (2, 0)
        pay(part.pk)
        assert Sale.objects.get().total == order_of(part).goods_total
        assert order_problems() == []

    def test_postage_follows_the_pieces_and_a_fee_that_nobody_saw_is_told(self, market):
        part = draft(market, delivery=Delivery.COURIER, buyer=a_buyer())
        sent = {
            "delivery": Delivery.COURIER,
            "method": Method.QRIS,
            "service_id": market.services[market.nabire],
            "pieces": {market.noken: 9},
        }
        before = written()
        with pytest.raises(OrderChanged) as told:
            confirm(part, fee=18_000, **sent)
        (change,) = told.value.changes
        assert change.kind is ChangeKind.FEE
        assert written() == before
        confirm(part, fee=change.now, **sent)
        assert order_of(part).total == 900_000 + change.now
        part.refresh_from_db()
        assert (part.weight_g, part.fee) == (9 * 500, change.now)

    def test_fewer_pieces_are_confirmed_where_the_stock_is_short(self, market):
        part = draft(market)
        gone = NewMove(market.noken, -9, Reason.WRITTEN_OFF, "uji:rusak", "Rusak")
        move_stock(moves=[gone], by=YOHANA, now=NOON)
        with pytest.raises(OrderChanged):
            confirm(part)
        confirm(part, pieces={market.noken: 1})
        assert level(market.noken) == (1, 1)

    def test_nothing_is_amended_where_nothing_changed(self, market):
        part = draft(market)
        confirm(part, pieces={market.noken: 2})
        assert not Amendment.objects.exists()
        assert "amended" not in AuditEvent.objects.get(action="shop.confirm_order").detail


class TestRefused:
    @pytest.mark.parametrize("pieces", [11, MOST_PIECES + 1, -1])
    def test_more_than_there_is_or_can_be_changes_nothing(self, market, pieces):
        part = draft(market)
        before = written()
        with pytest.raises((OrderChanged, OrderRefused)):
            confirm(part, pieces={market.noken: pieces})
        assert written() == before

    def test_nothing_at_all_is_no_order(self, market):
        part = draft(market)
        before = written()
        with pytest.raises(OrderRefused):
            confirm(part, pieces={market.noken: 0})
        assert written() == before

    def test_a_colleague_who_agreed_on_other_pieces_is_told_and_undoes_nothing(self, market):
        part = draft(market)
        confirm(part, pieces={market.noken: 3})
        assert confirm(part, pieces={market.noken: 3}) is OrderStatus.PLACED
        before = written()
        with pytest.raises(ConfirmRefused, match="jumlah barang yang lain"):
            confirm(part, pieces={market.noken: 4})
        assert written() == before


class TestPages:
    def open(self, client, market, part):
        sign_in(client, market.nabire)
        return f"{HERE}{part.pk}/"

    def test_yohana_counts_anew_sees_the_sum_and_confirms(self, client, market):
        part = draft(market)
        page = self.open(client, market, part)
        assert "Ubah jumlah barang" in words(client.get(page))
        typed = {"way": "pickup", "method": "at_pickup", f"jumlah_{market.noken}": "3"}
        before = written()
        said = words(client.post(f"{page}konfirmasi/", {**typed, "act": "hitung"}))
        assert "Noken kulit kayu dari 2 menjadi 3." in said
        assert "Harga barangnya sekarang Rp300.000, semula Rp200.000. Belum dikonfirmasi." in said
        assert written() == before
        sums = {f"harga_{market.noken}": "100000"}
        done = client.post(f"{page}konfirmasi/", {**typed, **sums}, follow=True)
        assert "Jumlahnya diubah: Noken kulit kayu dari 2 menjadi 3." in words(done)
        order = order_of(part)
        assert order.total == 300_000
        mine = words(buyer().get(f"/pesanan/{order.code}/"))
        assert "Jumlahnya diubah: Noken kulit kayu dari 2 menjadi 3." in mine
        english = words(buyer().get(f"/en/pesanan/{order.code}/"))
        assert "The quantities were changed:" in english

    @pytest.mark.parametrize("typed", ["dua", "-1", "", "1000000000", "1,5"])
    def test_nonsense_is_told_at_its_field_and_kept(self, client, market, typed):
        part = draft(market)
        page = self.open(client, market, part)
        before = written()
        sent = {"way": "pickup", "method": "at_pickup", f"jumlah_{market.noken}": typed}
        for act in ("", "hitung"):
            answer = client.post(f"{page}konfirmasi/", {**sent, "act": act})
            assert answer.status_code == 422
            assert "Isi angka dari 0 sampai" in words(answer)
            assert f'value="{typed}"' in answer.content.decode() or not typed
        assert written() == before

    @pytest.mark.parametrize("typed", ["9", "9 ", "+9", "9.0"])
    def test_postage_is_counted_for_what_the_form_reads(self, client, market, typed):
        part = draft(market, delivery=Delivery.COURIER, buyer=a_buyer())
        page = self.open(client, market, part)
        service = market.services[market.nabire]
        sent = {"way": service, "method": "qris", f"jumlah_{market.noken}": typed}
        said = client.post(f"{page}konfirmasi/", {**sent, "act": "hitung"}).content.decode()
        assert "dari 2 menjadi 9" in said
        fee = said.split(f'name="ongkir_{service}" value="')[1].split('"')[0]
        sums = {f"harga_{market.noken}": "100000", f"ongkir_{service}": fee}
        assert client.post(f"{page}konfirmasi/", {**sent, **sums}).status_code == 303
        assert order_of(part).total == 900_000 + int(fee)

    def test_all_of_nothing_leads_to_declining(self, client, market):
        part = draft(market)
        page = self.open(client, market, part)
        sent = {"way": "pickup", "method": "at_pickup", f"jumlah_{market.noken}": "0"}
        answer = client.post(f"{page}konfirmasi/", sent)
        assert answer.status_code == 422
        assert "tolak pesanan ini" in words(answer)
        assert order_of(part).status == "draft"

    def test_what_is_gone_can_be_left_out(self, client, market):
        part = draft(market, ("noken", 2), ("coffee", 1))
        unpublish(product_id=market.coffee, by=SETUP, now=NOON)
        page = self.open(client, market, part)
        said = words(client.get(page))
        assert "Belum bisa dikonfirmasi" in said
        assert "Cara bayar Tunai" not in said
        sent = {f"jumlah_{market.noken}": "2", f"jumlah_{market.coffee}": "0", "act": "hitung"}
        answer = client.post(f"{page}konfirmasi/", sent)
        assert answer.status_code == 200
        assert "tidak jadi" in words(answer)
        assert "Belum bisa dikonfirmasi" not in words(answer)

    def test_who_comes_second_with_other_pieces_reads_so(self, client, market):
        part = draft(market)
        page = self.open(client, market, part)
        confirm(part, pieces={market.noken: 3})
        sent = {"way": "pickup", "method": "at_pickup", f"jumlah_{market.noken}": "4"}
        answer = client.post(f"{page}konfirmasi/", sent)
        assert answer.status_code == 422
        assert "sudah dikonfirmasi rekan Anda" in words(answer)
        same = client.post(f"{page}konfirmasi/", {**sent, f"jumlah_{market.noken}": "3"})
        assert same.status_code == 303


class TestPromises:
    def amend(self, part, product, *, was=2, pieces=3):
        with transaction.atomic():
            Amendment.objects.create(
                part=part,
                product_id=product,
                name="Noken kulit kayu",
                was=was,
                pieces=pieces,
                making="stock",
                amended_at=NOON,
                amended_by=str(YOHANA),
            )
            checked()

    def test_pieces_change_with_the_confirmation_alone(self, market):
        part = draft(market)
        checked()
        with pytest.raises(IntegrityError, match="as an order is confirmed"):
            self.amend(part, market.noken)
        confirm(part)
        with pytest.raises(IntegrityError, match="what was ordered stays"):
            self.amend(part, market.noken)
        assert lines(part) == {market.noken: 2}

    def test_nor_from_pieces_that_were_not_ordered(self, market):
        part = draft(market)
        with pytest.raises(IntegrityError, match="no such line"):
            self.amend(part, market.noken, was=1)

    @pytest.mark.parametrize("values", [{"pieces": 5}, {"unit_price": 1}, {"name": "Lain"}])
    def test_a_line_is_never_changed_past_its_amendment(self, market, values):
        part = draft(market)
        with (
            pytest.raises(IntegrityError, match="but for its amendment"),
            transaction.atomic(),
        ):
            OrderLine.objects.filter(part=part).update(**values)
        with (
            pytest.raises(IntegrityError, match="but for its amendment"),
            transaction.atomic(),
        ):
            OrderLine.objects.filter(part=part).delete()

    def test_an_amendment_changes_something(self, market):
        part = draft(market)
        with pytest.raises(IntegrityError, match="changes_pieces"):
            self.amend(part, market.noken, pieces=2)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_officers_with_other_pieces_confirm_one_of_them(self, committed_market):
        part = draft(committed_market)
        noken = committed_market.noken
        answers = all_at_once(4, lambda n: confirm(part, pieces={noken: 3 + n % 2}))
        refused = [each for each in answers if isinstance(each, Exception)]
        assert all(isinstance(each, ConfirmRefused) for each in refused)
        pieces = lines(part)[noken]
        assert pieces in {3, 4}
        assert level(noken) == (10, pieces)
        assert Request.objects.get().amount == pieces * 100_000
        assert Amendment.objects.count() == 1

    def test_amending_and_taking_back_at_once_ends_with_one_of_them(self, committed_market):
        part = draft(committed_market)
        noken = committed_market.noken

        def one(number):
            if number:
                return confirm(part, pieces={noken: 3})
            return cancel_order(order_id=part.order_id, by=RINA, now=NOON)

        answers = all_at_once(2, one)
        refused = [each for each in answers if isinstance(each, Exception)]
        assert all(isinstance(each, ConfirmRefused | CancelRefused) for each in refused)
        status = order_of(part).status
        assert status in {"placed", "cancelled"}
        held = 3 if status == "placed" else 0
        assert level(noken) == (10, held)
        assert order_problems() == []


def test_the_event_of_confirming_is_told_once(market):
    part = draft(market)
    for _ in range(2):
        confirm(part, pieces={market.noken: 3})
    assert Notice.objects.filter(event=Event.CONFIRMED).count() == 1
