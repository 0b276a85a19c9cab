"""One request to many workshops, their answers, and one order: each happens once."""

import pytest

from bekal.audit.models import Event
from bekal.audit.queries import chain_problems
from bekal.foundation.attachments import read_attachment
from bekal.foundation.clock import Zone
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message
from bekal.foundation.refusals import KeyReused
from bekal.institutions import queries
from bekal.institutions.actions import withdraw_request
from bekal.institutions.models import Answer, Choice, Invitation, Outcome, Request, RequestFile
from bekal.institutions.rules import (
    MOST_UNCHECKED,
    AnswerRefused,
    RequestRefused,
    Stand,
    State,
)
from bekal.institutions.tests.asked import (
    DAY,
    DEADLINE,
    SRI,
    answer,
    ask,
    choose,
    register,
)
from bekal.shop.actions import check_institution
from bekal.shop.models import Order
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, SETUP, TODAY

MODELS = (Request, RequestFile, Invitation, Answer, Outcome, Choice, Order, Message, Event)


def counts():
    return [model.objects.count() for model in MODELS]


def work(unit, *, now=NOON):
    return queries.unit_work(unit_id=unit, today=TODAY, zone=Zone.WIT, now=now)


def rows(asked, *, now=NOON):
    request = Request.objects.get(pk=asked.request_id)
    return {row.unit.id: row for row in queries.comparison(request=request, on=TODAY)}


def before(unit, asked, *, now=NOON):
    found = queries.invited(unit_id=unit, request_id=asked.request_id, now=now)
    assert found is not None
    return found


def stand(unit, asked, *, now=NOON):
    return before(unit, asked, now=now).stand


def test_one_request_reaches_the_workshops_that_were_chosen_and_no_other(world):
    asked = ask(world)
    assert set(rows(asked)) == {world.nabire, world.bangli}
    assert queries.invited(unit_id=world.merauke, request_id=asked.request_id, now=NOON) is None
    for unit in (world.nabire, world.bangli):
        assert stand(unit, asked) is Stand.WAITING
        assert work(unit).requests == 1
    assert work(world.merauke).requests == 0
    found = queries.request_by_key(key=asked.key)
    assert found is not None
    assert found.pk == asked.request_id
    assert asked.key not in str(vars(found).values())
    assert queries.request_by_key(key="x") is None


def test_a_file_is_kept_with_the_request(world):
    file = read_attachment(name="gambar.pdf", content=b"%PDF-1.7 gambar")
    asked = ask(world, file=file)
    kept = queries.file_of(request_id=asked.request_id)
    assert kept is not None
    assert (kept.name, bytes(kept.content)) == ("gambar.pdf", b"%PDF-1.7 gambar")
    assert before(world.nabire, asked).file_name == "gambar.pdf"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "k" * 121}, "title"),
        ({"specification": ""}, "specification"),
        ({"specification": "k" * 2001}, "specification"),
        ({"destination": ""}, "destination"),
        ({"measure": ""}, "measure"),
        ({"pieces": 0}, "pieces"),
        ({"pieces": 10**9}, "pieces"),
        ({"needed_on": TODAY - DAY}, "needed_on"),
        ({"needed_on": TODAY + 900 * DAY}, "needed_on"),
        ({"answer_until": NOON}, "answer_until"),
        ({"answer_until": NOON + 61 * DAY}, "answer_until"),
        ({"district": ""}, "district"),
        ({"district": "999999"}, "district"),
        ({"units": ()}, "workshops"),
        ({"units": (-1,)}, "workshops"),
        ({"units": range(1000, 1201)}, "workshops"),
    ],
)
def test_what_is_no_request_is_refused_and_changes_nothing(world, changes, field):
    institution = register()
    were = counts()
    with pytest.raises(RequestRefused) as refused:
        ask(world, institution=institution, **changes)
    assert refused.value.field == field
    assert counts() == were


def test_a_request_that_comes_twice_is_sent_once(world):
    institution, key = register(), uuid7()
    first = ask(world, institution=institution, key=key)
    were = counts()
    assert ask(world, institution=institution, key=key) == first
    with pytest.raises(KeyReused):
        ask(world, institution=institution, key=key, pieces=7)
    assert counts() == were


def test_a_later_answer_takes_the_place_of_an_earlier_one_and_both_stay(world):
    asked = ask(world)
    answer(asked, world.nabire, world.noken, unit_price=90_000)
    answer(asked, world.nabire, world.noken, unit_price=85_000, now=NOON + DAY)
    answer(asked, world.bangli, reason="Bengkel penuh sampai Juni")
    found = rows(asked)
    assert found[world.nabire].answer.unit_price == 85_000
    assert found[world.nabire].total == 25 * 85_000
    assert not found[world.bangli].is_offer
    assert Answer.objects.count() == 3
    assert stand(world.nabire, asked) is Stand.OFFERED
    assert stand(world.bangli, asked) is Stand.DECLINED
    answer(asked, world.nabire, reason="Kayu habis", now=NOON + 2 * DAY)
    assert stand(world.nabire, asked) is Stand.DECLINED
    (row,) = queries.requests_of(institution_id=Request.objects.get().institution_id, now=NOON)
    assert (row.asked, row.offers, row.state) == (2, 0, State.OPEN)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"pieces": 0}, "pieces"),
        ({"pieces": 41}, "pieces"),
        ({"unit_price": 0}, "unit_price"),
        ({"unit_price": 59_999}, "unit_price"),
        ({"unit_price": 10**12}, "unit_price"),
        ({"ready_on": TODAY - DAY}, "ready_on"),
        ({"valid_until": TODAY - DAY}, "valid_until"),
        ({"note": "k" * 401}, "note"),
    ],
)
def test_an_offer_that_is_none_is_refused_and_changes_nothing(world, changes, field):
    asked = ask(world)
    were = counts()
    with pytest.raises(AnswerRefused) as refused:
        answer(asked, world.nabire, world.noken, **changes)
    assert refused.value.field == field
    assert counts() == were


def test_an_offer_at_the_cost_is_taken_and_below_it_the_unit_reads_why(world):
    asked = ask(world)
    with pytest.raises(AnswerRefused, match=r"Rp60\.000: .* tidak boleh di bawah harga pokok"):
        answer(asked, world.nabire, world.noken, unit_price=1)
    assert not Answer.objects.exists()
    answer(asked, world.nabire, world.noken, unit_price=60_000)
    assert Answer.objects.get().unit_price == 60_000


def test_a_workshop_offers_its_own_goods_and_only_what_it_was_asked(world):
    asked = ask(world)
    were = counts()
    with pytest.raises(AnswerRefused, match="katalog unit Anda"):
        answer(asked, world.nabire, world.endek)
    with pytest.raises(AnswerRefused, match="tidak dikirim"):
        answer(asked, world.merauke, world.bread)
    with pytest.raises(AnswerRefused, match="Tulis alasannya"):
        answer(asked, world.nabire, reason="  ")
    assert counts() == were


def test_a_late_answer_is_refused_with_a_sentence_and_changes_nothing(world):
    asked = ask(world)
    were = counts()
    with pytest.raises(AnswerRefused, match="Batas jawaban sudah lewat"):
        answer(asked, world.nabire, world.noken, now=DEADLINE)
    assert counts() == were
    assert stand(world.nabire, asked, now=DEADLINE) is Stand.MISSED
    assert work(world.nabire, now=DEADLINE).requests == 0


def test_a_withdrawn_request_takes_no_answer_and_no_choice(world):
    asked = ask(world)
    offered = answer(asked, world.nabire, world.noken)
    for _ in range(2):
        withdraw_request(request_id=asked.request_id, reason="Anggaran batal", by=SRI, now=NOON)
    were = counts()
    with pytest.raises(AnswerRefused, match="membatalkan"):
        answer(asked, world.bangli, world.endek)
    with pytest.raises(RequestRefused, match="sudah dibatalkan"):
        choose(asked, (offered, 5))
    assert counts() == were
    assert stand(world.nabire, asked) is Stand.WITHDRAWN
    assert before(world.nabire, asked).withdrawn_because == "Anggaran batal"


def test_a_request_is_split_among_workshops_as_one_order(world):
    asked = ask(world)
    noken = answer(asked, world.nabire, world.noken)
    endek = answer(asked, world.bangli, world.endek, pieces=15, unit_price=100_000)
    choose(asked, (noken, 25), (endek, 15))
    assert Order.objects.count() == 1
    found = rows(asked)
    assert (found[world.nabire].chosen, found[world.bangli].chosen) == (25, 15)
    assert stand(world.nabire, asked) is stand(world.bangli, asked) is Stand.CHOSEN
    outcome = Outcome.objects.get()
    assert (outcome.order_id, outcome.po_number) == (Order.objects.get().pk, "PO-12/2026")
    assert chain_problems() == []
    with pytest.raises(AnswerRefused, match="sudah memesan"):
        answer(asked, world.nabire, world.noken)


def test_who_is_not_chosen_reads_so(world):
    asked = ask(world)
    noken = answer(asked, world.nabire, world.noken)
    answer(asked, world.bangli, world.endek)
    choose(asked, (noken, 5))
    assert stand(world.bangli, asked) is Stand.PASSED_OVER


def test_a_choice_that_cannot_be_changes_nothing(world):
    asked = ask(world)
    noken = answer(asked, world.nabire, world.noken)
    endek = answer(asked, world.bangli, world.endek)
    declined = answer(asked, world.bangli, reason="Kain habis")
    were = counts()
    for parts, words in (
        ((), "paling sedikit satu bengkel"),
        (((noken, 0),), "paling sedikit 1"),
        (((noken, 5), (noken, 6)), "cukup dipilih sekali"),
        (((noken, 26),), "yang ditawarkan 25"),
        (((noken, 41),), "padahal yang diminta 40"),
        (((uuid7(), 5),), "baru saja berubah"),
        (((endek, 5),), "baru saja berubah"),
        (((declined, 5),), "baru saja berubah"),
    ):
        with pytest.raises(RequestRefused, match=words) as refused:
            choose(asked, *parts)
        assert refused.value.field == "parts"
    for changes, field in (
        ({"due_on": TODAY - DAY}, "due_on"),
        ({"due_on": TODAY + 61 * DAY}, "due_on"),
        ({"po_number": "k" * 41}, "po_number"),
    ):
        with pytest.raises(RequestRefused) as refused:
            choose(asked, (noken, 5), **changes)
        assert refused.value.field == field
    with pytest.raises(RequestRefused, match="masa berlakunya habis"):
        choose(asked, (noken, 5), now=NOON + 21 * DAY, due_on=TODAY + 30 * DAY)
    assert counts() == were


def test_a_choice_after_the_deadline_of_answers_is_fine(world):
    asked = ask(world)
    noken = answer(asked, world.nabire, world.noken)
    assert choose(asked, (noken, 5), now=DEADLINE + DAY)


def test_whoever_was_not_checked_asks_a_few_times_a_day_and_more_once_they_were(world):
    party = register()
    for _ in range(MOST_UNCHECKED):
        ask(world, institution=party)
    before = counts()
    with pytest.raises(RequestRefused, match="belum diperiksa"):
        ask(world, institution=party)
    assert counts() == before
    ask(world, institution=party, now=NOON + DAY, answer_until=DEADLINE + DAY)
    check_institution(institution_id=party.institution_id, by=SETUP, now=NOON)
    ask(world, institution=party)


@pytest.mark.slow
def test_eight_requests_at_once_are_no_more_than_one_may_send_in_a_day(committed_world):
    party = register()
    sent = all_at_once(8, lambda _: ask(committed_world, institution=party))
    assert sum(isinstance(one, RequestRefused) for one in sent) == 8 - MOST_UNCHECKED
    assert Request.objects.count() == MOST_UNCHECKED


@pytest.mark.slow
def test_two_acceptances_of_one_answer_make_one_order(committed_world):
    asked = ask(committed_world)
    noken = answer(asked, committed_world.nabire, committed_world.noken)
    answers = all_at_once(8, lambda _: choose(asked, (noken, 5)))
    refused = [one for one in answers if isinstance(one, RequestRefused)]
    assert len(refused) == 7
    assert Order.objects.count() == Outcome.objects.count() == Choice.objects.count() == 1


@pytest.mark.slow
def test_eight_clicks_of_one_choice_make_one_order_with_one_answer(committed_world):
    asked = ask(committed_world)
    noken = answer(asked, committed_world.nabire, committed_world.noken)
    key = uuid7()
    codes = at_once(8, lambda _: choose(asked, (noken, 5), key=key))
    assert len(set(codes)) == 1
    assert Order.objects.count() == 1


@pytest.mark.slow
def test_an_answer_that_changes_while_it_is_chosen_is_chosen_as_it_was_or_not_at_all(
    committed_world,
):
    asked = ask(committed_world)
    noken = answer(asked, committed_world.nabire, committed_world.noken)

    def work(number):
        if number % 2:
            return answer(asked, committed_world.nabire, committed_world.noken, unit_price=9)
        return choose(asked, (noken, 5))

    all_at_once(8, work)
    outcome = Outcome.objects.filter(request_id=asked.request_id).first()
    newest = queries.newest_answers(request_id=asked.request_id)[0]
    if outcome:
        assert (newest.pk, newest.unit_price) == (noken, 90_000)
        assert Answer.objects.count() == 1
    else:
        assert newest.unit_price == 9


@pytest.mark.slow
def test_a_request_is_ordered_or_withdrawn_and_never_both(committed_world):
    asked = ask(committed_world)
    noken = answer(asked, committed_world.nabire, committed_world.noken)

    def work(number):
        if number % 2:
            return withdraw_request(request_id=asked.request_id, reason="Batal", by=SRI, now=NOON)
        return choose(asked, (noken, 5))

    all_at_once(8, work)
    outcome = Outcome.objects.get()
    assert Order.objects.count() == (outcome.kind == "ordered")


@pytest.mark.slow
def test_eight_answers_of_one_workshop_at_once_follow_each_other(committed_world):
    asked = ask(committed_world)
    at_once(
        8,
        lambda number: answer(
            asked, committed_world.nabire, committed_world.noken, unit_price=61_000 + number
        ),
    )
    assert sorted(Answer.objects.values_list("number", flat=True)) == list(range(1, 9))
