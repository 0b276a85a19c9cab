"""One line of a bank that paid several asks is divided among them where it is matched."""

import re
from functools import partial

import pytest
from django.db import transaction

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.ledger.models import Entry
from bekal.payments.actions import NewSplit, set_aside, split_line
from bekal.payments.models import Application, Receipt, Request, StatementLine
from bekal.payments.queries import payment_problems, unapplied_of
from bekal.payments.rules import Aside, ReceiptRefused
from bekal.payments.tests import hearing
from bekal.payments.tests.money import a_merchant, an_ask
from bekal.treasury.tests.test_settling import MATCH, bank
from tests.support.pages import words
from tests.support.threads import all_at_once
from tests.support.world import NOON, SITI, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(settings):
    """What the handler of the tests' subjects was told."""
    settings.BEKAL_ON_PAID = {"uji": "bekal.payments.tests.hearing.note"}
    hearing.HEARD.clear()
    return hearing.HEARD


def asked(world, *amounts):
    """Asks of Nabire that wait, by their ids in the order of their sums."""
    a_merchant(world.nabire)
    return [an_ask(world.nabire, amount).request_id for amount in amounts]


def split(world, line, parts, *, rest=0, key=None, unit=None):
    new = NewSplit(key or uuid7(), unit or world.nabire, line.pk, tuple(parts), rest)
    split_line(new=new, by=SITI, now=NOON)


def seen():
    """All that a refusal must leave as it was."""
    settled = sorted(Request.objects.values_list("settled", flat=True))
    states = sorted(StatementLine.objects.values_list("state", flat=True))
    counts = Receipt.objects.count(), Application.objects.count(), Entry.objects.count()
    return settled, states, *counts


def refused(act, words_of_it):
    before = seen()
    with pytest.raises(ReceiptRefused, match=words_of_it), transaction.atomic():
        act()
    assert seen() == before


def settled(*asks):
    return [Request.objects.get(pk=ask).settled for ask in asks]


def test_a_line_pays_two_asks_and_its_rest_waits(world, heard):
    small, large = asked(world, 40_000, 70_000)
    (line,) = bank(world, (TODAY, 115_000))
    split(world, line, [(small, 40_000), (large, 70_000)], rest=5_000)
    assert settled(small, large) == [40_000, 70_000]
    assert {paid.request_id for paid in heard} == {small, large}
    assert [row.left_over for row in unapplied_of(unit_id=world.nabire)] == [5_000]
    assert StatementLine.objects.get().state == "matched"
    assert payment_problems() == []


def test_an_ask_may_get_a_part_of_what_it_lacks(world, heard):
    small, large = asked(world, 40_000, 70_000)
    (line,) = bank(world, (TODAY, 60_000))
    split(world, line, [(small, 40_000), (large, 20_000)])
    assert settled(small, large) == [40_000, 20_000]
    assert unapplied_of(unit_id=world.nabire) == []
    assert payment_problems() == []


def test_the_parts_are_the_line_to_the_rupiah_and_no_more_than_is_lacked(world, heard):
    small, large = asked(world, 40_000, 70_000)
    (line,) = bank(world, (TODAY, 110_000))
    one = (small, 40_000)
    refused(partial(split, world, line, [one, (large, 69_999)]), "berjumlah Rp109.999")
    refused(partial(split, world, line, [one, (large, 70_000)], rest=1), "Keduanya harus sama")
    refused(
        partial(split, world, line, [(small, 40_001), (large, 69_999)]), "hanya kurang Rp40.000"
    )
    refused(partial(split, world, line, [], rest=110_000), "paling sedikit satu tagihan")
    refused(partial(split, world, line, [one, (uuid7(), 70_000)]), "tidak ada di unit ini")
    a_merchant(world.bangli)
    theirs = an_ask(world.bangli, 70_000).request_id
    refused(partial(split, world, line, [one, (theirs, 70_000)]), "tidak ada di unit ini")
    with pytest.raises(LookupError), transaction.atomic():
        split(world, line, [one], rest=70_000, unit=world.bangli)
    set_aside(unit_id=world.nabire, line_id=line.pk, reason=Aside.OTHER, by=SITI, now=NOON)
    refused(partial(split, world, line, [one, (large, 70_000)]), "sudah diputuskan")


def test_twice_pressed_is_once_and_other_parts_are_refused(world, heard):
    small, large = asked(world, 40_000, 70_000)
    (line,) = bank(world, (TODAY, 110_000))
    key, parts = uuid7(), [(small, 40_000), (large, 70_000)]
    split(world, line, parts, key=key)
    before = seen()
    split(world, line, parts, key=key)
    with pytest.raises(KeyReused), transaction.atomic():
        split(world, line, parts[:1], rest=70_000, key=key)
    refused(partial(split, world, line, parts), "sudah diputuskan")
    assert seen() == before


def test_eight_who_divide_one_line_divide_it_once(committed_world, heard):
    world = committed_world
    small, large = asked(world, 40_000, 70_000)
    (line,) = bank(world, (TODAY, 110_000))
    parts = [(small, 40_000), (large, 70_000)]
    answers = all_at_once(8, lambda number: split(world, line, parts[:: 1 - 2 * (number % 2)]))
    assert sum(isinstance(answer, ReceiptRefused) for answer in answers) == 7
    assert settled(small, large) == [40_000, 70_000]
    assert payment_problems() == []


class TestPage:
    @pytest.fixture
    def siti(self, person):
        return person("Siti", (Role.BENDAHARA, "nabire"))

    def test_it_is_divided_where_it_is_matched_and_what_was_typed_is_kept(self, world, heard, siti):
        small, large = asked(world, 40_000, 70_000)
        (line,) = bank(world, (TODAY, 111_000))
        page = siti.get(MATCH)
        assert "Pecah untuk beberapa tagihan" in words(page)
        form = f"{MATCH}{line.pk}/pecah/"
        page = siti.get(form)
        assert "Kurang Rp70.000" in words(page)
        (key,) = re.findall(r'name="key" value="([^"]+)"', page.content.decode())
        typed = {"key": key, f"bagian-{small}": "40.000", f"bagian-{large}": "70.000", "rest": ""}
        wrong = siti.post(form, typed)
        assert (wrong.status_code, "berjumlah Rp110.000" in words(wrong)) == (422, True)
        assert 'value="70.000"' in wrong.content.decode()
        letters = siti.post(form, {**typed, f"bagian-{large}": "banyak"})
        assert (letters.status_code, 'value="banyak"' in letters.content.decode()) == (422, True)
        assert settled(small, large) == [0, 0]
        page = siti.post(form, {**typed, "rest": "1.000"}, follow=True)
        assert "Baris bank dipecah untuk beberapa tagihan." in words(page)
        assert settled(small, large) == [40_000, 70_000]
        assert siti.get(form).status_code == 404

    def test_where_nobody_is_asked_nothing_can_be_divided(self, world, siti):
        (line,) = bank(world, (TODAY, 111_000))
        assert "Tidak ada tagihan yang menunggu uang." in words(
            siti.get(f"{MATCH}{line.pk}/pecah/")
        )

    def test_who_only_looks_divides_nothing(self, world, person):
        (line,) = bank(world, (TODAY, 111_000))
        yohana = person("Yohana", (Role.PETUGAS, "nabire"))
        assert yohana.get(f"{MATCH}{line.pk}/pecah/").status_code == 403

    def test_the_page_asks_little(self, world, siti, heard, django_assert_max_num_queries):
        asked(world, 40_000, 70_000, 80_000)
        (line,) = bank(world, (TODAY, 111_000))
        siti.get(f"{MATCH}{line.pk}/pecah/")
        with django_assert_max_num_queries(10):
            siti.get(f"{MATCH}{line.pk}/pecah/")
