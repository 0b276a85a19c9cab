"""A world in which everything has happened that a check of `bekal check` looks at.

Built by the rooms' public actions, with the helpers of their own tests; where those take goods to
come from somewhere, they come from a batch here. Nothing is told to the tests of it: each damage
finds its rows by what they are.
"""

from bekal.foundation.attachments import Attachment
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.ledger.actions import make_checkpoints, sum_lines
from bekal.payments.actions import NewTransfer, settle_units
from bekal.payments.tests.money import an_ask, comes
from bekal.payments.tests.test_paying_out import a_debt
from bekal.payments.tests.test_paying_out import paid as pays_back
from bekal.people.tests.makers import consents, goes_home, lets_go, rules, who_may_work
from bekal.production import actions as production
from bekal.production.rules.land import Fate
from bekal.production.tests.batches import DAY, a_batch, corrects, makes
from bekal.production.tests.goods import a_workshop, hold, receive
from bekal.production.tests.land import a_harvest, a_plot, done, harvests, planted
from bekal.production.tests.materials import a_material, buy, given, use, with_money
from bekal.production.tests.test_costing import write
from bekal.production.tests.transfers import receives, sends, takes_back
from bekal.production.tests.work import limits, stops, works
from bekal.sales.actions import record_sale
from bekal.shop.actions import cancel_order
from bekal.shop.models import Payee
from bekal.shop.tests.market import an_order, open_market, place
from bekal.shop.tests.office import paid
from bekal.shop.tests.reporting import a_parcel, a_report, accept, came_back, refund
from bekal.treasury.actions import (
    NewSetOff,
    add_proof,
    call_off,
    draw_sample,
    lift_returns,
    set_off,
)
from bekal.treasury.rules import NewSample
from bekal.treasury.rules.clearing import Way
from bekal.treasury.tests import (
    deposits,
    premi,
    test_cash,
    test_clearing,
    test_closing,
    test_fund,
    test_settling,
)
from tests.support.world import NOON, SITI, TODAY, YESTERDAY, YOHANA, World, a_product, a_sale

MARCH = TODAY.replace(month=3, day=20)
AFTERNOON = NOON.replace(hour=9)


def make_it_busy(world: World) -> None:
    """Let everything happen, most of it at Lapas Nabire."""
    market = open_market(world)
    _a_month_is_closed(world)
    with_money(world.nabire, 3_000_000)
    makers = _makers_work(world)
    _goods_are_made(world, makers)
    _land_is_worked(world, makers)
    _goods_are_sold(world)
    _the_state_gets_its_share(world)
    _orders_go_every_way(market)
    _money_comes_and_goes(world)
    _makers_get_their_premi(world, makers)
    _the_fund_is_used(world)
    _the_day_is_closed(world)


def _a_month_is_closed(world):
    test_closing.sell(world, on=MARCH)
    paper = test_closing.prepare(world)
    test_closing.decide(world, paper)


def _makers_work(world):
    """Three who may work at Nabire, one of whom moves away."""
    rules()
    limits(world.nabire, valid_from=TODAY - 30 * DAY, now=NOON - 30 * DAY)
    makers = [who_may_work(world.nabire, number=f"UJI-{number}") for number in range(4)]
    consents(makers[0], world.nabire)
    lets_go(makers.pop(), world.nabire, world.bangli)
    return makers


def _goods_are_made(world, makers):
    """Noken are made of bark, counted wrong, and put right; some bark was bought by mistake."""
    bark = a_material(world.nabire, "Kulit kayu")
    buy(world.nabire, (bark, 20_000, 200_000))
    given(world.nabire, (bark, 1_000))
    mistake = buy(world.nabire, (bark, 1_000, 10_000))
    production.undo_purchase(
        unit_id=world.nabire, purchase_id=mistake, key=uuid7(), reason="dobel", by=YOHANA, now=NOON
    )
    use(world.nabire, bark, 500, note="contoh")
    others = [("Benang", 10_000)]
    write(world.nabire, world.noken, materials=[(bark, 500)], others=others)
    loom = a_workshop(world.nabire, name="Bengkel noken")
    for maker in makers[:2]:
        works(maker, world.nabire, loom, first=TODAY - 10 * DAY)
    shares = tuple((maker, 60) for maker in makers[:2])
    batch = makes(world.nabire, loom, world.noken, good=30, shares=shares)
    corrects(world.nabire, batch, good=29, rejected=2)


def _land_is_worked(world, makers):
    """A plot is harvested for the kitchen, and a second time for sale."""
    plot = a_plot(world.nabire)
    done(world.nabire, planted(world.nabire, plot, "Terong"))
    chillies = planted(world.nabire, plot)
    harvests(world.nabire, chillies)
    field = a_workshop(world.nabire, name="Kebun")
    work = works(makers[2], world.nabire, field, first=TODAY - 10 * DAY)
    product = a_product(world.nabire, "Cabai 1 kg", "kerajinan", price=30_000)
    shares = ((makers[2], 120),)
    batch = a_batch(world.nabire, field, product, rejected=0, shares=shares)
    new = a_harvest(world.nabire, chillies, fate=Fate.SOLD, batch=batch)
    production.record_harvest(new=new, by=YOHANA, now=NOON)
    stops(work, world.nabire)


def _goods_are_sold(world):
    """Some are sold, one is held, some go to Lapas Merauke, and some come back."""
    receive(world.coffee, 20)
    for _ in range(9):
        record_sale(sale=a_sale(world.nabire, (world.coffee, 1)), by=YOHANA, now=NOON)
    hold((world.coffee, 1))
    receives(world.merauke, sends(world.nabire, world.merauke, world.coffee, 3), 3, 600)
    takes_back(world.nabire, sends(world.nabire, world.merauke, world.coffee, 2), 2)


def _orders_go_every_way(market):
    """One came and is back in part, one is paid, one waits for money, one is cancelled."""
    part = a_parcel(market, ("noken", 3))
    a_report(part, 1)
    problem = a_report(part, 2)
    accept(problem, part)
    came_back(problem, part, 1, 1)
    refund(problem, part)
    Payee.objects.create(
        order_id=part.order_id, bank="BRI", account="1", holder="R", said_at=NOON, said_by="buyer"
    )
    paid(market, ("coffee", 1), ("endek", 1))
    place(an_order(market, ("chair", 1)))
    order = an_order(market, ("noken", 1))
    place(order)
    cancel_order(order_id=order.key, by=YOHANA, now=NOON)


def _money_comes_and_goes(world):
    """Asked for, unasked, back to who sent it, between units, and QRIS into the bank."""
    comes(world.nabire, 70_000, request_id=an_ask(world.nabire, 70_000).request_id)
    pays_back(a_debt(world.nabire, 20_000), world.nabire)
    loose = comes(world.nabire, 5_000)
    a_debt(world.nabire, 1_000, receipt_id=loose.receipt_id)
    transfer = NewTransfer(uuid7(), world.nabire, world.bangli, 90_000, "TRX-9", TODAY)
    settle_units(transfer=transfer, by=SITI, now=NOON)
    test_settling.sell(world)
    (line,) = test_settling.bank(world, (TODAY, 99_300))
    test_settling.settle(world, line, fee=700, reason="MDR 0,7%")


def _the_state_gets_its_share(world):
    """Bangli owes, pays, takes goods back after it, sets off; another code is called off."""
    sale = deposits.sells(world.bangli, world.endek, 2)
    deposit = deposits.deposits(world.bangli, 100_000)
    paper = Attachment("bukti.pdf", "application/pdf", b"%PDF-1.7 NTPN")
    add_proof(unit_id=world.bangli, deposit_id=deposit, paper=paper, by=SITI, now=NOON)
    deposits.comes_back(sale)
    deposits.sells(world.bangli, world.endek, 2)
    lift_returns(unit_id=world.bangli, by=SITI, now=NOON)
    new = NewSetOff(uuid7(), world.bangli, 20_000, "S-17 (uji)", TODAY)
    set_off(new=new, by=SITI, now=NOON)
    mistake = deposits.billed(world.bangli, 30_000, number=2)
    call_off(unit_id=world.bangli, deposit_id=mistake, reason="salah", by=SITI, now=NOON)


def _makers_get_their_premi(world, makers):
    """Divided, half of it saved, paid; who goes home gets what was saved; then a piece is back."""
    premi.saves(world.nabire)
    line = premi.sells(world.nabire, world.noken, 2)
    premi.divides(world.nabire)
    premi.paid_run(world.nabire)
    goes_home(makers[0], world.nabire)
    premi.gets_savings(world.nabire, makers[0])
    premi.comes_back(line, 1)
    premi.sells(world.nabire, world.noken, 3)
    premi.divides(world.nabire)


def _the_fund_is_used(world):
    test_fund.fill(world.nabire)
    payment = test_fund.pay(world.nabire, test_fund.approved(world.nabire))
    test_fund.bring_back(world.nabire, payment, 5_000)


def _the_day_is_closed(world):
    """Cash is counted on two days and settled in part; sums are made; an auditor draws receipts."""
    test_cash.count(world.nabire, day=YESTERDAY)
    test_cash.count(world.nabire, pieces={"n100000": 1}, reason="Sisanya di bank")
    test_clearing.settled(world.nabire, 3_000)
    test_clearing.settled(world.nabire, 2_000, way=Way.BORNE)
    test_clearing.propose(world.nabire, 1_000)
    make_checkpoints(by=SITI, now=NOON)
    sum_lines(by=SITI, now=NOON)
    new = NewSample(uuid7(), world.nabire, Period(TODAY, TODAY), size=9, seed="uji")
    draw_sample(new=new, by=SITI, now=AFTERNOON)
