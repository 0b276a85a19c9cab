"""Reviews to read and to judge: of a sample, from buyers who are nobody, and each says so.

Written and judged as buyers and the kanwil do it, each after an order that came.
"""

import datetime as dt

from bekal.catalogue.actions import moderate_review, write_review
from bekal.config.demo.orders import Trade, come, key_of, paid, trade_of
from bekal.foundation.actors import Actor, buyer_actor

_FIRST = 10
"""The number of the first order with a review; those before have none."""
_SHOWN = (
    (5, "Ulasan contoh: sesuai keterangannya, dikemas rapi."),
    (4, "Ulasan contoh: barangnya baik, datangnya sehari lebih lama."),
    (5, ""),
)
_WAITING = (
    (2, "Ulasan contoh: ukurannya lain dari yang saya kira."),
    (5, "Ulasan contoh: terima kasih kepada pembuatnya, Bapak Contoh."),
)
"""The second names somebody, so a person who judges it should refuse it."""


def make_reviews(*, by: Actor, now: dt.datetime) -> str:
    """Three reviews of a sample that are shown, enough for an average, and two that wait."""
    said = (*_SHOWN, *_WAITING)
    trade = trade_of(len(said), by=by, now=now)
    if trade is None:
        return "no simulated reviews, for nothing lies ready"
    reviews = [_reviewed(_FIRST + place, trade, each) for place, each in enumerate(said)]
    for review_id in reviews[: len(_SHOWN)]:
        moderate_review(review_id=review_id, is_shown=True, reason="", by=by, now=now)
    return f"{len(_SHOWN)} simulated reviews, {len(_WAITING)} that wait"


def _reviewed(number: int, trade: Trade, said: tuple[int, str]) -> int:
    """An order that came, and the stars and words of its buyer; the id of the review."""
    stars, text = said
    part = paid(number, trade)
    come(part, trade)
    review = write_review(
        product_id=trade.good.product_id,
        key=f"part:{part}:{trade.good.product_id}",
        stars=stars,
        text=text,
        by=buyer_actor(key_of(number)),
        now=trade.now,
    )
    return review.pk
