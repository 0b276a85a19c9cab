import time
import uuid

from bekal.foundation.ids import uuid7


def test_an_id_says_its_version_and_variant():
    made = uuid7()
    assert made.version == 7
    assert made.variant == uuid.RFC_4122


def test_ids_sort_by_the_millisecond_of_their_making(monkeypatch):
    made = []
    for millisecond in (1_000, 1_001, 1_700_000_000_000, 2**47):
        monkeypatch.setattr(time, "time_ns", lambda at=millisecond: at * 1_000_000)
        made.append(uuid7())
    assert made == sorted(made)
    assert [one.int >> 80 for one in made] == [1_000, 1_001, 1_700_000_000_000, 2**47]


def test_ids_of_one_millisecond_do_not_meet(monkeypatch):
    monkeypatch.setattr(time, "time_ns", lambda: 1_700_000_000_000_000_000)
    assert len({uuid7() for _ in range(10_000)}) == 10_000
