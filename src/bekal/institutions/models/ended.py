"""When a request is ended, in SQL: what the promises of answers and outcomes and the desk go by.

All SQL here and where it is used is put together of constants.
"""


def is_ended(request: str) -> str:
    """SQL that tells whether a request is ended; `request` is the SQL of its id.

    An outcome stands until its order was cancelled. That it was, is told by its moves, which stay:
    money that comes too late moves such an order on, to be given back. What was withdrawn has no
    order and stands for good.
    """
    return f"""exists (
      select from institutions_outcome o where o.request_id = {request} and not exists (
        select from shop_ordermove m where m.order_id = o.order_id and m.status = 'cancelled'))"""  # noqa: S608
