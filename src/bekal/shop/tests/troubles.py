"""Problems and notices as the tests of promises need them, put in by SQL alone, past all Python."""

from django.db import connection, transaction

from bekal.foundation.ids import uuid7
from tests.support.world import NOON

INSERTS: dict[str, dict[str, object]] = {
    "shop_problem": {
        "id": None,
        "part_id": None,
        "fault": "damaged",
        "reported_at": NOON,
        "reported_by": "buyer:1",
    },
    "shop_problemline": {"problem_id": None, "line_id": None, "pieces": 1},
    "shop_answer": {
        "problem_id": None,
        "verdict": "accepted",
        "reason": "",
        "where": "return",
        "shipping": 0,
        "answered_at": NOON,
        "answered_by": "user:1",
    },
    "shop_answerline": {"answer_id": None, "line_id": None, "pieces": 1},
    "shop_goodsback": {
        "answer_id": None,
        "reason": "Sobek",
        "settled_at": NOON,
        "settled_by": "user:1",
    },
    "shop_goodsbackline": {
        "goods_id": None,
        "line_id": None,
        "to_stock": 1,
        "written_off": 0,
        "is_tracked": False,
    },
    "shop_problemrefund": {
        "answer_id": None,
        "goods": 100_000,
        "shipping": 0,
        "refunded_at": NOON,
        "refunded_by": "user:3",
    },
    "shop_notice": {
        "order_id": None,
        "unit_id": None,
        "about": "order:1",
        "event": "paid",
        "way": "email",
        "amount": 0,
        "made_at": NOON,
        "made_by": "uji",
        "due_at": NOON,
        "tries": 0,
        "outcome": "",
    },
    "shop_orderbuyer": {
        "order_id": None,
        "name": "Ibu Kartini Wulandari",
        "phone": "+6281234567890",
        "email": "kartini@contoh.id",
        "district_code": "72.71.01",
        "district": "Palu Timur, Kota Palu, Sulawesi Tengah",
        "address": "Jalan Mawar 5, RT 02/RW 03",
        "postal_code": "94111",
        "landmark": "pagar hijau",
        "note": "Jangan dilipat.",
        "household": "x",
        "erased_by": "",
    },
    "shop_noticetry": {
        "notice_id": None,
        "number": 1,
        "outcome": "sent",
        "reason": "",
        "next_at": None,
        "tried_at": NOON,
        "tried_by": "uji",
    },
}


def put(table, **values):
    """Insert a row; a refusal of the database takes back this row alone."""
    row = {**INSERTS[table], **values}
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))


def a_problem(part_id, line_id, *, pieces=1, **changes):
    """A reported problem with one line; returns its id."""
    key = uuid7()
    put("shop_problem", id=key, part_id=part_id, **changes)
    put("shop_problemline", problem_id=key, line_id=line_id, pieces=pieces)
    return key


def an_answer(problem_id, line_id, *, pieces=1, **changes):
    """The problem is accepted for these pieces."""
    put("shop_answer", problem_id=problem_id, **changes)
    put("shop_answerline", answer_id=problem_id, line_id=line_id, pieces=pieces)


def goods_back(problem_id, line_id, *, to_stock=1, written_off=0, **changes):
    """The goods of an accepted problem are settled."""
    put("shop_goodsback", answer_id=problem_id, **changes)
    put(
        "shop_goodsbackline",
        goods_id=problem_id,
        line_id=line_id,
        to_stock=to_stock,
        written_off=written_off,
    )
