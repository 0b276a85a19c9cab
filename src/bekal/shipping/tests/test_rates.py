"""Services and their rates: what is written, what is in force, what is refused."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekal.audit.models import Event
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.shipping import actions, queries, rules
from bekal.shipping.actions import NewRate, NewTable
from bekal.shipping.models import Courier, Rate, Service
from bekal.shipping.queries import Parcel
from bekal.shipping.rules import Manner, NoQuote
from bekal.shipping.tests.factories import TERMS, a_rate, a_row, a_service
from tests.support.threads import all_at_once
from tests.support.world import NOON, SETUP, TODAY, YESTERDAY, YOHANA

NABIRE, BANGLI = "940101", "510602"
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def roads(world):
    """The world with three kecamatan."""
    rows = [
        a_row(NABIRE, "Nabire", "Kab. Nabire", "Papua Tengah"),
        a_row("940401", "Mimika Baru", "Kab. Mimika", "Papua Tengah"),
        a_row(BANGLI, "Bangli", "Kab. Bangli", "Bali"),
    ]
    actions.load_districts(by=SETUP, now=NOON, rows=rows)
    return world


def fees(unit_id, district=NABIRE, *, weight_g=1000, volume_cm3=None, on=TODAY):
    found = queries.quotes(
        unit_id=unit_id, district_code=district, weight_g=weight_g, volume_cm3=volume_cm3, on=on
    )
    return [(quote.label, quote.fee) for quote in found]


def problem(unit_id, district=NABIRE, *, weight_g=1000, on=TODAY):
    parcels = [Parcel(unit_id, weight_g)]
    return queries.quotes_of_units(parcels=parcels, district_code=district, on=on)[unit_id].problem


def test_a_service_with_a_rate_for_all_gives_a_quote_everywhere(roads):
    service = a_service(roads.nabire)
    rate = a_rate(roads.nabire, service)
    (quote,) = queries.quotes(
        unit_id=roads.nabire, district_code=BANGLI, weight_g=2400, volume_cm3=None, on=TODAY
    )
    assert (quote.service_id, quote.label, quote.fee) == (service, "JNE REG", 36_000)
    assert (quote.days_min, quote.days_max, quote.rate_id) == (2, 3, rate)
    assert (quote.is_sample, quote.terms) == (False, TERMS)


def test_the_smallest_area_around_the_address_decides(roads):
    service = a_service(roads.nabire)
    a_rate(roads.nabire, service, "0", first_kg=90_000)
    a_rate(roads.nabire, service, "94", first_kg=40_000)
    a_rate(roads.nabire, service, "9401", first_kg=10_000)
    assert fees(roads.nabire, NABIRE) == [("JNE REG", 10_000)]
    assert fees(roads.nabire, "940401") == [("JNE REG", 40_000)]
    assert fees(roads.nabire, BANGLI) == [("JNE REG", 90_000)]


def test_a_row_that_says_not_there_closes_an_area_inside_a_larger_one(roads):
    service = a_service(roads.nabire)
    a_rate(roads.nabire, service, "0")
    a_rate(roads.nabire, service, "51", terms=None)
    assert fees(roads.nabire, BANGLI) == []
    assert problem(roads.nabire, BANGLI) is NoQuote.OUTSIDE
    assert len(fees(roads.nabire, NABIRE)) == 1


def test_quotes_come_the_cheapest_first(roads):
    for name, price in (("YES", 50_000), ("OKE", 15_000), ("REG", 18_000)):
        a_rate(roads.nabire, a_service(roads.nabire, name=name), first_kg=price)
    assert [label for label, _ in fees(roads.nabire)] == ["JNE OKE", "JNE REG", "JNE YES"]


def test_each_lack_of_a_quote_has_its_reason(roads):
    assert problem(roads.nabire) is NoQuote.NO_RATES
    service = a_service(roads.nabire)
    assert problem(roads.nabire) is NoQuote.OUTSIDE
    a_rate(roads.nabire, service, "94")
    assert problem(roads.nabire) is None
    assert problem(roads.nabire, BANGLI) is NoQuote.OUTSIDE
    assert problem(roads.nabire, weight_g=30_001) is NoQuote.TOO_HEAVY
    assert problem(roads.nabire, "999999") is NoQuote.OUTSIDE, "nobody knows that kecamatan"


def test_many_units_are_asked_in_one_statement(roads, django_assert_num_queries):
    for unit in (roads.nabire, roads.bangli):
        a_rate(unit, a_service(unit), first_kg=10_000 + unit)
    parcels = [Parcel(roads.nabire, 500), Parcel(roads.bangli, 1500), Parcel(roads.merauke, 500)]
    with django_assert_num_queries(1):
        offers = queries.quotes_of_units(parcels=parcels, district_code=NABIRE, on=TODAY)
    assert [quote.fee for quote in offers[roads.nabire].quotes] == [10_000 + roads.nabire]
    assert [quote.fee for quote in offers[roads.bangli].quotes] == [19_000 + roads.bangli]
    assert offers[roads.merauke].problem is NoQuote.NO_RATES


def test_a_new_rate_holds_from_its_day_and_the_old_one_until_then(roads):
    service = a_service(roads.nabire)
    a_rate(roads.nabire, service, first_kg=10_000)
    a_rate(roads.nabire, service, first_kg=12_000, valid_from=TOMORROW)
    assert fees(roads.nabire) == [("JNE REG", 10_000)]
    assert fees(roads.nabire, on=TOMORROW) == [("JNE REG", 12_000)]
    assert fees(roads.nabire, on=YESTERDAY) == []


def test_a_mistyped_rate_is_put_right_by_writing_its_day_again(roads):
    service = a_service(roads.nabire)
    wrong = a_rate(roads.nabire, service, first_kg=100_000)
    right = a_rate(roads.nabire, service, first_kg=10_000)
    back = a_rate(roads.nabire, service, first_kg=100_000)
    assert len({wrong, right, back}) == 3
    assert fees(roads.nabire) == [("JNE REG", 100_000)]


def test_the_same_rate_again_is_one_row(roads):
    service = a_service(roads.nabire)
    assert a_rate(roads.nabire, service) == a_rate(roads.nabire, service)
    assert Rate.objects.count() == 1
    assert Event.objects.filter(action="shipping.set_rates").count() == 1


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["0", "94", "9401"]), st.integers(1, 9)),
        max_size=12,
    )
)
def test_exactly_one_row_is_in_force_for_an_area_on_a_day(roads, rows):
    service = a_service(roads.nabire, name=str(uuid7())[:36])
    for day, area, price in rows:
        a_rate(
            roads.nabire,
            service,
            area,
            first_kg=price * 1000,
            valid_from=TODAY + dt.timedelta(days=day),
        )
    for ahead in range(7):
        on = TODAY + dt.timedelta(days=ahead)
        begun = [row for row in enumerate(rows) if row[1][0] <= ahead]
        best = max(begun, key=lambda row: (len(row[1][1]), row[1][0], row[0]), default=None)
        mine = [
            quote.fee
            for quote in queries.quotes(
                unit_id=roads.nabire, district_code=NABIRE, weight_g=1, volume_cm3=None, on=on
            )
            if quote.service_id == service
        ]
        assert mine == ([best[1][2] * 1000] if best else [])


def test_a_repeat_under_the_key_answers_the_first_row_and_other_content_is_refused(roads):
    service, key = a_service(roads.nabire), uuid7()
    new = {"key": key, "unit_id": roads.nabire, "valid_from": TODAY, "by": YOHANA, "now": NOON}
    first = actions.set_rate(rate=NewRate(service, "0", TERMS), **new)
    a_rate(roads.nabire, service, first_kg=99_000)
    assert actions.set_rate(rate=NewRate(service, "0", TERMS), **new) == first
    with pytest.raises(KeyReused):
        actions.set_rate(rate=NewRate(service, "0", replace(TERMS, next_kg=1)), **new)
    assert Rate.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"valid_from": YESTERDAY}, rules.DayRefused),
        ({"valid_from": TODAY + dt.timedelta(days=400)}, rules.DayRefused),
        ({"area": "9499"}, rules.AreaUnknown),
        ({"area": ""}, rules.AreaUnknown),
        ({"first_kg": 0}, rules.RateRefused),
    ],
)
def test_a_refused_rate_leaves_nothing(roads, changes, refusal):
    service = a_service(roads.nabire)
    events = Event.objects.count()
    with pytest.raises(refusal):
        a_rate(roads.nabire, service, **changes)
    assert (Rate.objects.count(), Event.objects.count()) == (0, events)


def test_a_unit_writes_on_its_own_table_alone(roads):
    service = a_service(roads.bangli)
    with pytest.raises(rules.ServiceUnknown):
        a_rate(roads.nabire, service)
    assert not Rate.objects.exists()


def test_a_bad_row_leaves_the_others_alone(roads, django_assert_max_num_queries):
    service = a_service(roads.nabire)
    rates = [NewRate(service, area, TERMS) for area in ("0", "94", "9999", "9401")]
    with django_assert_max_num_queries(8):
        first, second, bad, third = actions.write_rates(
            unit_id=roads.nabire, rates=rates, valid_from=TODAY, by=YOHANA, now=NOON
        )
    assert isinstance(bad, rules.AreaUnknown)
    assert set(Rate.objects.values_list("pk", flat=True)) == {first, second, third}


def test_a_service_is_added_once_however_its_name_is_written(roads):
    service = a_service(roads.nabire)
    for courier, name in (("JNE", "REG"), ("jne ", " reg")):
        with pytest.raises(rules.ServiceRefused, match="sudah ada"):
            a_service(roads.nabire, courier=courier, name=name)
    assert a_service(roads.nabire, courier="jne", name="YES") != service
    assert Courier.objects.get().name == "JNE"


def test_a_repeat_of_adding_answers_the_first_service(roads):
    new = {
        "key": uuid7(),
        "unit_id": roads.nabire,
        "courier": "JNE",
        "name": "REG",
        "manner": Manner(6000, 300),
        "by": YOHANA,
        "now": NOON,
    }
    assert actions.add_service(**new) == actions.add_service(**new)
    assert Service.objects.count() == 1
    with pytest.raises(KeyReused):
        actions.add_service(**{**new, "manner": Manner(4000, 300)})


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "REG\x00"])
def test_a_service_needs_a_name_that_can_be_read(roads, name):
    with pytest.raises(rules.ServiceRefused):
        a_service(roads.nabire, name=name)
    assert not Service.objects.exists()


def test_a_stopped_service_carries_until_its_day_and_its_name_is_free_again(roads):
    service = a_service(roads.nabire)
    a_rate(roads.nabire, service)
    stop = {"service_id": service, "unit_id": roads.nabire, "by": YOHANA, "now": NOON}
    actions.stop_service(day=TOMORROW, **stop)
    actions.stop_service(day=TOMORROW, **stop)
    assert len(fees(roads.nabire)) == 1
    assert fees(roads.nabire, on=TOMORROW) == []
    assert problem(roads.nabire, on=TOMORROW) is NoQuote.NO_RATES
    with pytest.raises(rules.ServiceRefused):
        actions.stop_service(day=TODAY, **stop)
    with pytest.raises(rules.ServiceUnknown):
        a_rate(roads.nabire, service, valid_from=TOMORROW)
    assert a_service(roads.nabire) != service


def test_stopping_what_is_not_ones_own_or_in_the_past_is_refused(roads):
    service = a_service(roads.nabire)
    with pytest.raises(rules.ServiceUnknown):
        actions.stop_service(
            service_id=service, unit_id=roads.bangli, day=TODAY, by=YOHANA, now=NOON
        )
    with pytest.raises(rules.DayRefused):
        actions.stop_service(
            service_id=service, unit_id=roads.nabire, day=YESTERDAY, by=YOHANA, now=NOON
        )
    assert Service.objects.get().stopped_on is None


def test_tables_of_many_units_are_loaded_at_once_and_once(roads, django_assert_num_queries):
    tables = [
        NewTable(unit, "Kurir contoh", name, Manner(6000), (("0", TERMS), ("94", TERMS)))
        for unit in (roads.nabire, roads.bangli)
        for name in ("Reguler", "Kargo")
    ]

    def load():
        return actions.load_tables(
            tables=tables, valid_from=TODAY, by=SETUP, now=NOON, is_sample=True
        )

    with django_assert_num_queries(4 + 2 + 2):  # known, three tables, two audits; begin and end
        assert load() == 8
    assert load() == 0
    assert [label for label, _ in fees(roads.nabire)] == [
        "Kurir contoh Reguler",
        "Kurir contoh Kargo",
    ]


@pytest.mark.slow
def test_of_two_who_add_the_same_service_at_once_one_is_refused(committed_world):
    unit = committed_world.nabire
    answers = all_at_once(4, lambda _: a_service(unit))
    assert sum(isinstance(answer, rules.ServiceRefused) for answer in answers) == 3
    assert Service.objects.count() == 1


@pytest.mark.slow
def test_one_key_sent_by_many_at_once_is_one_row(committed_world):
    unit = committed_world.nabire
    actions.load_districts(
        by=SETUP, now=NOON, rows=[a_row(NABIRE, "Nabire", "Kab. Nabire", "Papua Tengah")]
    )
    service, key = a_service(unit), uuid7()
    rate = NewRate(service, "9401", TERMS)

    def write(_):
        return actions.set_rate(
            key=key, unit_id=unit, rate=rate, valid_from=TODAY, by=YOHANA, now=NOON
        )

    assert len(set(all_at_once(6, write))) == 1
    assert Rate.objects.count() == 1
