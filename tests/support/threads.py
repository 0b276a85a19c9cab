"""Real threads with a database connection each, started together."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections


def all_at_once(count, work):
    """Run `work(number)` in `count` threads that start together; return what each returned.

    A refusal is returned, not raised, so that a test can count the refusals. Every thread closes
    its connection: the test database could not be dropped otherwise.
    """
    start = Barrier(count)

    def one(number):
        try:
            start.wait()
            return work(number)
        except Exception as problem:  # noqa: BLE001 (the test looks at it)
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def at_once(count, work):
    """The same, for work that is never refused: a problem in any thread is the test's."""
    answers = all_at_once(count, work)
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return answers
