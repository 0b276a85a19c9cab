"""Numbers of products, taken before the rows are written, because codes are made of them.

Codes are read aloud and typed on phones: a number whose check sign would be one of `*~$=U` is
left out (5 of 37), so that every code is digits and plain letters.
"""

from django.db import connection

from bekal.foundation import codes

_NEXT_IDS = """
select nextval(pg_get_serial_sequence('catalogue_product', 'id')) from generate_series(1, %s)
"""


def next_product_ids(count: int) -> list[int]:
    """Take `count` numbers with plain codes from the sequence of the products; none comes twice."""
    numbers: list[int] = []
    with connection.cursor() as cursor:
        while len(numbers) < count:
            cursor.execute(_NEXT_IDS, [count - len(numbers)])
            numbers += [row[0] for row in cursor.fetchall() if _has_plain_code(row[0])]
    return numbers


def _has_plain_code(number: int) -> bool:
    return codes.encode(number)[-1] in codes.ALPHABET
