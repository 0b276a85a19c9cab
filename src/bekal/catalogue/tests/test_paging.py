"""Pages of the public list: each product once, whatever is added meanwhile, by link or number."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bekal.catalogue import queries
from bekal.catalogue.models import Price, Product
from bekal.catalogue.queries import Mark, PriceRange, ShowcaseFilters, ShowcaseSort, ground, paging
from bekal.catalogue.queries.paging import PAGE_SIZE, cut
from bekal.catalogue.tests.factories import BY, NOW, TODAY, a_product, a_unit

SOME = 60
ORDERS = [(sort, text) for sort in ShowcaseSort for text in ("", "batik")]


@pytest.fixture
def unit(db):
    """Lapas Palu with sixty products: every third simulated, every other offered, few prices."""
    palu = a_unit()
    for number in range(SOME):
        added(
            palu, f"Batik {number:02}", amount=1_000 * (number % 4 + 1), is_sample=number % 3 == 0
        )
    Product.objects.filter(name__regex="[02468]$").update(is_offered=True)
    return palu


def added(unit, name, *, amount, **fields):
    product = a_product(unit=unit, name=name, category="tekstil", **fields)
    Price.objects.create(
        product=product, amount=amount, valid_from=TODAY, set_at=NOW, set_by=str(BY)
    )
    return product


def shown(filters):
    return queries.showcase(filters=filters, on=TODAY)


def onwards(filters, *, between=lambda: None):
    """The pages of the list from its first on, by their links."""
    pages = [shown(filters)]
    while pages[-1].has_after:
        between()
        _, after = queries.marks(pages[-1], filters)
        pages.append(shown(replace(filters, page=pages[-1].page + 1, mark=after)))
    return pages


def names(pages):
    return [card.name for page in pages for card in page.cards]


@pytest.mark.parametrize(("sort", "text"), ORDERS)
def test_links_lead_through_the_whole_list_and_back(unit, sort, text):
    filters = ShowcaseFilters(sort=sort, text=text)
    pages = onwards(filters)
    assert [len(page.cards) for page in pages] == [24, 24, 12]
    assert [(page.page, page.pages) for page in pages] == [(1, 3), (2, 3), (3, 3)]
    assert len(set(names(pages))) == SOME
    for page, before in zip(pages[:0:-1], pages[-2::-1], strict=True):
        mark, _ = queries.marks(page, filters)
        assert shown(replace(filters, page=page.page - 1, mark=mark)) == before


@pytest.mark.parametrize(("sort", "text"), ORDERS)
def test_pages_by_number_are_those_that_links_lead_to(unit, sort, text):
    filters = ShowcaseFilters(sort=sort, text=text)
    for number, page in enumerate(onwards(filters), start=1):
        assert shown(replace(filters, page=number)).cards == page.cards
    assert shown(replace(filters, page=999_999)).page == 3


@pytest.mark.parametrize(("sort", "text"), ORDERS)
def test_nothing_comes_twice_and_nothing_is_passed_over_while_others_add(unit, sort, text):
    numbers = iter(range(100, 200))

    def add():
        for amount in (1_000, 2_000, 4_000):
            added(unit, f"Batik {next(numbers)}", amount=amount)

    seen = names(onwards(ShowcaseFilters(sort=sort, text=text), between=add))
    assert len(seen) == len(set(seen))
    assert {f"Batik {number:02}" for number in range(SOME)} <= set(seen)


def test_a_link_from_before_leads_to_the_same_place(unit):
    filters = ShowcaseFilters()
    first = shown(filters)
    _, after = queries.marks(first, filters)
    second = shown(replace(filters, page=2, mark=after)).cards
    added(unit, "Kain baru", amount=5)
    Product.objects.filter(name="Kain baru").update(is_offered=True)
    ground.forget()
    assert shown(replace(filters, page=2, mark=after)).cards == second
    assert shown(replace(filters, page=2)).cards != second


@pytest.mark.parametrize("sort", list(ShowcaseSort))
def test_a_link_beyond_an_end_shows_that_end(unit, sort):
    filters = ShowcaseFilters(sort=sort)
    last = 10**14 if sort is not ShowcaseSort.DEAREST else 0
    far = Mark(last, 0)
    assert shown(replace(filters, mark=far, page=7)) == shown(replace(filters, page=3))
    card = shown(filters).cards[0]
    first = card.price or 0 if filters.is_by_price else 0
    near = Mark(first, card.id, is_before=True)
    assert shown(replace(filters, mark=near, page=7)) == shown(filters)


def test_what_narrows_the_list_keeps_its_places(unit):
    for number in range(30):
        added(unit, f"Kemeja {number:02}", amount=60_000)
    filters = ShowcaseFilters(price=PriceRange.LOW)
    assert len(set(names(onwards(filters)))) == SOME


def test_nonsense_names_no_place():
    for text in ("", "-", "1-", "a-b", "1-2-3", "1" * 20 + "-1", "\u0661-\u0662", "1-2\n"):
        assert queries.read_mark(after=text, before="") is None
    assert queries.read_mark(after="0-7", before="0-9") == Mark(0, 7)
    assert queries.read_mark(after="", before="48000-7") == Mark(48_000, 7, is_before=True)


def test_an_end_costs_one_question_more(unit, django_assert_num_queries):
    queries.newest(on=TODAY)
    _, after = queries.marks(shown(ShowcaseFilters()), ShowcaseFilters())
    with django_assert_num_queries(3):
        shown(ShowcaseFilters(page=2, mark=after))
    with django_assert_num_queries(4):
        shown(ShowcaseFilters(page=2, mark=Mark(3, 0)))


@given(st.integers(0, 100), st.integers(-3, 9), st.integers(0, 120), st.booleans())
def test_any_cut_of_a_list_is_a_page_of_it(length, page, at, is_before):
    ids = list(range(length))
    found = cut(ids, page=page, mark=Mark(0, at, is_before=is_before))
    start = ids.index(found.ids[0]) if found.ids else 0
    assert list(found.ids) == ids[start : start + PAGE_SIZE]
    assert found.has_before == (start > 0)
    assert found.has_after == (start + PAGE_SIZE < length)
    assert bool(found.ids) == bool(ids)
    assert 1 <= found.page <= found.pages == paging.pages_of(length)
