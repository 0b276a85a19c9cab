"""The jobs of the worker: rows in the same database (procrastinate). Times are UTC."""

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

from bekal.accounts import actions as accounts
from bekal.catalogue import actions as catalogue
from bekal.config.checks import CHECKS, run_all
from bekal.foundation import actions as foundation
from bekal.foundation import clock
from bekal.foundation.actors import job_actor
from bekal.foundation.clock import Zone, local_day
from bekal.institutions import actions as institutions
from bekal.ledger.actions import make_checkpoints, sum_lines
from bekal.payments import actions as payments
from bekal.people import actions as people
from bekal.production import actions as production
from bekal.sales import actions as sales
from bekal.shop import actions as shop
from bekal.treasury import actions as treasury
from bekal.treasury import queries as treasury_queries
from bekal.treasury.rules import NewOutcome

log = structlog.get_logger("bekal.jobs")


@app.periodic(cron="30 17 * * *")
@app.task(queueing_lock="nightly_check", pass_context=False)
def nightly_check(timestamp: int) -> None:
    """Run every check at 00.30 WIB; broken promises go to the log and to the centre's desk.

    A check that could not be carried out is a problem too: it is kept, and then rises.
    """
    by, now = job_actor("nightly_check"), clock.now()
    try:
        outcomes = run_all(CHECKS)
    except Exception as failure:
        stopped = NewOutcome("all checks can be carried out", [repr(failure)])
        treasury.keep_check_run(outcomes=[stopped], by=by, now=now)
        raise
    for outcome in outcomes:
        for problem in outcome.problems:
            log.error("check", check=outcome.name, problem=problem)
    kept = [NewOutcome(outcome.name, outcome.problems) for outcome in outcomes]
    treasury.keep_check_run(outcomes=kept, by=by, now=now)


@app.periodic(cron="0 17 * * *")
@app.task(queueing_lock="nightly_checkpoints", pass_context=False)
def nightly_checkpoints(timestamp: int) -> None:
    """Write the balance checkpoints at 00.00 WIB, before the nightly check compares them."""
    made = make_checkpoints(by=job_actor("nightly_checkpoints"), now=clock.now())
    log.info("checkpoints", made=made)


@app.periodic(cron="12 * * * *")
@app.task(queueing_lock="hourly_sums", pass_context=False)
def hourly_sums(timestamp: int) -> None:
    """Add each hour the lines of the books to their sums by days, months and years."""
    changed = sum_lines(by=job_actor("hourly_sums"), now=clock.now())
    if changed:
        log.info("sums", changed=changed)


@app.periodic(cron="15 17 * * *")
@app.task(queueing_lock="nightly_forgetting", pass_context=False)
def nightly_forgetting(timestamp: int) -> None:
    """Forget at 00.15 WIB the counts of sign-ins and requests whose window has ended."""
    forgotten = foundation.forget_past_attempts(by=job_actor("nightly_forgetting"), now=clock.now())
    log.info("forgetting", forgotten=forgotten)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="goods_by_the_minute", pass_context=False)
def goods_by_the_minute(timestamp: int) -> None:
    """Each minute: let holds go and end pauses whose time is over, and tell of what changed."""
    by, now = job_actor("goods_by_the_minute"), clock.now()
    let_go = production.release_expired(by=by, now=now)
    ended = production.end_pauses(by=by, now=now)
    told = production.tell_shelves(by=by, now=now)
    if let_go or ended or told:
        log.info("goods", let_go=let_go, pauses_ended=ended, told=told)


@app.periodic(cron="5 17 * * *")
@app.task(queueing_lock="nightly_shelves", pass_context=False)
def nightly_shelves(timestamp: int) -> None:
    """Tell at 00.05 WIB of all goods: working times that begin today change how long they take."""
    told = production.rebuild_shelves(by=job_actor("nightly_shelves"), now=clock.now())
    log.info("shelves", told=told)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="ending_asks", pass_context=False)
def ending_asks(timestamp: int) -> None:
    """End each minute the asks for money whose time has run out."""
    ended = payments.expire_asks(by=job_actor("ending_asks"), now=clock.now())
    log.info("asks", ended=ended)


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="asking_the_gateway", pass_context=False)
def asking_the_gateway(timestamp: int) -> None:
    """Ask the gateway every second minute about payments whose notice may have been lost."""
    received = payments.poll_gateway(by=job_actor("asking_the_gateway"), now=clock.now())
    log.info("gateway", received=received)


@app.periodic(cron="20 17 * * *")
@app.task(queueing_lock="nightly_forgetting_of_banks", pass_context=False)
def nightly_forgetting_of_banks(timestamp: int) -> None:
    """Empty at 00.20 WIB what banks wrote about payers, a year after it was of use."""
    by = job_actor("nightly_forgetting_of_banks")
    log.info("bank_texts", emptied=payments.forget_bank_texts(by=by, now=clock.now()))


@app.periodic(cron="22 17 * * *")
@app.task(queueing_lock="nightly_forgetting_of_makers", pass_context=False)
def nightly_forgetting_of_makers(timestamp: int) -> None:
    """Erase at 00.22 WIB what was known of makers who went home long enough ago.

    Whoever is still owed premi, or has savings, is kept until that is paid.
    """
    by, now = job_actor("nightly_forgetting_of_makers"), clock.now()
    facts = people.erase_facts(by=by, now=now)
    names = people.erase_makers(
        days=settings.BEKAL_MAKER_DATA_DAYS, owed=treasury_queries.makers_owed(), by=by, now=now
    )
    log.info("makers", facts_erased=facts, names_erased=names)


@app.periodic(cron="10 17 * * *")
@app.task(queueing_lock="nightly_returns_of_pnbp", pass_context=False)
def nightly_returns_of_pnbp(timestamp: int) -> None:
    """Book at 00.10 WIB as overpaid what was deposited for goods that have come back."""
    by = job_actor("nightly_returns_of_pnbp")
    log.info("pnbp_returns", units=treasury.lift_all_returns(by=by, now=clock.now()))


@app.periodic(cron="2 17 * * *")
@app.task(queueing_lock="nightly_premi", pass_context=False)
def nightly_premi(timestamp: int) -> None:
    """Divide premi at 00.02 WIB, unit by unit; units that failed are named, and it fails then."""
    failed = []
    for unit in treasury.divide_all_premi(by=job_actor("nightly_premi"), now=clock.now()):
        if unit.failure:
            failed.append(unit.unit_id)
            log.error("premi", unit=unit.unit_id, failure=unit.failure)
        else:
            log.info("premi", unit=unit.unit_id, lines=unit.lines, claims=unit.claims)
    if failed:
        raise RuntimeError(f"premi was not divided in the units {failed}")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="telling_buyers", pass_context=False)
def telling_buyers(timestamp: int) -> None:
    """Send each minute the e-mails to buyers that are due; a lock keeps two runs apart."""
    sent = shop.send_notices(by=job_actor("telling_buyers"), now=clock.now())
    if sent:
        log.info("notices", sent=sent)


@app.periodic(cron="25 17 * * *")
@app.task(queueing_lock="nightly_old_news", pass_context=False)
def nightly_old_news(timestamp: int) -> None:
    """Drop at 00.25 WIB the prepared messages whose news is old."""
    dropped = 0
    while batch := shop.drop_stale_notices(by=job_actor("nightly_old_news"), now=clock.now()):
        dropped += batch
    log.info("old_news", dropped=dropped)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="encoding_pictures", pass_context=False)
def encoding_pictures(timestamp: int) -> None:
    """Encode photographs that buyers see as AVIF too, a few each minute: one takes a second."""
    encoded = catalogue.encode_waiting(by=job_actor("encoding_pictures"), now=clock.now())
    if encoded:
        log.info("pictures", encoded=encoded)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="ending_orders", pass_context=False)
def ending_orders(timestamp: int) -> None:
    """End each minute the orders whose time to pay is over, and give their goods back."""
    ended = shop.expire_orders(by=job_actor("ending_orders"), now=clock.now())
    if ended:
        log.info("orders", ended=ended)


@app.periodic(cron="28 17 * * *")
@app.task(queueing_lock="nightly_receiving", pass_context=False)
def nightly_receiving(timestamp: int) -> None:
    """Take parcels at 00.28 WIB as received that nobody complained of for two weeks."""
    received = shop.assume_received(by=job_actor("nightly_receiving"), now=clock.now())
    log.info("receiving", received=received)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="forgetting_drafts", pass_context=False)
def forgetting_drafts(timestamp: int) -> None:
    """Forget every ten minutes what was typed of orders and not sent for an hour."""
    forgotten = shop.forget_drafts(by=job_actor("forgetting_drafts"), now=clock.now())
    if forgotten:
        log.info("drafts", forgotten=forgotten)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sheets_by_the_minute", pass_context=False)
def sheets_by_the_minute(timestamp: int) -> None:
    """Go on each minute with sheets of sales that somebody has started."""
    done = sales.record_started(by=job_actor("sheets_by_the_minute"), now=clock.now())
    if done:
        log.info("sheets", rows=done)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="letters_by_the_minute", pass_context=False)
def letters_by_the_minute(timestamp: int) -> None:
    """Send each minute invitations, and what institutions are to be told."""
    by, now = job_actor("letters_by_the_minute"), clock.now()
    invited = accounts.mail_invitations(by=by, now=now)
    sent = institutions.send_letters(by=by, now=now)
    abroad = institutions.send_enquiry_letters(by=by, now=now)
    if invited or sent or abroad:
        log.info("letters", invited=invited, sent=sent, abroad=abroad)


@app.periodic(cron="25 17 * * *")
@app.task(queueing_lock="nightly_erasing_of_contacts", pass_context=False)
def nightly_erasing_of_contacts(timestamp: int) -> None:
    """Erase at 00.25 WIB who asked for something, when their time is over."""
    by, now = job_actor("nightly_erasing_of_contacts"), clock.now()
    contacts = shop.erase_contacts(today=local_day(now, Zone.WIB), by=by, now=now)
    parties = institutions.erase_institutions(by=by, now=now)
    log.info("erasing", contacts=contacts, institutions=parties)


@app.periodic(cron="35 17 * * *")
@app.task(queueing_lock="nightly_erasing_of_buyers", pass_context=False)
def nightly_erasing_of_buyers(timestamp: int) -> None:
    """Erase at 00.35 WIB who ordered, when the legal period is over; batch by batch."""
    by, now = job_actor("nightly_erasing_of_buyers"), clock.now()
    erased = 0
    while batch := shop.erase_buyers(today=local_day(now, Zone.WIB), by=by, now=now):
        erased += batch
    log.info("erasing_of_buyers", buyers=erased)
