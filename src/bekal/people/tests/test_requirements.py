"""What is required of those who work: Dewi proposes, Andi decides, and nobody is judged anew."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.accounts.rules import Role
from bekal.audit.models import Event
from bekal.audit.queries import chain_problems
from bekal.foundation.actors import user_actor
from bekal.foundation.ids import uuid7
from bekal.people import actions, queries
from bekal.people.models import Requirement, RequirementProposal
from bekal.people.rules import NewRequirement, PeopleRefused, RequirementDecided
from bekal.people.tests.conftest import HERE
from bekal.people.tests.makers import a_maker, found, rules, who_may_work
from tests.support.pages import words
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, TODAY, YESTERDAY

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
TOMORROW = TODAY + DAY
DEWI, ANDI = user_actor(71), user_actor(72)
DECIDED = "update people_requirementproposal set decided_at = proposed_at"
BOOK, PROPOSE = "/syarat-kerja/", "/syarat-kerja/usul/"


def propose(*, key=None, by=DEWI, ends=False, now=NOON, **changes):
    given = {
        "code": "remaining",
        "label": "Sisa pidana",
        "sentence": "Sisa pidana paling sedikit dua tahun.",
        "citation": "Keputusan uji 1/2026",
        "needs_number": False,
        "needs_until": False,
        "source": "",
        "valid_from": TOMORROW,
        **changes,
    }
    key = key or uuid7()
    actions.propose_requirement(key=key, new=NewRequirement(**given), ends=ends, by=by, now=now)
    return key


def approve(proposal, *, by=ANDI, now=NOON):
    actions.approve_requirement(proposal_id=proposal, by=by, now=now)


def refuse(proposal, reason="Dasarnya kurang", *, by=ANDI):
    actions.refuse_requirement(proposal_id=proposal, reason=reason, by=by, now=NOON)


def codes(on):
    found = Requirement.objects.filter(during__contains=on)
    return set(found.values_list("code", flat=True))


class TestDeciding:
    def test_a_proposal_holds_from_its_day_on_once_somebody_else_agrees(self, nabire):
        maker = who_may_work(nabire)
        proposal = propose()
        assert "remaining" not in codes(TOMORROW)
        approve(proposal)
        assert queries.eligibility(maker=maker, on=TODAY).is_eligible
        (failure,) = queries.eligibility(maker=maker, on=TOMORROW).failures
        assert failure.citation == "Keputusan uji 1/2026"
        decided = RequirementProposal.objects.get()
        assert decided.requirement == Requirement.objects.get(code="remaining")
        assert chain_problems() == []

    def test_another_takes_the_place_of_the_one_that_holds(self, nabire):
        approve(propose(code="fitness", label="Sehat", needs_number=True))
        old, new = Requirement.objects.filter(code="fitness").order_by("id")
        assert (old.during.upper, new.during.lower, new.during.upper) == (TOMORROW, TOMORROW, None)
        rows = [row for row in queries.requirement_rows(on=TODAY) if row.code == "fitness"]
        assert [(row.last, row.is_coming) for row in rows] == [(TODAY, False), (None, True)]

    def test_a_requirement_can_end_from_a_day_on(self, nabire):
        approve(propose(code="interest", ends=True))
        assert "interest" in codes(TODAY)
        assert "interest" not in codes(TOMORROW)

    def test_the_proposer_never_decides(self, nabire):
        proposal = propose()
        for decide in (approve, refuse):
            with pytest.raises(PeopleRefused, match="orang lain"):
                decide(proposal, by=DEWI)
        assert RequirementProposal.objects.get().decided_at is None
        assert "remaining" not in codes(TOMORROW)

    def test_a_proposal_is_decided_once(self, nabire):
        proposal = propose()
        with pytest.raises(PeopleRefused, match="alasan"):
            refuse(proposal, "  ")
        refuse(proposal)
        for decide in (approve, refuse):
            with pytest.raises(RequirementDecided):
                decide(proposal)
        assert "remaining" not in codes(TOMORROW)

    def test_nothing_holds_backwards(self, nabire):
        with pytest.raises(PeopleRefused, match="mundur"):
            propose(valid_from=YESTERDAY)
        assert not RequirementProposal.objects.exists()
        late = propose()
        with pytest.raises(PeopleRefused, match="mundur"):
            approve(late, now=NOON + 3 * DAY)
        assert RequirementProposal.objects.get().decided_at is None

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"citation": " "}, "citation"),
            ({"sentence": ""}, "sentence"),
            ({"label": ""}, "label"),
            ({"code": ""}, "label"),
            ({"valid_from": TODAY + 400 * DAY}, "valid_from"),
            ({"code": "adult", "ends": True}, ""),
            ({"code": "unknown", "ends": True}, ""),
        ],
    )
    def test_what_cannot_be_required_is_refused(self, nabire, changes, field):
        with pytest.raises(PeopleRefused) as refused:
            propose(**changes)
        assert refused.value.field == field
        assert not RequirementProposal.objects.exists()

    @pytest.mark.parametrize("ends", [False, True])
    def test_what_begins_before_the_one_that_holds_is_refused_whole(self, nabire, ends):
        approve(propose(valid_from=TOMORROW + DAY))
        proposal = propose(ends=ends)
        with pytest.raises(PeopleRefused):
            approve(proposal)
        assert Requirement.objects.filter(code="remaining").count() == 1
        assert RequirementProposal.objects.filter(decided_at=None).count() == 1

    def test_the_same_key_proposes_once(self, nabire):
        key = uuid7()
        assert propose(key=key) == propose(key=key)
        assert RequirementProposal.objects.count() == 1


def test_the_trial_counts_who_would_meet_it(nabire):
    who_may_work(nabire)
    new = a_maker(nabire, number="UJI-2", name="CONTOH Dua")
    found(new, nabire, "fitness", until=TODAY)
    propose(code="fitness", label="Sehat", needs_until=True)
    proposal = RequirementProposal.objects.get()
    assert queries.tried(proposal, today=TODAY) == queries.Tried(2, 1)


@pytest.mark.parametrize(
    "sql",
    [
        "update people_requirementproposal set citation = 'lain'",
        "delete from people_requirementproposal",
        f"{DECIDED}, decided_by = proposed_by, verdict = 'refused', reason = 'x'",
        f"{DECIDED}, decided_by = 'x', verdict = 'refused'",
        f"{DECIDED}, decided_by = 'x', verdict = 'approved'",
        (
            f"{DECIDED} + interval '3 days', decided_by = 'x', verdict = 'approved',"
            " requirement_id = (select min(id) from people_requirement)"
        ),
        (
            "insert into people_requirementproposal (id, code, label, sentence, citation, source,"
            " needs_number, needs_until, ends, first_day, proposed_at, proposed_by, decided_by,"
            " verdict, reason) values (gen_random_uuid(), 'x', 'x', 'x', 'x', '', false, false,"
            " false, '2026-04-26', '2026-04-27 03:00+00', 'x', '', '', '')"
        ),
    ],
)
def test_postgresql_keeps_proposals(nabire, sql):
    propose()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestThreads:
    def test_eight_who_decide_at_once_are_heard_once(self, committed_world):
        rules()
        proposal = propose()
        answers = all_at_once(8, lambda n: (approve if n % 2 else refuse)(proposal))
        assert sum(isinstance(answer, RequirementDecided) for answer in answers) == 7
        assert answers.count(None) == 1

    def test_eight_presses_of_one_button_make_one_proposal(self, committed_world):
        rules()
        key = uuid7()
        at_once(8, lambda n: propose(key=key))
        assert RequirementProposal.objects.count() == 1
        assert Event.objects.filter(action="people.propose_requirement").count() == 1

    def test_eight_proposals_of_one_name_make_one_requirement(self, committed_world):
        rules()
        proposals = [propose() for _ in range(8)]
        answers = all_at_once(8, lambda n: approve(proposals[n]))
        assert sum(isinstance(answer, PeopleRefused) for answer in answers) == 7
        assert Requirement.objects.filter(code="remaining").count() == 1


@pytest.fixture
def dewi(person):
    """Dewi of Ditjenpas."""
    return lambda: person("Dewi", (Role.DITJENPAS, "centre"))


@pytest.fixture
def andi(person):
    """Andi of Ditjenpas."""
    return lambda: person("Andi", (Role.DITJENPAS, "centre"))


def typed(**changes):
    return {
        "key": str(uuid7()),
        "label": "Sisa pidana",
        "sentence": "Sisa pidana paling sedikit dua tahun.",
        "citation": "Keputusan uji 1/2026",
        "source": "",
        "valid_from": TOMORROW.isoformat(),
        **changes,
    }


class TestPages:
    def test_what_holds_stands_with_its_ground_and_its_day(self, dewi, nabire):
        page = words(dewi().get(BOOK))
        assert "Sidang TPP Sidang TPP menyetujui" in page
        assert "Keputusan TPP unit" in page
        assert "2022" in page
        assert "Belum ada usulan." in page

    def test_one_proposes_and_another_decides(self, dewi, andi, nabire):
        who_may_work(nabire)
        answer = dewi().post(PROPOSE, typed())
        there = f"{PROPOSE}{RequirementProposal.objects.get().pk}/"
        assert answer.url == f"{there}?tersimpan=usul"
        mine = words(dewi().get(answer.url))
        assert "Anda yang mengusulkan." in mine
        assert "Dari 1 pembuat yang ada di unit hari ini, 0 sudah memenuhinya" in mine
        wrong = dewi().post(there, {"putusan": "setuju"})
        assert wrong.status_code == 422
        assert "orang lain" in words(wrong)
        nothing = andi().post(there, {"putusan": "tolak", "reason": ""})
        assert nothing.status_code == 422
        assert "Isi alasan menolak." in words(nothing)
        assert RequirementProposal.objects.get().decided_at is None
        assert andi().post(there, {"putusan": "setuju"}).url == f"{there}?tersimpan=setuju"
        assert "sisa-pidana" in codes(TOMORROW)
        assert "Sisa pidana" in words(andi().get(BOOK))
        assert andi().post(there, {"putusan": "setuju"}).status_code == 422

    def test_one_that_holds_is_changed_or_ended(self, dewi, andi, nabire):
        page = dewi().get(f"{PROPOSE}?syarat=fitness").content.decode()
        assert "Sehat untuk bekerja" in page
        assert 'name="needs_until" checked' in page
        dewi().post(f"{PROPOSE}?syarat=fitness", typed(label="Sehat", needs_number="on"))
        changed = RequirementProposal.objects.get()
        assert (changed.code, changed.needs_number, changed.needs_until) == ("fitness", True, False)
        sent = {"key": str(uuid7()), "citation": "Keputusan uji 2", "source": ""}
        sent["valid_from"] = TOMORROW.isoformat()
        answer = dewi().post(f"{PROPOSE}?syarat=interest&akhiri=ya", sent)
        ended = RequirementProposal.objects.get(ends=True)
        assert (ended.code, ended.label) == ("interest", "Minat")
        assert "Akhiri: Minat" in words(andi().get(answer.url))
        assert "Akhiri: Minat" in words(andi().get(BOOK))

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"citation": ""}, "Isi dasar hukumnya."),
            ({"valid_from": YESTERDAY.isoformat()}, "tidak pernah berlaku mundur"),
            ({"label": "TPP"}, "Ubah yang itu."),
            ({"label": "..."}, "Pakai huruf atau angka"),
        ],
    )
    def test_what_is_wrong_is_told_at_the_field_and_stays_typed(
        self, dewi, nabire, changes, sentence
    ):
        answer = dewi().post(PROPOSE, typed(**changes))
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert "Sisa pidana paling sedikit dua tahun." in answer.content.decode()
        assert not RequirementProposal.objects.exists()

    def test_units_read_them_and_do_not_change_them(self, yohana, markus, nabire):
        for reads in (yohana, markus):
            reader = reads()
            page = words(reader.get(f"{HERE}syarat/"))
            assert "Orangnya sendiri berminat" in page
            assert "ILO C029 Pasal 2" in page
            assert "Ubah" not in page
            assert reader.get(BOOK).status_code == 403
            assert reader.post(PROPOSE, typed()).status_code == 403
        assert "Syarat bekerja" in words(yohana().get(HERE))
        assert not RequirementProposal.objects.exists()

    def test_without_any_the_pages_say_what_follows(self, dewi, yohana, world):
        assert "belum seorang pun boleh bekerja" in words(dewi().get(BOOK))
        assert "belum seorang pun boleh bekerja" in words(yohana().get(f"{HERE}syarat/"))

    def test_what_is_not_there_is_not_found(self, dewi, nabire):
        for way in (f"{PROPOSE}{uuid7()}/", f"{PROPOSE}?syarat=x", f"{PROPOSE}?akhiri=ya"):
            assert dewi().get(way).status_code == 404

    def test_the_pages_ask_the_database_little(
        self, dewi, yohana, nabire, django_assert_max_num_queries
    ):
        for number in range(10):
            propose(code=f"uji-{number}", label=f"Uji {number}")
        proposal = RequirementProposal.objects.latest("proposed_at").pk
        for reads, way, most in (
            (dewi, BOOK, 10),
            (dewi, PROPOSE, 10),
            (dewi, f"{PROPOSE}{proposal}/", 11),
            (yohana, f"{HERE}syarat/", 10),
        ):
            client = reads()
            with django_assert_max_num_queries(most):
                assert client.get(way).status_code == 200
