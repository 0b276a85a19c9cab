"""Orders as the tests of this room need them, put in by SQL alone, past all Python."""

from django.db import connection

from bekal.foundation.ids import uuid7
from bekal.shop.rules import new_code
from tests.support.world import NOON

ORDER = """
insert into shop_order (id, code, placed_at, placed_by, channel, language, buyer_class, method,
  collector_id, goods_total, shipping_total, total, is_sample, status, status_at, status_by)
values (%(id)s, %(code)s, %(now)s, 'uji', 'web', 'id', %(buyer_class)s, %(method)s,
  %(unit)s, %(goods)s, %(shipping)s, %(goods)s + %(shipping)s, false, %(status)s, %(now)s, 'uji')
"""
PART = """
insert into shop_orderpart (id, order_id, unit_id, position, delivery, service_id, service, fee,
  weight_g, goods_total, tracking_number, status, status_at, status_by)
values (%(part)s, %(id)s, %(unit)s, 1, %(delivery)s, %(service)s, %(label)s, %(shipping)s, 500,
  %(goods)s, '', %(part_status)s, %(now)s, 'uji')
"""
LINE = """
insert into shop_orderline (part_id, product_id, name, pieces, unit_price, gross, making)
values (%(part)s, %(product)s, 'Noken', %(pieces)s, %(price)s, %(gross)s, 'stock')
"""


def an_order(unit_id, product_id, **changes):
    """A waiting order of two pieces with a courier; returns what was put in."""
    values = {
        "id": uuid7(),
        "part": uuid7(),
        "code": new_code(),
        "now": NOON,
        "unit": unit_id,
        "product": product_id,
        "buyer_class": "public",
        "method": "qris",
        "goods": 200_000,
        "shipping": 22_000,
        "status": "waiting",
        "part_status": "waiting",
        "delivery": "courier",
        "service": 7,
        "label": "JNE REG",
        "pieces": 2,
        "price": 100_000,
        "gross": 200_000,
        **changes,
    }
    with connection.cursor() as cursor:
        for statement in (ORDER, PART, LINE):
            cursor.execute(statement, values)
    return values
