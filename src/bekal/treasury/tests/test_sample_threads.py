"""An auditor's double click: one sample, one finding, whatever is recorded meanwhile."""

import pytest

from bekal.audit.models import Event
from bekal.audit.queries import chain_problems
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.sales.actions import record_sale
from bekal.treasury.actions import draw_sample, note_finding
from bekal.treasury.models import Finding, Sample, SampleItem
from bekal.treasury.queries import sample_problems
from bekal.treasury.rules.samples import NewSample, Verdict
from tests.support.threads import all_at_once, at_once
from tests.support.world import NOON, SETUP, TODAY, YOHANA, a_sale

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LATER = NOON.replace(hour=9)


@pytest.fixture
def nabire(committed_world):
    """Lapas Nabire, which has sold twelve noken."""
    for _ in range(12):
        sells(committed_world)
    return committed_world


def sells(world, *, now=NOON):
    record_sale(sale=a_sale(world.nabire, (world.noken, 1)), by=YOHANA, now=now)


def asked(world, *, seed="benih 1"):
    return NewSample(uuid7(), world.nabire, Period(TODAY, TODAY), 5, seed)


def draw(new):
    return draw_sample(new=new, by=SETUP, now=LATER)


def note(key, item, text="Harga tidak sama dengan daftar"):
    note_finding(key=key, item=item, verdict=Verdict.REMARK, text=text, by=SETUP, now=LATER)


def written(action):
    return Event.objects.filter(action=f"treasury.{action}").count()


def test_eight_who_send_the_same_sample_draw_it_once(nabire):
    new = asked(nabire)
    assert set(at_once(8, lambda _: draw(new))) == {new.key}
    assert Sample.objects.get().items.count() == SampleItem.objects.count() == 5
    assert written("draw_sample") == 1
    assert [*sample_problems(), *chain_problems()] == []


def test_of_eight_who_send_one_key_with_seeds_of_their_own_one_draws(nabire):
    key = uuid7()
    period = Period(TODAY, TODAY)
    answers = all_at_once(8, lambda n: draw(NewSample(key, nabire.nabire, period, 5, f"benih {n}")))
    assert sum(isinstance(answer, KeyReused) for answer in answers) == 7
    assert Sample.objects.get().seed == f"benih {answers.index(key)}"
    assert SampleItem.objects.count() == 5
    assert [*sample_problems(), *chain_problems()] == []


def test_what_is_sold_while_it_is_drawn_changes_no_sample(nabire):
    keys = at_once(8, lambda n: sells(nabire, now=LATER) if n % 2 else draw(asked(nabire)))
    drawn = [key for key in keys if key]
    assert Sample.objects.filter(pk__in=drawn).count() == 4
    assert [*sample_problems(), *chain_problems()] == []


def test_eight_who_send_the_same_finding_write_it_once(nabire):
    draw(asked(nabire))
    item, key = SampleItem.objects.order_by("position")[0], uuid7()
    at_once(8, lambda _: note(key, item))
    assert Finding.objects.get().item == item
    assert written("note_finding") == 1
    assert chain_problems() == []


def test_of_eight_who_send_one_key_with_other_words_one_is_written(nabire):
    draw(asked(nabire))
    item, key = SampleItem.objects.order_by("position")[0], uuid7()
    answers = all_at_once(8, lambda n: note(key, item, f"Temuan {n}"))
    assert sum(isinstance(answer, KeyReused) for answer in answers) == 7
    assert Finding.objects.get().text == f"Temuan {answers.index(None)}"
    assert written("note_finding") == 1
