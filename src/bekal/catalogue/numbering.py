"""Numbers of products, taken before the rows are written, because codes are made of them."""

from django.db import connection

_NEXT_IDS = """
select nextval(pg_get_serial_sequence('catalogue_product', 'id')) from generate_series(1, %s)
"""


def next_product_ids(count: int) -> list[int]:
    """Take `count` numbers from the sequence of the products; none is given twice."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_IDS, [count])
        return [row[0] for row in cursor.fetchall()]
