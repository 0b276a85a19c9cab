"""Which stretch of a list a page shows: from a place in it that a link names, or by its number.

Links name the place beside which a page ends or begins. So nothing comes twice and nothing is
passed over while others add products, and the five hundredth page costs what the first does. The
number of a page is what it is called, and enough to open it by.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bekal.catalogue.queries.showcase_shapes import Mark

PAGE_SIZE = 24


@dataclass(frozen=True)
class Stretch:
    """What a page shows of a list, and what lies before and after it."""

    ids: Sequence[int]
    page: int = 1
    pages: int = 1
    has_before: bool = False
    has_after: bool = False


@dataclass(frozen=True)
class Look:
    """What is wanted of a list: `count` rows after a mark, or after `skip` rows of it.

    `is_back`: from its end towards its beginning; the rows come in that order.
    """

    count: int
    skip: int = 0
    mark: Mark | None = None
    is_back: bool = False


def pages_of(total: int) -> int:
    """How many pages a list has; an empty one has one."""
    return max(1, -(-total // PAGE_SIZE))


def cut(ids: Sequence[int], *, page: int, mark: Mark | None) -> Stretch:
    """A page of a list that is at hand; a mark that is not in it counts for nothing."""
    if mark is not None and mark.id in ids:
        place = ids.index(mark.id)
        start = max(0, place - PAGE_SIZE) if mark.is_before else place + 1
    else:
        start = PAGE_SIZE * (page - 1)
    if start >= len(ids):
        start = PAGE_SIZE * (pages_of(len(ids)) - 1)
    start = max(0, start)
    end = start + PAGE_SIZE
    return Stretch(
        ids=ids[start:end],
        page=start // PAGE_SIZE + 1,
        pages=pages_of(len(ids)),
        has_before=start > 0,
        has_after=end < len(ids),
    )


def page_of(
    look: Callable[[Look], Sequence[int]], *, total: int, page: int, mark: Mark | None
) -> Stretch:
    """A page of a list of `total` rows that is looked up. One question, two at a mark of an end."""
    if mark is None:
        return _numbered(look, total=total, page=page)
    found = look(Look(PAGE_SIZE + 1, mark=mark, is_back=mark.is_before))
    is_more, ids = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    number, pages = min(max(1, page), pages_of(total)), pages_of(total)
    if mark.is_before and is_more:
        return Stretch(ids[::-1], number, pages, has_before=True, has_after=True)
    if mark.is_before or not ids:
        return _numbered(look, total=total, page=1 if mark.is_before else pages)
    return Stretch(ids, number, pages, has_before=True, has_after=is_more)


def _numbered(look: Callable[[Look], Sequence[int]], *, total: int, page: int) -> Stretch:
    """By its number; a page beyond the last is the last. The far half is reached from the end."""
    pages = pages_of(total)
    number = min(max(1, page), pages)
    skip = PAGE_SIZE * (number - 1)
    count = min(PAGE_SIZE, total - skip)
    left = total - skip - count
    if skip <= left:
        ids = look(Look(count, skip=skip))
    else:
        ids = look(Look(count, skip=left, is_back=True))[::-1]
    return Stretch(ids, number, pages, has_before=number > 1, has_after=number < pages)
