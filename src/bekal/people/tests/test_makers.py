"""How somebody becomes a maker, moves, and goes; and who may know it."""

import datetime as dt
import json

import pytest

from bekal.audit.models import Event
from bekal.audit.queries import events_of
from bekal.people import actions, queries, sealing
from bekal.people.models import Consent, Fact, Maker, StatusMove, Stay, Transfer
from bekal.people.queries import MakerFilters, Presence, Standing
from bekal.people.rules import (
    KeysMissing,
    NewRequirement,
    PeopleRefused,
    Purpose,
    Status,
    Why,
    read_code,
)
from bekal.people.tests.makers import (
    MARKUS,
    NAME,
    NUMBER,
    a_maker,
    consents,
    found,
    goes_home,
    lets_go,
    receives,
    who_may_work,
)
from bekal.places.models import Tenure
from tests.support.world import NOON, SETUP, TODAY, YESTERDAY, YOHANA

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def refused(act, *args, field="", **changes):
    """What is refused, in words; nothing may have changed then."""
    models = (Maker, Stay, StatusMove, Fact, Consent, Transfer, Event)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    with pytest.raises(PeopleRefused) as no:
        act(*args, **changes)
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
    assert no.value.field == field
    return no.value.message


def names(unit, *codes):
    return actions.read_names(
        codes=codes, unit_id=unit, why=Why.ONE, allowed_by="see_makers", by=YOHANA, now=NOON
    )


class TestEntering:
    def test_nothing_in_the_database_tells_who_it_is(self, nabire):
        maker = Maker.objects.get(pk=a_maker(nabire))
        kept = json.dumps(list(Event.objects.values()), default=str)
        kept += repr([vars(row) for model in (Maker, Stay, Fact) for row in model.objects.all()])
        for word in (NAME, "Petrus", NUMBER, "UJI20260001"):
            assert word not in kept
        assert read_code(maker.code) == maker.code

    def test_people_on_remand_and_children_leave_no_trace(self, nabire):
        said = refused(a_maker, nabire, is_convicted=False, field="is_convicted")
        assert said.startswith("Tahanan tidak dicatat")
        refused(a_maker, nabire, is_adult=False, field="is_adult")

    def test_an_lpka_has_no_makers(self, nabire):
        Tenure.objects.filter(place_id=nabire).update(kind="LPKA")
        assert "Anak binaan" in refused(a_maker, nabire)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": " "}, "name"),
            ({"name": "x" * 121}, "name"),
            ({"number": "1"}, "number"),
            ({"since": TODAY + DAY}, "since"),
            ({"since": dt.date(1990, 1, 1)}, "since"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, nabire, changes, field):
        refused(a_maker, nabire, field=field, **changes)

    def test_one_person_is_one_maker_however_the_number_is_written(self, nabire, world):
        code = a_maker(nabire)
        assert code in refused(a_maker, nabire, number="uji20260001", field="number")
        said = refused(a_maker, world.bangli, field="number")
        assert "Minta unit asalnya" in said
        assert code not in said

    def test_who_went_home_and_is_back_keeps_the_code(self, nabire, world):
        code = a_maker(nabire)
        goes_home(code, nabire, on=YESTERDAY)
        early = YESTERDAY - DAY
        refused(a_maker, world.bangli, since=early, field="since")
        assert a_maker(world.bangli, since=TODAY) == code
        assert queries.stay_of(maker=code, on=TODAY) == world.bangli
        assert queries.maker_of(unit_id=nabire, code=code, on=TODAY) is None

    def test_without_keys_nothing_is_written_or_read(self, nabire, settings):
        code = a_maker(nabire)
        for name in ("BEKAL_NAME_KEYS", "BEKAL_SDP_KEYS"):
            kept, before = getattr(settings, name), Maker.objects.count()
            setattr(settings, name, [])
            with pytest.raises(KeysMissing):
                a_maker(nabire, number="UJI-2")
            assert Maker.objects.count() == before
            setattr(settings, name, kept)
        settings.BEKAL_NAME_KEYS = []
        with pytest.raises(KeysMissing):
            names(nabire, code)


class TestNames:
    def test_each_reading_says_who_read_whose_and_why_it_was_allowed(self, nabire):
        code = a_maker(nabire)
        assert names(nabire, code) == {code: NAME}
        event = events_of(object_key=f"maker:{code}").latest("id")
        assert (event.action, event.actor) == ("names.read", str(YOHANA))
        detail = {"codes": [code], "why": "data satu pembuat", "allowed_by": "see_makers"}
        assert json.loads(event.detail) == detail

    def test_a_name_of_another_unit_is_not_read(self, nabire, world):
        code = a_maker(nabire)
        before = Event.objects.count()
        assert names(world.bangli, code) == {}
        assert Event.objects.count() == before

    def test_a_name_is_put_right(self, nabire):
        code = a_maker(nabire)
        actions.correct_name(
            maker=code, unit_id=nabire, name=" CONTOH  Petrus K ", by=YOHANA, now=NOON
        )
        assert names(nabire, code) == {code: "CONTOH Petrus K"}

    def test_a_name_moved_to_another_row_is_nobodys(self, nabire):
        one, two = a_maker(nabire), a_maker(nabire, number="UJI-2")
        box = bytes(Maker.objects.get(pk=one).closed_name)
        Maker.objects.filter(pk=two).update(closed_name=box)
        with pytest.raises(KeysMissing):
            names(nabire, two)

    def test_keys_are_renewed_without_losing_a_name(self, nabire, settings):
        code, old = a_maker(nabire), settings.BEKAL_NAME_KEYS
        new = ["bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3LW5ldyE="]
        settings.BEKAL_NAME_KEYS = new + old
        assert names(nabire, code) == {code: NAME}
        assert actions.close_names_anew(by=SETUP, now=NOON) == 1
        settings.BEKAL_NAME_KEYS = new
        assert names(nabire, code) == {code: NAME}
        settings.BEKAL_NAME_KEYS = old
        with pytest.raises(KeysMissing):
            names(nabire, code)

    def test_an_old_key_of_numbers_still_finds_the_person(self, nabire, settings):
        code = a_maker(nabire)
        settings.BEKAL_SDP_KEYS = [
            "another key that is long enough for it",
            *settings.BEKAL_SDP_KEYS,
        ]
        assert code in refused(a_maker, nabire, field="number")
        assert len(sealing.digests_of("UJI1")) == 2


class TestEligibility:
    def test_who_has_all_may_work_and_who_lacks_one_is_told_which(self, nabire):
        code = a_maker(nabire)
        lacking = queries.eligibility(maker=code, on=TODAY).failures
        assert [failure.code for failure in lacking] == ["fitness", "interest", "tpp"]
        assert all(failure.citation for failure in lacking)
        ready = who_may_work(nabire, number="UJI-2")
        assert queries.eligible_makers(unit_id=nabire, on=TODAY) == [ready]

    def test_what_was_found_later_counts_and_the_past_stays_as_it_was(self, nabire):
        code = who_may_work(nabire)
        found(code, nabire, "interest", holds=False, known_on=TODAY)
        assert not queries.eligibility(maker=code, on=TODAY).is_eligible
        assert queries.eligibility(maker=code, on=YESTERDAY).is_eligible

    def test_the_same_finding_is_written_once(self, nabire):
        code = a_maker(nabire)
        found(code, nabire, "interest")
        found(code, nabire, "interest")
        assert Fact.objects.filter(code="interest").count() == 1

    def test_what_nobody_asks_for_is_not_kept(self, nabire):
        refused(found, a_maker(nabire), nabire, "agama", field="code")

    def test_what_ends_soon_is_told(self, nabire):
        code = who_may_work(nabire)
        assert queries.expiring_facts(unit_id=nabire, on=TODAY) == []
        found(code, nabire, "fitness", until=TODAY + 30 * DAY)
        (ending,) = queries.expiring_facts(unit_id=nabire, on=TODAY)
        assert (ending.maker, ending.label) == (code, "Sehat untuk bekerja")

    def test_a_requirement_of_the_centre_holds_from_its_day(self, nabire):
        code = who_may_work(nabire)
        new = NewRequirement(
            code="remaining",
            label="Sisa pidana",
            sentence="Sisa pidana paling sedikit dua tahun.",
            citation="Keputusan uji",
            needs_number=False,
            needs_until=False,
            source="uji",
            valid_from=TODAY,
        )
        actions.set_requirement(new=new, by=SETUP, now=NOON)
        assert queries.eligibility(maker=code, on=YESTERDAY).is_eligible
        (failure,) = queries.eligibility(maker=code, on=TODAY).failures
        assert failure.citation == "Keputusan uji"
        with pytest.raises(PeopleRefused):
            actions.set_requirement(new=new, by=SETUP, now=NOON)

    def test_the_file_may_be_loaded_again(self, nabire):
        assert actions.load_requirements(by=SETUP, now=NOON) == 0


class TestConsents:
    def test_a_withdrawal_holds_at_once_and_is_told_to_who_keeps_copies(self, nabire):
        code = a_maker(nabire)
        consent = consents(code, nabire)
        asked = {"maker": code, "purpose": Purpose.PEN_NAME, "on": TODAY}
        assert queries.consent_in_force(**asked)
        for _ in range(2):
            actions.withdraw_consent(
                maker=code, unit_id=nabire, consent_id=consent, by=YOHANA, now=NOON
            )
        assert not queries.consent_in_force(**asked)
        (gone,) = queries.withdrawals_since(since=NOON)
        assert (gone.maker, gone.purpose, gone.withdrawn_at) == (code, Purpose.PEN_NAME, NOON)
        assert queries.withdrawals_since(since=NOON + DAY) == []

    def test_a_consent_ends_by_itself_and_may_then_be_given_anew(self, nabire):
        code = a_maker(nabire)
        consents(code, nabire, days=10)
        asked = {"maker": code, "purpose": Purpose.PEN_NAME}
        assert queries.consent_in_force(**asked, on=TODAY + 10 * DAY)
        assert not queries.consent_in_force(**asked, on=TODAY + 11 * DAY)
        later = NOON + 11 * DAY
        consents(code, nabire, given_on=TODAY + 11 * DAY, now=later)

    def test_each_purpose_is_asked_for_by_itself_and_once(self, nabire):
        code = a_maker(nabire)
        consents(code, nabire)
        with pytest.raises(Exception, match="masih berlaku"):
            consents(code, nabire)
        consents(code, nabire, purpose=Purpose.HANDS)
        assert not queries.consent_in_force(maker=code, purpose=Purpose.QUOTE, on=TODAY)

    def test_anothers_consent_is_not_found(self, nabire):
        consent = consents(a_maker(nabire), nabire)
        other = a_maker(nabire, number="UJI-2")
        with pytest.raises(LookupError):
            actions.withdraw_consent(
                maker=other, unit_id=nabire, consent_id=consent, by=YOHANA, now=NOON
            )


class TestMoving:
    def test_one_lets_go_the_other_receives_and_the_code_comes_along(self, nabire, world):
        code = who_may_work(nabire)
        transfer = lets_go(code, nabire, world.bangli)
        assert Maker.objects.get(pk=code).status == Status.MOVED
        assert queries.stay_of(maker=code, on=TODAY) is None
        assert names(world.bangli, code) == {}
        (coming,) = queries.coming_to(unit_id=world.bangli)
        assert (coming.id, coming.maker) == (transfer, code)
        assert receives(transfer, world.bangli) == code
        assert names(world.bangli, code) == {code: NAME}
        assert names(nabire, code) == {}
        assert queries.eligible_makers(unit_id=world.bangli, on=TODAY) == [code]
        (row,) = queries.makers_of(
            unit_id=nabire, filters=MakerFilters(standing=Standing.PAST), on=TODAY
        )
        assert (row.presence, row.is_open) == (Presence.ELSEWHERE, False)

    def test_a_repeat_of_either_side_changes_nothing(self, nabire, world):
        code = a_maker(nabire)
        transfer = lets_go(code, nabire, world.bangli)
        assert "tidak lagi di unit ini" in refused(lets_go, code, nabire, world.bangli)
        receives(transfer, world.bangli)
        before = Event.objects.count()
        assert receives(transfer, world.bangli) == code
        assert Event.objects.count() == before

    def test_the_receiver_knows_the_person_by_the_papers(self, nabire, world):
        transfer = lets_go(a_maker(nabire), nabire, world.bangli)
        refused(receives, transfer, world.bangli, number="UJI-2026.0002", field="number")
        refused(receives, transfer, world.bangli, on=YESTERDAY, field="on")
        with pytest.raises(LookupError):
            receives(transfer, world.merauke)

    def test_who_was_let_go_by_mistake_is_called_back(self, nabire, world):
        code = a_maker(nabire)
        transfer = lets_go(code, nabire, world.bangli)
        for _ in range(2):
            actions.call_back(transfer_id=transfer, unit_id=nabire, by=MARKUS, now=NOON)
        assert queries.stay_of(maker=code, on=TODAY) == nabire
        assert "membatalkan" in refused(receives, transfer, world.bangli)

    def test_who_was_received_is_not_called_back(self, nabire, world):
        transfer = lets_go(a_maker(nabire), nabire, world.bangli)
        receives(transfer, world.bangli)
        call = {"transfer_id": transfer, "unit_id": nabire, "by": MARKUS, "now": NOON}
        assert "sudah menerima" in refused(actions.call_back, **call)

    def test_nobody_is_moved_where_nobody_may_work(self, nabire, world):
        code = a_maker(nabire)
        for unit in (nabire, world.papua):
            refused(lets_go, code, nabire, unit, field="to_unit")
        Tenure.objects.filter(place_id=world.bangli).update(kind="LPKA")
        refused(lets_go, code, nabire, world.bangli, field="to_unit")
        kept = {place.id for place in queries.receivers(unit_id=nabire, on=TODAY)}
        assert kept == {world.merauke}

    def test_somebody_goes_home_on_a_day_that_can_be(self, nabire):
        code = a_maker(nabire, since=YESTERDAY)
        refused(goes_home, code, nabire, on=YESTERDAY, field="on")
        refused(goes_home, code, nabire, on=TODAY + DAY, field="on")
        goes_home(code, nabire)
        row = queries.maker_of(unit_id=nabire, code=code, on=TODAY)
        assert row is not None
        assert row.presence is Presence.HOME
        refused(found, code, nabire, "interest")


class TestErasing:
    def erase(self, *, days, now, owed=()):
        return actions.erase_makers(days=days, owed=owed, by=SETUP, now=now)

    def test_nobody_here_is_erased_and_who_left_is_when_the_time_is_over(self, nabire):
        here, home = who_may_work(nabire), who_may_work(nabire, number="UJI-2")
        goes_home(home, nabire)
        assert self.erase(days=100, now=NOON + 99 * DAY) == 0
        assert actions.erase_facts(by=SETUP, now=NOON + 89 * DAY) == 0
        assert actions.erase_facts(by=SETUP, now=NOON + 90 * DAY) == 1
        assert set(Fact.objects.values_list("maker_id", flat=True)) == {here}
        assert self.erase(days=100, now=NOON + 100 * DAY) == 1
        gone = Maker.objects.get(pk=home)
        assert (bytes(gone.closed_name), gone.sdp_digest) == (b"", None)
        assert names(nabire, home) == {}
        assert queries.maker_of(unit_id=nabire, code=home, on=TODAY) is None
        assert self.erase(days=100, now=NOON + 100 * DAY) == 0

    def test_who_is_still_owed_something_is_kept_until_it_is_paid(self, nabire):
        code = a_maker(nabire)
        goes_home(code, nabire)
        assert self.erase(days=0, now=NOON, owed={code}) == 0
        assert self.erase(days=0, now=NOON) == 1

    def test_who_comes_back_after_that_is_somebody_new(self, nabire):
        code = a_maker(nabire)
        goes_home(code, nabire)
        self.erase(days=0, now=NOON)
        assert a_maker(nabire) != code
