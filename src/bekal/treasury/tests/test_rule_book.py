"""How the centre sets rules: Dewi proposes, Andi decides, and nothing is split anew."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.audit.models import Event
from bekal.foundation.actors import user_actor
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import Refused
from bekal.ledger import queries as ledger
from bekal.ledger.actions import (
    NewProposal,
    ProposalDecided,
    approve_proposal,
    propose_rule,
    refuse_proposal,
)
from bekal.ledger.models import DocumentedSplit, RuleProposal, SplitRule
from bekal.ledger.rules import AccountKind, Base, Form, Share
from bekal.sales.actions import record_sale
from bekal.sales.models import SaleLine
from bekal.treasury import trials
from tests.support.threads import at_once
from tests.support.world import NOON, TODAY, YOHANA, a_sale

pytestmark = pytest.mark.django_db
DEWI, ANDI = user_actor(71), user_actor(72)
TOMORROW = TODAY + dt.timedelta(days=1)
HALVES = (
    Share(AccountKind.PREMI_UNALLOCATED, Form.PERCENT, 5000),
    Share(AccountKind.PNBP_PAYABLE, Form.REST),
)
MARCH = dt.date(2026, 3, 16)


def propose(world, *, key=None, by=DEWI, **changes):
    given = {
        "place_id": world.centre,
        "is_choice": False,
        "activity": "",
        "name": "Separuh premi",
        "base": Base.GROSS,
        "shares": HALVES,
        "citation": "Kepmen uji 1/2026",
        "source": "",
        "first_day": TOMORROW,
        **changes,
    }
    return propose_rule(key=key or uuid7(), new=NewProposal(**given), by=by, now=NOON)


def approve(proposal, by=ANDI, now=NOON):
    return approve_proposal(proposal_id=proposal.pk, by=by, now=now)


def seen(proposal_id) -> Any:
    return ledger.proposal_by_id(proposal_id=proposal_id)


def rule_at(world, on):
    return ledger.rules_in_force(unit_id=world.nabire, activities=[""], on=on)[""]


def test_a_proposal_holds_from_its_day_on_once_somebody_else_agrees(world):
    proposal = propose(world)
    assert rule_at(world, TOMORROW).name != "Separuh premi"
    with pytest.raises(Refused, match="orang lain"):
        approve(proposal, by=DEWI)
    assert RuleProposal.objects.get().decided_at is None
    approve(proposal)
    assert rule_at(world, TODAY).name != "Separuh premi"
    assert rule_at(world, TOMORROW).name == "Separuh premi"
    assert SplitRule.objects.get(name="Separuh premi").adopted_by == str(ANDI)
    with pytest.raises(ProposalDecided):
        approve(proposal)


def test_a_sale_before_the_day_keeps_its_rule(world):
    approve(propose(world))
    for day, by_new in ((TODAY, False), (TOMORROW, True)):
        now = NOON + (day - TODAY)
        sale = a_sale(world.nabire, (world.noken, 1), sold_on=day)
        record_sale(sale=sale, by=YOHANA, now=now)
        line = SaleLine.objects.get(sale_id=sale.key)
        assert (line.rule.name == "Separuh premi") is by_new


def test_a_rule_never_holds_backwards(world):
    with pytest.raises(Refused) as refused:
        propose(world, first_day=TODAY - dt.timedelta(days=1))
    assert refused.value.field == "first_day"
    proposal = propose(world)
    with pytest.raises(Refused, match="paling cepat"):
        approve(proposal, now=NOON + dt.timedelta(days=3))
    assert RuleProposal.objects.get().verdict == ""
    assert not SplitRule.objects.filter(name="Separuh premi").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"shares": HALVES[:1]}, "100 persen"),
        ({"shares": (*HALVES, HALVES[1])}, "satu tujuan"),
        ({"citation": " "}, "dasar hukum"),
        ({"name": " "}, "nama aturan"),
        ({"activity": "Kayu Jati"}, "kode kegiatan"),
    ],
)
def test_a_rule_that_cannot_be_is_not_proposed(world, changes, words):
    with pytest.raises(Refused, match=words):
        propose(world, **changes)
    assert not RuleProposal.objects.exists()


def test_a_refusal_has_a_reason_and_another_person(world):
    proposal = propose(world)
    for by, reason, words in ((DEWI, "salah", "orang lain"), (ANDI, " ", "alasan")):
        with pytest.raises(Refused, match=words):
            refuse_proposal(proposal_id=proposal.pk, reason=reason, by=by, now=NOON)
    refuse_proposal(proposal_id=proposal.pk, reason="Dasarnya dicabut", by=ANDI, now=NOON)
    found = seen(proposal.pk)
    assert (found.state, found.reason) == ("ditolak", "Dasarnya dicabut")
    with pytest.raises(ProposalDecided):
        approve(proposal)


def test_a_choice_that_is_approved_can_be_chosen_by_units(world):
    proposal = propose(world, is_choice=True)
    assert not DocumentedSplit.objects.filter(name="Separuh premi").exists()
    approve(proposal)
    chosen = DocumentedSplit.objects.get(name="Separuh premi")
    assert (chosen.gap, ledger.documented_rule(chosen).shares) == ("", HALVES)
    assert not SplitRule.objects.filter(name="Separuh premi").exists()


def test_the_same_key_is_one_proposal(world):
    key = uuid7()
    assert propose(world, key=key).pk == propose(world, key=key).pk
    assert RuleProposal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_presses_of_one_button_make_one_proposal(committed_world):
    key = uuid7()
    at_once(8, lambda n: propose(committed_world, key=key))
    assert RuleProposal.objects.count() == 1
    assert Event.objects.filter(action="ledger.propose_rule").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_who_decide_at_once_one_does(committed_world):
    proposal = propose(committed_world)

    def one(number):
        by = user_actor(80 + number)
        try:
            if number % 2:
                approve(proposal, by=by)
            else:
                refuse_proposal(proposal_id=proposal.pk, reason="uji", by=by, now=NOON)
        except ProposalDecided:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, range(4))) == 1


@pytest.mark.parametrize(
    ("sql", "promise"),
    [
        (
            (
                "update ledger_ruleproposal set decided_at = now(), decided_by = proposed_by, "
                "verdict = 'refused', reason = 'x'"
            ),
            "four_eyes",
        ),
        ("update ledger_ruleproposal set verdict = 'approved'", "decided_whole"),
        (
            (
                "update ledger_ruleproposal set decided_at = now(), decided_by = 'user:9', "
                "verdict = 'refused'"
            ),
            "decided_whole",
        ),
        (
            (
                "update ledger_ruleproposal set decided_at = now(), decided_by = 'user:9', "
                "verdict = 'approved'"
            ),
            "decided_whole",
        ),
        ("update ledger_ruleproposal set shares = '[]'", "nothing else"),
        ("update ledger_ruleproposal set first_day = first_day - 90", "nothing else"),
        ("delete from ledger_ruleproposal", "final"),
    ],
)
def test_the_database_keeps_four_eyes_whoever_writes(world, sql, promise):
    propose(world)
    with (
        pytest.raises(IntegrityError, match=promise),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_the_trial_splits_last_month_twice_and_both_sides_are_equal(world):
    for product, pieces, day in (
        (world.noken, 2, MARCH),
        (world.coffee, 1, MARCH),
        (world.noken, 1, TODAY),
    ):
        sale = a_sale(world.nabire, (product, pieces), sold_on=day)
        record_sale(sale=sale, by=YOHANA, now=NOON)
    rule = seen(propose(world).pk).rule
    found = trials.tried(rule, unit_ids=[world.nabire, world.merauke], activity="", today=TODAY)
    assert (found.lines, found.units, found.without_cost, found.gross) == (2, 1, 0, 248_000)
    rows = {row.label: (row.before, row.after) for row in found.rows}
    assert rows["Premi pembuat"][1] == rows["PNBP terutang"][1] == 124_000
    assert rows["Bahan dan biaya"] == (151_333, 0)
    assert sum(after for _, after in rows.values()) == 248_000
    crafts = trials.tried(rule, unit_ids=[world.nabire], activity="kerajinan", today=TODAY)
    assert crafts.gross == 200_000
    assert sum(row.change for row in found.rows) == 0


def test_lines_without_cost_are_left_out_of_both_sides_and_said(world):
    sale = a_sale(world.bangli, (world.endek, 1), sold_on=MARCH)
    record_sale(sale=sale, by=YOHANA, now=NOON)
    rule = seen(propose(world, base=Base.AFTER_COST).pk).rule
    found = trials.tried(rule, unit_ids=[world.bangli], activity="", today=TODAY)
    assert (found.lines, found.without_cost, found.rows) == (0, 1, [])


# --- Pages --------------------------------------------------------------------------------------


def sent(world, **changes):
    return {
        "key": str(uuid7()),
        "name": "Separuh premi",
        "effect": "berlaku",
        "place": str(world.papua),
        "activity": "",
        "first_day": TOMORROW.isoformat(),
        "base": "gross",
        "premi_unallocated": "33,5%",
        "capital": "Rp5.000",
        "pnbp_payable": "sisa",
        "citation": "Kepmen uji 1/2026",
        "source": "",
        **changes,
    }


def test_dewi_proposes_and_andi_agrees_on_the_page(person, world):
    dewi = person("Dewi", ("ditjenpas", "centre"))
    assert "Belum ada usulan" in dewi.get("/aturan/").content.decode()
    wrong = dewi.post("/aturan/baru/", sent(world, pnbp_payable=""))
    assert wrong.status_code == 422
    assert 'value="33,5%"' in wrong.content.decode()
    assert "100 persen" in wrong.content.decode()
    nonsense = dewi.post("/aturan/baru/", sent(world, capital="banyak"))
    assert "Tulis persen seperti 35%" in nonsense.content.decode()
    page = dewi.post("/aturan/baru/", sent(world))["Location"].partition("?")[0]
    mine = dewi.get(page).content.decode()
    assert "33,5%" in mine
    assert "Rp5.000 tiap barang" in mine
    assert "Anda yang mengusulkan" in mine
    assert dewi.post(page, {"putusan": "setuju"}).status_code == 422
    assert not SplitRule.objects.filter(place_id=world.papua).exists()
    andi = person("Andi", ("ditjenpas", "centre"))
    blank = andi.post(page, {"putusan": "tolak", "reason": ""})
    assert "Isi alasan menolak" in blank.content.decode()
    assert andi.post(page, {"putusan": "setuju"}).status_code == 303
    assert SplitRule.objects.filter(place_id=world.papua).count() == 1
    assert "disetujui" in andi.get("/aturan/?keadaan=disetujui").content.decode()


@pytest.mark.unconfirmed
def test_proposing_asks_for_the_second_factor(person, world):
    dewi = person("Dewi", ("ditjenpas", "centre"))
    assert dewi.post("/aturan/baru/", sent(world)).status_code == 403
    assert not RuleProposal.objects.exists()


def test_the_pages_ask_a_known_number_of_statements(person, world, django_assert_num_queries):
    proposal = propose(world)
    dewi = person("Dewi", ("ditjenpas", "centre"))
    dewi.get("/aturan/")
    # session, user, scope, proposals, their authors, what the desk offers
    with django_assert_num_queries(6):
        dewi.get("/aturan/")
    # session, user, scope, proposal, units, lines, author, place, what the desk offers
    with django_assert_num_queries(9):
        dewi.get(f"/aturan/{proposal.pk}/")
