"""The basket between two looks: a signed cookie that no script can read, and a count that one can.

Nothing in it names anybody, so that whoever picks up a shared phone finds goods and no person. A
cookie that was changed, is older than thirty days or cannot be read is an empty basket.
"""

import datetime as dt

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse  # noqa: TID251  a part of doors

from bekal.shop.rules import EMPTY, Basket, read_rows

BASKET = "bekal_keranjang"
COUNT = "bekal_isi"
"""How many pieces lie in the basket, for the header of kept pages, which know no cookie."""
AGE = dt.timedelta(days=30)
_SALT = "bekal.basket"


def read_basket(request: HttpRequest) -> Basket:
    """The basket of whoever asks."""
    try:
        rows = signing.loads(request.COOKIES.get(BASKET, ""), salt=_SALT, max_age=AGE)
    except signing.BadSignature:
        return EMPTY
    return read_rows(rows)


def keep_basket(response: HttpResponse, basket: Basket) -> None:
    """Send the basket along with an answer; an empty one takes both cookies away."""
    if not basket.lines:
        for name in (BASKET, COUNT):
            response.delete_cookie(name, samesite="Lax")
        return
    text = signing.dumps(basket.rows(), salt=_SALT, compress=True)
    _set(response, BASKET, text, httponly=True)
    _set(response, COUNT, str(basket.pieces), httponly=False)


def _set(response: HttpResponse, name: str, text: str, *, httponly: bool) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, text, max_age=AGE, samesite="Lax", secure=secure, httponly=httponly)
